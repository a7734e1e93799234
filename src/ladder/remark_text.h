/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef LADDER_REMARK_TEXT_H
#define LADDER_REMARK_TEXT_H

#include <tcphs/ladder.h>

/* The sentence of a diagnosis, beside the rows that it is about: what a summary can give a bound
 * for alone, as it had folded them, the rows know. */
size_t remark_text(const struct tcphs_analysis *analysis, const struct tcphs_diagnosis *diagnosis,
                   bool relative, char *text, size_t size);

#endif
