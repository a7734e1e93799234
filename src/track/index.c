/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Connections by their place in the order of ids. As long as none has left, slots are in that
 * order. After that it is made when it is asked for, which is once, at the end; but where
 * somebody looks on (options.even) it is kept with each that comes or leaves.
 */
#include "track/tracker.h"

#include <stdlib.h>

static int by_id(const void *a, const void *b, void *context)
{
	const struct tcphs_tracker *t = context;
	uint32_t x = store_id(&t->store, *(const uint32_t *)a);
	uint32_t y = store_id(&t->store, *(const uint32_t *)b);

	return x < y ? -1 : x > y;
}

static void put_in_order(struct tcphs_tracker *t)
{
	uint32_t *order = realloc(t->order, ((size_t)t->store.slots + 1) * sizeof(*order));

	if (order == NULL) { /* the old one names who has left: none is better */
		free(t->order);
		t->order = NULL;
		t->ordered = 0;
		return;
	}
	t->order = order;
	t->ordered = 0;
	for (uint32_t slot = 0; slot < t->store.slots; slot++)
		if (store_id(&t->store, slot) != 0)
			order[t->ordered++] = slot;
	qsort_r(order, t->ordered, sizeof(*order), by_id, t);
	t->order_stale = false;
}

static const uint32_t *order_of(const struct tcphs_tracker *t)
{
	if (t->order_stale || t->order == NULL)
		put_in_order((struct tcphs_tracker *)(uintptr_t)t);
	return t->order;
}

/* Kept no longer, if memory is exhausted: then it is made when it is asked for. */
static void check_ranks(struct tcphs_tracker *t)
{
	if (!t->ranks.failed)
		return;
	ranks_free(&t->ranks);
	t->ranked = false;
}

void tracker_came(struct tcphs_tracker *t, uint32_t slot)
{
	t->order_stale = true;
	t->reused |= slot + 1 < t->store.slots;
	if (!t->ranked)
		return;
	ranks_add(&t->ranks, store_id(&t->store, slot), slot);
	check_ranks(t);
}

void tracker_leaves(struct tcphs_tracker *t, uint32_t slot)
{
	if (!t->reused && t->options.even) /* so far slots are ids in order */
		t->ranked = ranks_begin(&t->ranks, t->next_id);
	t->reused = t->order_stale = true;
	if (t->ranked)
		ranks_remove(&t->ranks, store_id(&t->store, slot));
	check_ranks(t);
}

static struct ranks *ranks_of(const struct tcphs_tracker *t)
{
	return &((struct tcphs_tracker *)(uintptr_t)t)->ranks;
}

uint32_t tracker_slot_in_order(const struct tcphs_tracker *t, size_t index)
{
	if (index == TCPHS_LEAVING)
		return t->leaving;
	return t->ranked ? ranks_at(ranks_of(t), index) : order_of(t)[index];
}

size_t tcphs_tracker_count(const struct tcphs_tracker *t)
{
	if (t->half != NULL)
		return t->ordered;
	if (!t->reused)
		return t->store.slots;
	if (t->ranked)
		return t->ranks.live;
	return order_of(t) != NULL ? t->ordered : 0;
}

/* The first in t->order whose id is not below. */
static size_t find_in_order(const struct tcphs_tracker *t, uint64_t id)
{
	const uint32_t *order = order_of(t);
	size_t low = 0, high = order != NULL ? t->ordered : 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (store_id(&t->store, order[middle]) < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t tcphs_tracker_find(const struct tcphs_tracker *t, uint64_t id)
{
	size_t count = tcphs_tracker_count(t);

	if (id > UINT32_MAX || id == 0)
		return id == 0 ? 0 : count;
	if (!t->reused) /* ids in order, of one tracker or of two halves that were joined */
		return id - 1 < count ? (size_t)id - 1 : count;
	return t->ranked ? ranks_find(ranks_of(t), (uint32_t)id) : find_in_order(t, id);
}
