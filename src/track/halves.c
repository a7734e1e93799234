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

/* Nothing is given up in halves: slots are in the order of first packets in each. What follows
 * the last is younger than all. */
static uint64_t first_packet(const struct tcphs_tracker *t, uint32_t slot)
{
	return slot < t->store.slots ? store_birth(&t->store, slot)->packet : UINT64_MAX;
}

/* Whose turn it is changes at random: no branch depends on it. */
void halves_join(struct tcphs_tracker *t)
{
	const struct tcphs_tracker *half[2] = {t, t->half};
	uint64_t packet[2] = {first_packet(t, 0), first_packet(t->half, 0)};
	uint32_t next[2] = {0, 0};
	size_t all = (size_t)t->store.slots + t->half->store.slots;

	t->order = malloc((all + 1) * sizeof(*t->order));
	t->ordered = all;
	for (size_t i = 0; i < all; i++) {
		uint32_t which = t->order == NULL ? i >= t->store.slots : packet[1] < packet[0];
		uint32_t slot = next[which]++;

		store_birth(&half[which]->store, slot)->id = (uint32_t)i + 1;
		packet[which] = first_packet(half[which], slot + 1);
		if (t->order != NULL)
			t->order[i] = slot | which * SECOND_HALF;
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
