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
#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

/* How far an entry is from its place is chance, which no processor foretells: so many places are
 * looked at together. */
#define TABLE_WINDOW 4u

ONLY_FETCHES void table_fetch(const struct table *table, uint32_t tag)
{
	const struct table_part *part = table_part(table, tag);

	fetch_across(&part->entry[tag & part->mask], TABLE_WINDOW * sizeof(*part->entry));
}

/* Of each place, the first one's bits are the lowest: it has the tag; it is free. */
#define TABLE_SAME 0x55u
#define TABLE_FREE 0xaau

static inline unsigned table_look(const struct table_entry *entry, uint32_t tag)
{
#ifdef __SSE2__
	const __m128i *pair = (const __m128i *)(const void *)entry;
	const __m128i wanted = _mm_set_epi32(0, (int)tag, 0, (int)tag);
	__m128i low = _mm_cmpeq_epi32(_mm_loadu_si128(pair), wanted);
	__m128i high = _mm_cmpeq_epi32(_mm_loadu_si128(pair + 1), wanted);

	return (unsigned)_mm_movemask_ps(_mm_castsi128_ps(low)) |
	       (unsigned)_mm_movemask_ps(_mm_castsi128_ps(high)) << 4;
#else
	unsigned seen = 0;

	for (unsigned i = 0; i < TABLE_WINDOW; i++)
		seen |= ((unsigned)(entry[i].tag == tag) | (unsigned)(entry[i].slot == 0) << 1)
		        << 2 * i;
	return seen;
#endif
}

/* Which of the places is the first with one of these bits. */
static inline uint32_t table_which(unsigned seen)
{
	return (uint32_t)__builtin_ctz(seen) / 2;
}

/* None of them is behind the table's end. */
static inline bool table_has_window(const struct table_part *part, uint32_t place)
{
	return place <= part->mask + 1 - TABLE_WINDOW;
}

/* table_first(), where the first places do not tell. */
uint32_t table_first_slowly(const struct table_part *part, uint32_t tag);

/* The first slot with this tag, or NO_SLOT. Nothing with the tag is behind a free place. */
static inline uint32_t table_first(const struct table *table, uint32_t tag)
{
	const struct table_part *part = table_part(table, tag);
	uint32_t place = tag & part->mask;
	unsigned seen = 0, same;

	if (table_has_window(part, place))
		seen = table_look(&part->entry[place], tag);
	if (seen == 0)
		return table_first_slowly(part, tag);
	same = seen & TABLE_SAME;
	place += table_which(same | 1u << (2 * TABLE_WINDOW - 1)); /* the last, if it is nowhere */
	return (part->entry[place].slot & (0 - (uint32_t)(same != 0))) - 1;
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
/* Where the first entry with the tag is, or the free place where table_seat() may put one as long as
 * nothing else is put in or taken out; NULL if memory is exhausted. */
struct table_entry *table_place(struct table *table, uint32_t tag);

static inline void table_seat(struct table *table, struct table_entry *place, uint32_t tag,
                              uint32_t slot)
{
	*place = (struct table_entry){tag, slot + 1};
	table->used++;
}

/* Replaces `slot` under `tag` by `by`, or takes it out if `by` is NO_SLOT. */
void table_replace(struct table *table, uint32_t tag, uint32_t slot, uint32_t by);

#endif
