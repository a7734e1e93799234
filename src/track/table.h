/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The flow table: from a keyed hash to the newest connection of a 4-tuple. Open addressing,
 * 8 octets an entry (32 bits of the hash, the slot), at most two thirds full; growing never
 * touches a connection. The key is fresh randomness, so that nobody can choose addresses and
 * ports that collide.
 *
 * It grows little by little: whoever waits for a key to be answered would notice a hundred
 * milliseconds. While entries move, a tag is in exactly one of the two parts, which its place
 * in the old one tells: that is why whole clusters move.
 */
#ifndef TRACK_TABLE_H
#define TRACK_TABLE_H

#include "base/fetch.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NO_SLOT UINT32_MAX

struct table_entry {
	uint32_t tag;  /* of the hash; its low bits are the place */
	uint32_t slot; /* + 1; 0 is free */
};

struct table_part {
	struct table_entry *entry;
	uint32_t mask;
};

struct table {
	struct table_part now, old; /* old: what still moves; entry is NULL if nothing does */
	struct table_part emptied;  /* is given back to the system piece by piece */
	uint32_t used;
	uint32_t start, moved; /* of old: the place where moving began, places left behind */
	bool huge; /* pages; the kernel clears one in milliseconds, when it is first touched */
};

bool table_init(struct table *table, bool huge);
void table_free(struct table *table);
size_t table_memory(const struct table *table);

/* The part in which a tag is, or would be. */
static inline const struct table_part *table_part(const struct table *table, uint32_t tag)
{
	if (table->old.entry != NULL && ((tag - table->start) & table->old.mask) >= table->moved)
		return &table->old;
	return &table->now;
}

ONLY_FETCHES void table_fetch(const struct table *table, uint32_t tag)
{
	const struct table_part *part = table_part(table, tag);

	fetch_line(&part->entry[tag & part->mask]);
}

/* The slots with this tag, one after the other: *place starts at `tag` and is kept by the
 * caller; NO_SLOT when there are no more. */
static inline uint32_t table_next(const struct table *table, uint32_t tag, uint32_t *place)
{
	const struct table_part *part = table_part(table, tag);

	for (;; ++*place) {
		const struct table_entry *entry = &part->entry[*place & part->mask];

		if (entry->slot == 0)
			return NO_SLOT;
		if (entry->tag == tag) {
			++*place;
			return entry->slot - 1;
		}
	}
}

/* Whether `more` entries would make it grow. */
bool table_is_full(const struct table *table, uint32_t more);
bool table_insert(struct table *table, uint32_t tag, uint32_t slot);
/* Replaces `slot` under `tag` by `by`, or takes it out if `by` is NO_SLOT. */
void table_replace(struct table *table, uint32_t tag, uint32_t slot, uint32_t by);

#endif
