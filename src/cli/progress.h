/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How far reading is, on standard error: on a terminal one line that is redrawn and wiped once
 * it takes more than half a second; with --progress elsewhere too, a line each.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct options;

struct progress {
	bool wanted, redraw, shown;
	int64_t next; /* monotonic ns of the next line */
};

struct progress progress_start(const struct options *options);
/* Cheap: looks at the clock and mostly returns. */
void progress_show(struct progress *progress, uint64_t done, uint64_t total, uint64_t packets,
                   uint64_t connections);
void progress_end(struct progress *progress);

/* Nanoseconds of a clock that only goes forward. */
int64_t monotonic_now(void);

#endif
