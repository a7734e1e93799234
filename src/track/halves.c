/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/halves.h"

#include "base/thread.h"

#include <stdlib.h>

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
 * the last is younger than all. Of a slot nothing else is read: the other thread may give it its
 * number meanwhile. */
static uint64_t first_packet(const struct tcphs_tracker *t, uint32_t slot)
{
	const struct hot *hot;

	if (slot >= t->store.slots)
		return UINT64_MAX;
	hot = store_hot(&t->store, slot);
	return hot_born(hot) ? tracker_born_packet(hot)
	                     : store_birth_apart(&t->store, slot)->packet;
}

/* How many of the first half's are among the first `index` of both. */
static uint32_t first_of(const struct tcphs_tracker *t, size_t index)
{
	size_t second = t->half->store.slots;
	size_t low = index > second ? index - second : 0;
	size_t high = index < t->store.slots ? index : t->store.slots;

	if (t->order == NULL)
		return (uint32_t)high;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (first_packet(t, (uint32_t)middle) <
		    first_packet(t->half, (uint32_t)(index - middle - 1)))
			low = middle + 1;
		else
			high = middle;
	}
	return (uint32_t)low;
}

/* The older connections, or the others. Whose turn it is changes at random: no branch depends on
 * it. */
static void join_part(void *context, int which)
{
	struct tcphs_tracker *t = context;
	const struct tcphs_tracker *half[2] = {t, t->half};
	size_t all = (size_t)t->store.slots + t->half->store.slots;
	size_t from = which == 0 ? 0 : all / 2, to = which == 0 ? all / 2 : all;
	uint32_t next[2] = {first_of(t, from), 0};
	uint64_t packet[2];

	next[1] = (uint32_t)from - next[0];
	packet[0] = first_packet(t, next[0]);
	packet[1] = first_packet(t->half, next[1]);
	for (size_t i = from; i < to; i++) {
		uint32_t turn = t->order == NULL ? i >= t->store.slots : packet[1] < packet[0];
		uint32_t slot = next[turn]++;

		store_set_id(&half[turn]->store, slot, (uint32_t)i + 1);
		packet[turn] = first_packet(half[turn], slot + 1);
		if (t->order != NULL)
			t->order[i] = slot | turn * SECOND_HALF;
	}
}

void halves_join(struct tcphs_tracker *t, bool apart)
{
	size_t all = (size_t)t->store.slots + t->half->store.slots;

	t->order = malloc((all + 1) * sizeof(*t->order));
	t->ordered = all;
	thread_pair(join_part, t, apart && t->order != NULL);
}

void halves_append(struct tcphs_tracker *t)
{
	t->ordered = (size_t)t->store.slots + t->half->store.slots;
}
