/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reading ahead: a second thread reads, decodes and digests batches while the first one tracks. The
 * source and the decoder are the thread's until it has said END or ERROR, or was stopped.
 */
#ifndef TRACK_AHEAD_H
#define TRACK_AHEAD_H

#include "track/tracker.h"

#include <tcphs/decode.h>
#include <tcphs/source.h>

#define AHEAD_PACKETS 256 /* a batch */

struct ahead;

struct ahead_batch {
	struct tcphs_segment segment[AHEAD_PACKETS];
	struct digest digest[AHEAD_PACKETS];
	size_t segments, packets;
	enum tcphs_source_state state;
	struct tcphs_error error;
	uint64_t done, total; /* progress behind this batch */
};

/* Starts the thread; NULL if there is none to be had, and the caller reads itself. It reads
 * max_packets packets at most (0: no bound). Of the tracker it touches the key and the spare
 * memory only. */
struct ahead *ahead_start(struct tcphs_source *source, struct tcphs_decoder *decoder,
			  struct tcphs_tracker *tracker, uint64_t max_packets);
/* The next batch, waiting for it; it is the caller's until ahead_release(). Behind a batch whose
 * state is END or ERROR there is none. */
const struct ahead_batch *ahead_next(struct ahead *ahead);
void ahead_release(struct ahead *ahead);
/* Stops and joins; NULL is fine. */
void ahead_stop(struct ahead *ahead);

#endif
