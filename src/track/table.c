/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/table.h"

#include <stdlib.h>
#include <sys/mman.h>

#define FIRST_SIZE 1024u
#define HUGE_PAGE ((size_t)2 << 20)

/* Zeroed; the large ones on huge pages, since every packet looks in a random place, and as the
 * kernel gives them: zeroed once, when they are touched. */
static struct table_entry *allocate(size_t entries)
{
	size_t size = entries * sizeof(struct table_entry), before;
	char *memory;

	if (size < HUGE_PAGE)
		return calloc(entries, sizeof(struct table_entry));
	memory = mmap(NULL, size + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED)
		return NULL;
	before = (HUGE_PAGE - (uintptr_t)memory % HUGE_PAGE) % HUGE_PAGE;
	if (before > 0)
		munmap(memory, before);
	munmap(memory + before + size, HUGE_PAGE - before);
	madvise(memory + before, size, MADV_HUGEPAGE);
	return (struct table_entry *)(void *)(memory + before);
}

static void release(struct table_entry *entry, size_t entries)
{
	if (entries * sizeof(*entry) < HUGE_PAGE)
		free(entry);
	else
		munmap(entry, entries * sizeof(*entry));
}

bool table_init(struct table *table)
{
	table->entry = allocate(FIRST_SIZE);
	table->mask = FIRST_SIZE - 1;
	table->used = 0;
	return table->entry != NULL;
}

void table_free(struct table *table)
{
	if (table->entry != NULL)
		release(table->entry, (size_t)table->mask + 1);
	table->entry = NULL;
}

size_t table_memory(const struct table *table)
{
	return ((size_t)table->mask + 1) * sizeof(struct table_entry);
}

static void place(struct table *table, struct table_entry entry)
{
	uint32_t i = entry.tag & table->mask;

	while (table->entry[i].slot != 0)
		i = (i + 1) & table->mask;
	table->entry[i] = entry;
}

static bool grow(struct table *table)
{
	struct table old = *table;
	size_t size = ((size_t)old.mask + 1) * 2;

	if (size > UINT32_MAX / 2)
		return false;
	table->entry = allocate(size);
	if (table->entry == NULL) {
		*table = old;
		return false;
	}
	table->mask = (uint32_t)size - 1;
	for (size_t i = 0; i <= old.mask; i++)
		if (old.entry[i].slot != 0)
			place(table, old.entry[i]);
	release(old.entry, (size_t)old.mask + 1);
	return true;
}

bool table_is_full(const struct table *table, uint32_t more)
{
	return ((uint64_t)table->used + more) * 3 > ((uint64_t)table->mask + 1) * 2;
}

bool table_insert(struct table *table, uint32_t tag, uint32_t slot)
{
	if (table_is_full(table, 1) && !grow(table))
		return false;
	place(table, (struct table_entry){tag, slot + 1});
	table->used++;
	return true;
}

/* Closes the gap at `hole`: entries behind it that it kept from their place move up. */
static void close_gap(struct table *table, uint32_t hole)
{
	uint32_t i = hole;

	for (;;) {
		uint32_t home;

		i = (i + 1) & table->mask;
		if (table->entry[i].slot == 0)
			break;
		home = table->entry[i].tag & table->mask;
		if (((i - home) & table->mask) < ((i - hole) & table->mask))
			continue;
		table->entry[hole] = table->entry[i];
		hole = i;
	}
	table->entry[hole].slot = 0;
	table->used--;
}

void table_replace(struct table *table, uint32_t tag, uint32_t slot, uint32_t by)
{
	for (uint32_t i = tag & table->mask; table->entry[i].slot != 0; i = (i + 1) & table->mask) {
		if (table->entry[i].slot != slot + 1)
			continue;
		if (by == NO_SLOT)
			close_gap(table, i);
		else
			table->entry[i].slot = by + 1;
		return;
	}
}
