/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Two trackers for two threads: each has the connections of half of the 4-tuples, so that they
 * share nothing while segments are added. All the segments of a 4-tuple, in every encapsulation,
 * are of one half (DIGEST_HALF). At the end the first speaks for both: its indices and the ids
 * run over all connections in the order of their first packets, as if it had had them alone.
 */
#ifndef TRACK_HALVES_H
#define TRACK_HALVES_H

#include "track/tracker.h"

/* Where a connection is. */
struct spot {
	const struct tcphs_tracker *tracker; /* the first or the second */
	uint32_t slot;
};

/* Gives a new tracker its second half. False: memory is exhausted, it stays alone. */
bool halves_part(struct tcphs_tracker *tracker);
/* Ids and indices over both, once nothing more comes. */
void halves_join(struct tcphs_tracker *tracker);
/* Adds what the second half counted; while it tracks, its connections only. */
void halves_count(const struct tcphs_tracker *tracker, struct tcphs_tracker_counts *counts);

/* Of connection `index`, whether there are halves or not. */
struct spot tracker_spot(const struct tcphs_tracker *tracker, size_t index);

#endif
