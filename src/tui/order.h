/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A sorted list that is built a little at a time and can be looked at meanwhile.
 *
 * Entries come in one by one. They are sorted in chunks; chunks become runs, and two runs of
 * like size are merged, step by step, into one (as a binary counter carries). The longest run
 * is what can be seen: at least half of all, a moment later. No call takes longer than its
 * budget, so a screen can be drawn between any two.
 */
#ifndef TUI_ORDER_H
#define TUI_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct order_entry {
	uint64_t key;   /* ascending; equal keys by id */
	uint32_t minor; /* after the key, before the id */
	uint32_t id;    /* of the connection */
};

struct order;

struct order *order_new(void); /* NULL if memory is exhausted */
/* Gives about `budget` blocks of it back; true when it is gone (NULL is, at once). Call nothing
 * else on it then. */
bool order_discard(struct order *order, size_t budget);
/* False if memory is exhausted. */
bool order_add(struct order *order, struct order_entry entry);
/* What has come can be seen, were it only a few. */
void order_show(struct order *order);
/* No more entries will come. */
void order_end(struct order *order);
/* Merges about `budget` entries; true if there is more to do. */
bool order_work(struct order *order, size_t budget);

/* What can be seen: all of it once order_end() was called and order_work() says false. */
size_t order_count(const struct order *order);
const struct order_entry *order_at(const struct order *order, size_t position);
/* Where `entry` stands, or would. */
size_t order_find(const struct order *order, const struct order_entry *entry);

#endif
