/* SPDX-License-Identifier: BSD-3-Clause */
/* The time between rows, and the lines that it takes. */
#ifndef LADDER_GAPS_H
#define LADDER_GAPS_H

#include <tcphs/ladder.h>

/* Between row `row`, which is not the first, and the one before it. */
int64_t gap_before(const struct tcphs_analysis *analysis, size_t row);
/* The median of the gaps between rows, at least a microsecond, where lines are drawn to scale.
 * False: memory exhausted. */
bool gap_usual(const struct tcphs_ladder *ladder, int64_t *usual);
/* The lines of a gap. To scale, one like the usual has none of its own, and every factor of about
 * three above it has one: 10 times as long is two lines, 100 times four. */
unsigned gap_lines(const struct tcphs_ladder *ladder, int64_t gap, int64_t usual);

#endif
