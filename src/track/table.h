/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The flow table: from a keyed hash to the newest connection of a 4-tuple. Open addressing,
 * 8 octets an entry (32 bits of the hash, the slot), at most two thirds full; growing never
 * touches a connection. The key is fresh randomness, so that nobody can choose addresses and
 * ports that collide.
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

struct table {
	struct table_entry *entry;
	uint32_t mask;
	uint32_t used;
};

bool table_init(struct table *table);
void table_free(struct table *table);
size_t table_memory(const struct table *table);

ONLY_FETCHES void table_fetch(const struct table *table, uint32_t tag)
{
	fetch_line(&table->entry[tag & table->mask]);
}

/* The slots with this tag, one after the other: *place starts at `tag` and is kept by the
 * caller; NO_SLOT when there are no more. */
static inline uint32_t table_next(const struct table *table, uint32_t tag, uint32_t *place)
{
	for (;; ++*place) {
		const struct table_entry *entry = &table->entry[*place & table->mask];

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
