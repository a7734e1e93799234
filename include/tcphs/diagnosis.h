/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The catalogue of diagnoses: code, severity, RFC and section, a sentence for students.
 * The codes are a contract with scripts (see tcphs-checks(7)). enum tcphs_code is made from
 * the one list in <tcphs/codes.h>.
 */
#ifndef TCPHS_DIAGNOSIS_H
#define TCPHS_DIAGNOSIS_H

#include <stddef.h>
#include <tcphs/codes.h>
#include <tcphs/connection.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tcphs_code_info {
	const char *name;     /* "synack-ack-mismatch" */
	uint8_t severity;     /* enum tcphs_severity; a diagnosis may carry a milder one */
	const char *rfc;      /* "9293", or NULL */
	const char *section;  /* "3.10.7.3", or NULL */
	const char *sentence; /* one plain sentence, without numbers */
	const char *group;    /* "opening" "header" "sequence" "closing" "isn" "capture" */
};

/* The entry of `code`, which must be < TCPHS_CODE_COUNT. */
const struct tcphs_code_info *tcphs_code_info(enum tcphs_code code);
/* The code called `name` (length octets), or TCPHS_CODE_COUNT. */
enum tcphs_code tcphs_code_find(const char *name, size_t length);

/* The sentence with this connection's own numbers; as snprintf. `relative`: numbers of the
 * stream instead of raw ones. */
size_t tcphs_diagnosis_text(const struct tcphs_connection *connection,
                            const struct tcphs_diagnosis *diagnosis, bool relative, char *text,
                            size_t size);

#ifdef __cplusplus
}
#endif
#endif
