/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/table.h"

#include <stdlib.h>
#include <sys/mman.h>

#define FIRST_SIZE  1024u
#define HUGE_PAGE   ((size_t)2 << 20)
#define PIECE_EVERY 1024u /* insertions */
#define MOVES       8u /* places that an insertion leaves behind: all, long before it is full again */

/* Zeroed; the large ones on huge pages, since every packet looks in a random place, and as the
 * kernel gives them: zeroed once, when they are touched. */
static struct table_entry *allocate(size_t entries, bool huge)
{
	size_t size = entries * sizeof(struct table_entry), before;
	char *memory;

	if (size < HUGE_PAGE)
		return calloc(entries, sizeof(struct table_entry));
	memory = mmap(NULL, size + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
	              -1, 0);
	if (memory == MAP_FAILED)
		return NULL;
	before = (HUGE_PAGE - (uintptr_t)memory % HUGE_PAGE) % HUGE_PAGE;
	if (before > 0)
		munmap(memory, before);
	munmap(memory + before + size, HUGE_PAGE - before);
	if (huge)
		madvise(memory + before, size, MADV_HUGEPAGE);
	return (struct table_entry *)(void *)(memory + before);
}

static size_t size_of(const struct table_part *part)
{
	return part->entry != NULL ? ((size_t)part->mask + 1) * sizeof(*part->entry) : 0;
}

static void release(struct table_part *part)
{
	size_t size = size_of(part);

	if (part->entry != NULL && size < HUGE_PAGE)
		free(part->entry);
	else if (part->entry != NULL)
		munmap(part->entry, size);
	part->entry = NULL;
}

/* All of a large one at once would take long, too. */
static void release_piece(struct table_part *part)
{
	char *end = (char *)part->entry + size_of(part);

	munmap(end - HUGE_PAGE, HUGE_PAGE);
	if (size_of(part) == HUGE_PAGE)
		part->entry = NULL;
	part->mask -= (uint32_t)(HUGE_PAGE / sizeof(*part->entry));
}

bool table_init(struct table *table, bool huge)
{
	*table = (struct table){.now = {allocate(FIRST_SIZE, huge), FIRST_SIZE - 1}, .huge = huge};
	return table->now.entry != NULL;
}

void table_free(struct table *table)
{
	release(&table->now);
	release(&table->old);
	while (table->emptied.entry != NULL)
		release_piece(&table->emptied);
}

size_t table_memory(const struct table *table)
{
	return size_of(&table->now) + size_of(&table->old) + size_of(&table->emptied);
}

/* The first place with the tag, or the free one before there is any. */
static inline struct table_entry *first_place(const struct table_part *part, uint32_t tag)
{
	uint32_t i = tag & part->mask;

	for (;;) {
		struct table_entry *entry = &part->entry[i];
		unsigned seen = 0;

		if (table_has_window(part, i)) {
			seen = table_look(entry, tag);
			if (seen != 0)
				return entry + table_which(seen);
			i = (i + TABLE_WINDOW) & part->mask;
		} else {
			if (entry->slot == 0 || entry->tag == tag)
				return entry;
			i = (i + 1) & part->mask;
		}
	}
}

uint32_t table_first_slowly(const struct table_part *part, uint32_t tag)
{
	return first_place(part, tag)->slot - 1;
}

static inline void put(const struct table_part *part, struct table_entry entry)
{
	uint32_t i = entry.tag & part->mask;
	unsigned vacant =
	    table_has_window(part, i) ? table_look(&part->entry[i], 0) & TABLE_FREE : 0;

	if (vacant != 0)
		i += table_which(vacant);
	else
		while (part->entry[i].slot != 0)
			i = (i + 1) & part->mask;
	part->entry[i] = entry;
}

/* Nothing is in the old part any more. */
static void leave_old(struct table *table)
{
	if (size_of(&table->old) < HUGE_PAGE)
		release(&table->old);
	table->emptied = table->old;
	table->old.entry = NULL;
}

/* Moves what is in the next `places` and in the rest of the cluster at their end. */
static void move(struct table *table, uint32_t places)
{
	const struct table_part *old = &table->old;

	for (;; table->moved++) {
		struct table_entry *entry = &old->entry[(table->start + table->moved) & old->mask];

		if (entry->slot != 0) {
			put(&table->now, *entry);
			entry->slot = 0;
		} else if (table->moved > old->mask) {
			leave_old(table); /* a cluster over the end has moved, too */
			return;
		} else if (places == 0) {
			return;
		}
		places -= places > 0;
	}
}

static bool grow(struct table *table)
{
	size_t size = ((size_t)table->now.mask + 1) * 2;
	struct table_part bigger = {.mask = (uint32_t)size - 1};

	while (table->old.entry != NULL)
		move(table, table->old.mask);
	while (table->emptied.entry != NULL)
		release_piece(&table->emptied);
	if (size > UINT32_MAX / 2 || (bigger.entry = allocate(size, table->huge)) == NULL)
		return false;
	table->old = table->now;
	table->now = bigger;
	table->moved = 0;
	for (table->start = 0; table->old.entry[table->start].slot != 0;)
		table->start++;
	return true;
}

bool table_is_full(const struct table *table, uint32_t more)
{
	return ((uint64_t)table->used + more) * 3 > ((uint64_t)table->now.mask + 1) * 2;
}

/* For one more entry. */
static inline bool make_room(struct table *table)
{
	if (table_is_full(table, 1) && !grow(table))
		return false;
	if (table->old.entry != NULL)
		move(table, MOVES);
	else if (table->emptied.entry != NULL && table->used % PIECE_EVERY == 0)
		release_piece(&table->emptied);
	return true;
}

bool table_insert(struct table *table, uint32_t tag, uint32_t slot)
{
	if (!make_room(table))
		return false;
	put(table_part(table, tag), (struct table_entry){tag, slot + 1});
	table->used++;
	return true;
}

struct table_entry *table_place(struct table *table, uint32_t tag)
{
	return make_room(table) ? first_place(table_part(table, tag), tag) : NULL;
}

/* Closes the gap at `hole`: entries behind it that it kept from their place move up. */
static void close_gap(const struct table_part *part, uint32_t hole)
{
	uint32_t i = hole;

	for (;;) {
		uint32_t home;

		i = (i + 1) & part->mask;
		if (part->entry[i].slot == 0)
			break;
		home = part->entry[i].tag & part->mask;
		if (((i - home) & part->mask) < ((i - hole) & part->mask))
			continue;
		part->entry[hole] = part->entry[i];
		hole = i;
	}
	part->entry[hole].slot = 0;
}

void table_replace(struct table *table, uint32_t tag, uint32_t slot, uint32_t by)
{
	const struct table_part *part = table_part(table, tag);

	for (uint32_t i = tag & part->mask; part->entry[i].slot != 0; i = (i + 1) & part->mask) {
		if (part->entry[i].slot != slot + 1)
			continue;
		if (by == NO_SLOT) {
			close_gap(part, i);
			table->used--;
		} else {
			part->entry[i].slot = by + 1;
		}
		return;
	}
}
