/* SPDX-License-Identifier: BSD-3-Clause */
/* Durations: the first TIMES_EXACT as they are, and all in buckets that are 1/32 of their power
 * of two wide. Percentiles are exact as long as there are no more, then at most 3 % too high. */
#ifndef CLI_TIMES_H
#define CLI_TIMES_H

#include <stdint.h>

enum { TIMES_STEPS = 32, TIMES_BUCKETS = 64 * TIMES_STEPS, TIMES_EXACT = 4096 };

struct times {
	uint64_t bucket[TIMES_BUCKETS];
	int64_t exact[TIMES_EXACT]; /* in order */
	uint64_t count;
	int64_t least, greatest;
};

void times_add(struct times *times, int64_t nanoseconds);
void times_join(struct times *times, const struct times *other);
/* The value that `percent` of them do not exceed; -1 if there are none. */
int64_t times_percentile(const struct times *times, double percent);
/* How many lie in [from, to). */
uint64_t times_between(const struct times *times, int64_t from, int64_t to);

#endif
