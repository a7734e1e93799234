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

#include "base/fetch.h"

/* Where a connection is. */
struct spot {
	const struct tcphs_tracker *tracker; /* the first or the second */
	uint32_t slot;
};

/* Gives a new tracker its second half. False: memory is exhausted, it stays alone. */
bool halves_part(struct tcphs_tracker *tracker);
/* Ids and indices over both, once nothing more comes. `apart`: by two threads. */
void halves_join(struct tcphs_tracker *tracker, bool apart);
/* In place of that, for who only counts: indices run over the first half and then over the second,
 * where connections lie side by side in memory; ids are those of each half. */
void halves_append(struct tcphs_tracker *tracker);
/* Adds what the second half counted; while it tracks, its connections only. */
void halves_count(const struct tcphs_tracker *tracker, struct tcphs_tracker_counts *counts);

#define SECOND_HALF (UINT32_C(1) << 31) /* in the order: a slot of the second half */

/* Of connection `index`, whether there are halves or not. */
static inline struct spot tracker_spot(const struct tcphs_tracker *t, size_t index)
{
	uint32_t place;

	if (t->half == NULL || index == TCPHS_LEAVING)
		return (struct spot){t, tracker_slot(t, index)};
	if (t->order == NULL) { /* nobody wants it, or there was no memory: one half behind the other */
		if (index < t->store.slots)
			return (struct spot){t, (uint32_t)index};
		return (struct spot){t->half, (uint32_t)(index - t->store.slots)};
	}
	place = t->order[index];
	return (struct spot){place & SECOND_HALF ? t->half : t, place & ~SECOND_HALF};
}

#define FETCH_AHEAD 4 /* connections */

ONLY_FETCHES void spot_fetch(struct spot spot)
{
	fetch_line(store_hot(&spot.tracker->store, spot.slot));
}

ONLY_FETCHES void spot_fetch_cold(struct spot spot)
{
	const struct store *store = &spot.tracker->store;
	const struct cold *cold = store_cold(store, store_hot(store, spot.slot));

	if (cold == NULL)
		return;
	fetch_across(store_birth_apart(store, spot.slot), sizeof(struct birth));
	fetch_lines(cold, sizeof(*cold) / CACHE_LINE);
}

/* For who summarises connection `index`, and then those up to `end`. */
ONLY_FETCHES void spot_fetch_ahead(const struct tcphs_tracker *tracker, size_t index, size_t end)
{
	if (index + 2 * FETCH_AHEAD < end)
		spot_fetch(tracker_spot(tracker, index + 2 * FETCH_AHEAD));
	if (index + FETCH_AHEAD < end)
		spot_fetch_cold(tracker_spot(tracker, index + FETCH_AHEAD));
}

#endif
