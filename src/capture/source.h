/* SPDX-License-Identifier: BSD-3-Clause */
/* A source, between opening it and reading it. */
#ifndef CAPTURE_SOURCE_H
#define CAPTURE_SOURCE_H

#include <tcphs/source.h>
#include "capture/filter.h"
#include "capture/live.h"
#include "capture/merge.h"
#include "capture/reader.h"
#include "capture/run.h"

struct tcphs_source {
	struct run *run;
	/* Where packets come from: one of these, or only the spool. */
	struct reader *reader;
	struct merge *merge;
	struct live *live;
	size_t capture; /* index of the reader's */

	bool replaying; /* reads from the spool, at the cursor */
	struct spool_cursor cursor;
	int64_t latest, back; /* the last packet's time; how far the clock went back at most, … */
	uint64_t back_packet; /* … and before which packet */
	uint64_t newest; /* greatest number handed out: a repetition is neither kept nor written */

	struct filter *filter;       /* or NULL */
	struct tcphs_writer *writer; /* or NULL */
	bool pending; /* a followed file whose header was not written yet: no reader */
	int watch;    /* tells when a followed file grows, or -1 */
};

/* A source of `run`, which it takes over, without packets yet. NULL and an error if memory is
 * exhausted or the filter is wrong; the run is then released. */
struct tcphs_source *source_new(struct run *run, struct tcphs_error *error);

#endif
