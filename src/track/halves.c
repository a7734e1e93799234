/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/halves.h"

#include <stdlib.h>

#define SECOND_HALF (UINT32_C(1) << 31) /* in the order: a slot of the second half */

bool halves_part(struct tcphs_tracker *t)
{
	struct tcphs_tracker_options options = t->options;

	options.on_final = NULL;
	options.seed[0] = t->key[0];
	options.seed[1] = t->key[1];
	t->half = tcphs_tracker_new(&options);
	if (t->half == NULL)
		return false;
	t->is_half = t->half->is_half = true;
	return true;
}

void halves_count(const struct tcphs_tracker *t, struct tcphs_tracker_counts *counts)
{
	const struct tcphs_tracker_counts *half = &t->half->counts;

	if (!t->finished) {
		counts->connections += atomic_load_explicit(&t->half->opened, memory_order_relaxed);
		return;
	}
	counts->segments += half->segments;
	counts->remarks += half->remarks;
	counts->remarks_lost += half->remarks_lost;
	counts->connections += half->connections;
	counts->copies += half->copies;
	counts->memory += tracker_memory(t->half);
}

/* Nothing is given up in halves: slots are in the order of first packets in each. */
static bool first_is_older(const struct tcphs_tracker *t, uint32_t first, uint32_t second)
{
	if (first == t->store.slots || second == t->half->store.slots)
		return second == t->half->store.slots;
	return store_birth(&t->store, first)->packet < store_birth(&t->half->store, second)->packet;
}

void halves_join(struct tcphs_tracker *t)
{
	uint32_t next[2] = {0, 0};
	size_t all = (size_t)t->store.slots + t->half->store.slots;

	t->order = malloc((all + 1) * sizeof(*t->order));
	t->ordered = all;
	for (size_t i = 0; i < all; i++) {
		bool first =
		    t->order == NULL ? i < t->store.slots : first_is_older(t, next[0], next[1]);
		struct tcphs_tracker *half = first ? t : t->half;
		uint32_t slot = next[!first]++;

		store_birth(&half->store, slot)->id = (uint32_t)i + 1;
		if (t->order != NULL)
			t->order[i] = first ? slot : slot | SECOND_HALF;
	}
}

struct spot tracker_spot(const struct tcphs_tracker *t, size_t index)
{
	uint32_t place;

	if (t->half == NULL || index == TCPHS_LEAVING)
		return (struct spot){t, tracker_slot(t, index)};
	if (t->order != NULL)
		place = t->order[index];
	else /* there was no memory for the order: one half behind the other */
		place = index < t->store.slots ? (uint32_t)index
		                               : (uint32_t)(index - t->store.slots) | SECOND_HALF;
	return (struct spot){place & SECOND_HALF ? t->half : t, place & ~SECOND_HALF};
}
