/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/order.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK    1024
#define RUNS_MAX 48 /* 2^48 chunks would not fit in an index */

struct run {
	struct order_entry *entry;
	size_t count;
};

struct order {
	struct order_entry chunk[CHUNK]; /* not sorted yet */
	size_t chunk_count;
	struct run run[RUNS_MAX]; /* the older, the longer */
	size_t runs;
	bool ended, failed;
	/* The merge under way: of run[at] and run[at + 1] into `into`. */
	bool merging;
	size_t at, left, right;
	struct run into;
};

static int compare(const struct order_entry *a, const struct order_entry *b)
{
	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	if (a->minor != b->minor)
		return a->minor < b->minor ? -1 : 1;
	return a->index < b->index ? -1 : a->index > b->index;
}

static int compare_void(const void *a, const void *b)
{
	return compare(a, b);
}

struct order *order_new(void)
{
	return calloc(1, sizeof(struct order));
}

void order_free(struct order *order)
{
	if (order == NULL)
		return;
	for (size_t i = 0; i < order->runs; i++)
		free(order->run[i].entry);
	free(order->into.entry);
	free(order);
}

/* The chunk becomes a run of its own. */
static bool flush(struct order *order)
{
	size_t size = order->chunk_count * sizeof(order->chunk[0]);
	struct order_entry *entry;

	if (size == 0)
		return true;
	entry = order->runs < RUNS_MAX ? malloc(size) : NULL;
	if (entry == NULL)
		return false;
	memcpy(entry, order->chunk, size);
	qsort(entry, order->chunk_count, sizeof(*entry), compare_void);
	order->run[order->runs++] = (struct run){entry, order->chunk_count};
	order->chunk_count = 0;
	return true;
}

bool order_add(struct order *order, struct order_entry entry)
{
	if (order->chunk_count == CHUNK && !flush(order))
		return false;
	order->chunk[order->chunk_count++] = entry;
	return !order->failed;
}

void order_end(struct order *order)
{
	if (!flush(order))
		order->failed = true;
	order->ended = true;
}

/* Finds two neighbouring runs to merge: the newest that are alike; at the end, any. */
static bool begin_merge(struct order *order)
{
	for (size_t i = order->runs; i >= 2; i--) {
		struct run *older = &order->run[i - 2], *newer = &order->run[i - 1];

		if (older->count > newer->count && !(order->ended && i == order->runs))
			continue;
		order->into.entry =
		    malloc((older->count + newer->count) * sizeof(order->into.entry[0]));
		if (order->into.entry == NULL) {
			order->failed = true;
			return false;
		}
		order->into.count = order->left = order->right = 0;
		order->at = i - 2;
		order->merging = true;
		return true;
	}
	return false;
}

static void end_merge(struct order *order)
{
	free(order->run[order->at].entry);
	free(order->run[order->at + 1].entry);
	order->run[order->at] = order->into;
	memmove(&order->run[order->at + 1], &order->run[order->at + 2],
	        (order->runs - order->at - 2) * sizeof(order->run[0]));
	order->runs--;
	order->into = (struct run){NULL, 0};
	order->merging = false;
}

bool order_work(struct order *order, size_t budget)
{
	while (budget > 0) {
		if (!order->merging && (order->failed || !begin_merge(order)))
			return false;
		const struct run *older = &order->run[order->at],
		                 *newer = &order->run[order->at + 1];

		for (; budget > 0 && order->left + order->right < older->count + newer->count;
		     budget--) {
			bool first =
			    order->right == newer->count ||
			    (order->left < older->count &&
			     compare(&older->entry[order->left], &newer->entry[order->right]) < 0);

			order->into.entry[order->into.count++] =
			    first ? older->entry[order->left++] : newer->entry[order->right++];
		}
		if (order->into.count == older->count + newer->count)
			end_merge(order);
	}
	return true;
}

size_t order_count(const struct order *order)
{
	return order->runs > 0 ? order->run[0].count : 0;
}

const struct order_entry *order_at(const struct order *order, size_t position)
{
	return &order->run[0].entry[position];
}

size_t order_find(const struct order *order, const struct order_entry *entry)
{
	size_t low = 0, high = order_count(order);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(order_at(order, middle), entry) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
