/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The flow table against a list of what is in it: insertions and removals by the thousand, with
 * tags that spread or crowd, while it grows, moves and gives memory back.
 *
 * The input is a row of four octets each: what is done, how often (a power of two), and two for
 * the tags. The first one's other bits say which of the large allocations are refused: what can't
 * come in for want of memory does not, and all else stays as it is.
 */
#include "fuzz.h"
#include "scarce.h"

#include "../unit/table_help.h"
#include "track/table.h"

#include <string.h>

#define SLOTS_MAX 420000u /* so that a table grows beyond a huge page, and leaves one */
#define STEP      4u

enum deed { INSERT, REMOVE_OLDEST, REMOVE_NEWEST, REPLACE, LOOK, DEEDS };

struct world {
	struct table table;
	uint32_t *tag; /* of each slot that is in the table: first..next-1 */
	uint32_t first, next;
	uint32_t work; /* deeds done */
};

/* Odd octets: tags that share many of their last bits. */
static uint32_t tag_of(uint32_t slot, const uint8_t *octets)
{
	uint32_t salt = octets[1];

	if (octets[0] & 1)
		return ((slot >> (salt & 3)) << 16) + salt;
	return (slot + salt) * 2654435761u;
}

static void look(const struct world *world, uint32_t every)
{
	expect(world->table.used == world->next - world->first);
	for (uint32_t slot = world->first; slot < world->next; slot += every)
		expect(holds(&world->table, world->tag[slot], slot));
}

static void insert(struct world *world, uint32_t tag)
{
	if (world->next == SLOTS_MAX)
		return;
	if (!table_insert(&world->table, tag, world->next)) {
		expect(scarce_refused() > 0);
		expect(!holds(&world->table, tag, world->next));
		return;
	}
	world->tag[world->next++] = tag;
}

/* The slot gives its place to itself: as a newer connection of the 4-tuple takes it. */
static void replace(struct world *world)
{
	uint32_t slot = world->next - 1, tag = world->tag[slot];

	table_replace(&world->table, tag, slot, SLOTS_MAX + slot);
	expect(holds(&world->table, tag, SLOTS_MAX + slot) && !holds(&world->table, tag, slot));
	table_replace(&world->table, tag, SLOTS_MAX + slot, slot);
}

static void do_one(struct world *world, enum deed deed, const uint8_t *octets)
{
	if (deed == INSERT) {
		insert(world, tag_of(world->next, octets));
	} else if (world->first == world->next || deed == LOOK) {
		return;
	} else if (deed == REMOVE_OLDEST) {
		table_replace(&world->table, world->tag[world->first], world->first, NO_SLOT);
		world->first++;
	} else if (deed == REMOVE_NEWEST) {
		world->next--;
		table_replace(&world->table, world->tag[world->next], world->next, NO_SLOT);
		expect(!holds(&world->table, world->tag[world->next], world->next));
	} else {
		replace(world);
	}
}

/* Crowds are looked through from one end to the other: few of them. */
static uint32_t how_often(const uint8_t *step)
{
	unsigned most = step[2] & 1 ? 9 : 19;

	return UINT32_C(1) << (step[1] % (most + 1));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint32_t tag[SLOTS_MAX];
	struct world world = {.tag = tag};
	struct scarcity scarcity = {.first = size > 0 ? data[0] >> 3 & 15 : 0, .every = 2};

	scarce_begin(&scarcity);
	if (!table_init(&world.table, size > 0 && (data[0] & 0x80))) {
		expect(scarce_refused() > 0);
		scarce_end();
		return 0;
	}
	for (size_t at = 0; at + STEP <= size && world.work < 2 * SLOTS_MAX; at += STEP) {
		enum deed deed = (enum deed)(data[at] % DEEDS);
		uint32_t count = how_often(data + at);

		if (deed == LOOK || world.first == world.next)
			look(&world, 1 + count % 64);
		for (uint32_t i = 0; i < count && world.work < 2 * SLOTS_MAX; i++, world.work++)
			do_one(&world, deed, data + at + 2);
		expect(world.table.used * UINT64_C(3) <= (world.table.now.mask + UINT64_C(1)) * 2);
	}
	look(&world, 7);
	table_free(&world.table);
	scarce_end();
	return 0;
}
