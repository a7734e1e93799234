/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Two threads that share the work on a file. Each tracks the connections of its half of the
 * 4-tuples (halves.h), and whoever has little left to track reads, decodes and digests the next
 * batch for both. The source and the decoder are theirs until the last batch, or ahead_stop().
 */
#ifndef TRACK_AHEAD_H
#define TRACK_AHEAD_H

#include "track/tracker.h"

#include <tcphs/decode.h>
#include <tcphs/source.h>

#define AHEAD_PACKETS 512 /* a batch */

struct ahead;

/* How far the caller's thread is. */
struct ahead_progress {
	size_t packets; /* of the batch, both halves */
	enum tcphs_source_state state;
	struct tcphs_error error;
	uint64_t done, total; /* of the source, behind this batch */
};

/* Starts the second thread; NULL if there is none to be had, and the caller reads itself. Where
 * the tracker has no second half, that thread reads only. At most max_packets packets are read
 * (0: no bound). */
struct ahead *ahead_start(struct tcphs_source *source, struct tcphs_decoder *decoder,
                          struct tcphs_tracker *tracker, uint64_t max_packets);
/* Tracks one batch. False if memory is exhausted, in either half. Behind a batch whose state is
 * END or ERROR there is none. */
bool ahead_step(struct ahead *ahead, struct ahead_progress *progress);
/* Nothing more is read. The packets read and not tracked yet are tracked by both threads, and
 * *packets counts those of the caller's; then joins. NULL is fine. False as of ahead_step(). */
bool ahead_stop(struct ahead *ahead, uint64_t *packets);

#endif
