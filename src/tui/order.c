/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/order.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK    1024
#define RUNS_MAX 48 /* 2^48 chunks would not fit in an index */
/* Entries of a block. Runs are of blocks, for one piece of 160 MB takes a while to be had and
 * to be given back, and a key would have to wait for that. */
#define BLOCK 4096

struct run {
	struct order_entry **block;
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
	struct run spent[2]; /* merged, and to be given back */
};

static int compare(const struct order_entry *a, const struct order_entry *b)
{
	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	if (a->minor != b->minor)
		return a->minor < b->minor ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

static int compare_void(const void *a, const void *b)
{
	return compare(a, b);
}

struct order *order_new(void)
{
	return calloc(1, sizeof(struct order));
}

static size_t blocks_for(size_t count)
{
	return (count + BLOCK - 1) / BLOCK;
}

/* An empty run with room for so many. */
static bool run_begin(struct run *run, size_t count)
{
	run->count = 0;
	run->block = calloc(blocks_for(count), sizeof(run->block[0]));
	return run->block != NULL;
}

static bool run_add(struct run *run, const struct order_entry *entry)
{
	struct order_entry **block = &run->block[run->count / BLOCK];

	if (run->count % BLOCK == 0 && (*block = malloc(BLOCK * sizeof(**block))) == NULL)
		return false;
	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): a run that isn't at its end */
	(*block)[run->count++ % BLOCK] = *entry;
	return true;
}

static const struct order_entry *run_at(const struct run *run, size_t position)
{
	return &run->block[position / BLOCK][position % BLOCK];
}

/* Gives blocks back, from the end, and takes them off the budget; true when none is left. */
static bool run_shrink(struct run *run, size_t *budget)
{
	for (; *budget > 0 && run->count > 0; (*budget)--) {
		run->count = (run->count - 1) / BLOCK * BLOCK;
		free(run->block[run->count / BLOCK]);
	}
	if (run->count > 0)
		return false;
	free(run->block);
	run->block = NULL;
	return true;
}

bool order_discard(struct order *order, size_t budget)
{
	if (order == NULL)
		return true;
	for (; order->runs > 0; order->runs--) {
		if (!run_shrink(&order->run[order->runs - 1], &budget))
			return false;
	}
	if (!run_shrink(&order->into, &budget) || !run_shrink(&order->spent[0], &budget) ||
	    !run_shrink(&order->spent[1], &budget))
		return false;
	free(order);
	return true;
}

/* The chunk becomes a run of its own. */
static bool flush(struct order *order)
{
	struct run run;

	if (order->chunk_count == 0)
		return true;
	if (order->runs == RUNS_MAX || !run_begin(&run, order->chunk_count))
		return false;
	run.block[0] = malloc(order->chunk_count * sizeof(order->chunk[0]));
	if (run.block[0] == NULL) {
		free(run.block);
		return false;
	}
	memcpy(run.block[0], order->chunk, order->chunk_count * sizeof(order->chunk[0]));
	qsort(run.block[0], order->chunk_count, sizeof(order->chunk[0]), compare_void);
	run.count = order->chunk_count;
	order->run[order->runs++] = run;
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

void order_show(struct order *order)
{
	if (order->runs == 0 && !flush(order))
		order->failed = true;
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
		if (!run_begin(&order->into, older->count + newer->count)) {
			order->failed = true;
			return false;
		}
		order->left = order->right = 0;
		order->at = i - 2;
		order->merging = true;
		return true;
	}
	return false;
}

static void end_merge(struct order *order)
{
	order->spent[0] = order->run[order->at];
	order->spent[1] = order->run[order->at + 1];
	order->run[order->at] = order->into;
	memmove(&order->run[order->at + 1], &order->run[order->at + 2],
	        (order->runs - order->at - 2) * sizeof(order->run[0]));
	order->runs--;
	order->into = (struct run){NULL, 0};
	order->merging = false;
}

/* Merges up to *budget entries of the two runs under way; false if memory is exhausted. */
static bool merge_some(struct order *order, size_t *budget)
{
	const struct run *older = &order->run[order->at], *newer = &order->run[order->at + 1];
	size_t all = older->count + newer->count;

	for (; *budget > 0 && order->into.count < all; (*budget)--) {
		const struct order_entry *left = NULL, *right = NULL;
		bool first;

		if (order->left < older->count)
			left = run_at(older, order->left);
		if (order->right < newer->count)
			right = run_at(newer, order->right);
		first = right == NULL || (left != NULL && compare(left, right) < 0);
		if (!run_add(&order->into, first ? left : right))
			return false;
		order->left += first;
		order->right += !first;
	}
	if (order->into.count == all)
		end_merge(order);
	return true;
}

bool order_work(struct order *order, size_t budget)
{
	while (budget > 0) {
		size_t blocks = 4; /* a few, before the next merge needs as many */

		if (!run_shrink(&order->spent[0], &blocks) ||
		    !run_shrink(&order->spent[1], &blocks))
			return true;
		if (!order->merging && (order->failed || !begin_merge(order)))
			return false;
		if (!merge_some(order, &budget)) {
			order->failed = true;
			order->merging = false; /* what was merged is given back with the rest */
			return false;
		}
	}
	return true;
}

size_t order_count(const struct order *order)
{
	return order->runs > 0 ? order->run[0].count : 0;
}

const struct order_entry *order_at(const struct order *order, size_t position)
{
	return run_at(&order->run[0], position);
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
