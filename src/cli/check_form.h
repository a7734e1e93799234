/* SPDX-License-Identifier: BSD-3-Clause */
/* How `tcphs check` says what it found: for people, as JSON Lines, as CSV. */
#ifndef CLI_CHECK_FORM_H
#define CLI_CHECK_FORM_H

#include "cli/summary.h"

#include <tcphs/isn.h>

struct check_form {
	bool worst_first; /* the connections of files come in this order, else by their ids */
	void (*begin)(struct run *run); /* may be NULL */
	/* Only connections with a diagnosis. */
	void (*connection)(struct run *run, const struct tcphs_analysis *analysis);
	/* `first`: of this host. */
	void (*finding)(struct run *run, const struct tcphs_isn_finding *finding, bool first);
	/* What was found and what was skipped; `troubled` connections have a diagnosis. */
	void (*end)(struct run *run, const struct summary *summary, uint64_t troubled);
};

extern const struct check_form check_text;
extern const struct check_form check_json;
extern const struct check_form check_csv;

#endif
