/* SPDX-License-Identifier: BSD-3-Clause */
/* The catalogue of diagnoses, made from the list in <tcphs/codes.h>. */
#include <tcphs/diagnosis.h>

#include <string.h>

static const struct tcphs_code_info catalogue[] = {
#define ENTRY(identifier, code, severity, group, rfc, section, sentence)                           \
	[TCPHS_##identifier] = {code, severity, rfc, section, sentence, group},
    TCPHS_CODES(ENTRY)
#undef ENTRY
};
_Static_assert(sizeof(catalogue) / sizeof(catalogue[0]) == TCPHS_CODE_COUNT, "one entry a code");

const struct tcphs_code_info *tcphs_code_info(enum tcphs_code code)
{
	return &catalogue[code];
}

enum tcphs_code tcphs_code_find(const char *name, size_t length)
{
	for (size_t i = 0; i < TCPHS_CODE_COUNT; i++)
		if (strlen(catalogue[i].name) == length &&
		    memcmp(catalogue[i].name, name, length) == 0)
			return (enum tcphs_code)i;
	return TCPHS_CODE_COUNT;
}
