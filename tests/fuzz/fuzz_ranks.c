/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The nth of those held against a plain list, while they come and leave in any order.
 *
 * The input: an octet that says how many there are to begin with (a power of two, 0: none) and
 * which allocation is refused (0: none), then rows of three octets each: what is done, how often (a
 * power of two), and how far apart. Once memory has failed they say so, and are good for nothing
 * but to be freed.
 */
#include "fuzz.h"
#include "scarce.h"

#include "track/ranks.h"

#include <stdbool.h>
#include <string.h>

#define IDS_MAX 200000u
#define STEP    3u

enum deed { COME, LEAVE_OLDEST, LEAVE_NEWEST, LEAVE_SOME, SETTLE, LOOK, DEEDS };

struct world {
	struct ranks ranks;
	bool *held; /* by id */
	uint32_t begun, last, live;
	uint32_t first, high; /* nobody who is held is before or behind */
};

static uint32_t slot_of(const struct world *world, uint32_t id)
{
	return id <= world->begun ? id - 1 : id * 7;
}

/* Each of them is where it must be, and so is who isn't there. */
static void look(struct world *world)
{
	size_t index = 0;

	expect(world->ranks.live == world->live);
	for (uint32_t id = 1; id <= world->last; id++) {
		if (id % 16 == 1 || world->held[id])
			expect(ranks_find(&world->ranks, id) == index);
		if (world->held[id])
			expect(ranks_at(&world->ranks, index++) == slot_of(world, id));
	}
	expect(index == world->live);
	expect(ranks_find(&world->ranks, world->last + 1) == index);
}

static void come(struct world *world, uint32_t apart)
{
	if (world->last + apart > IDS_MAX)
		return;
	world->last += apart;
	if (!ranks_add(&world->ranks, world->last, slot_of(world, world->last))) {
		expect(world->ranks.failed && scarce_refused() > 0);
		return;
	}
	world->held[world->last] = true;
	world->high = world->last;
	world->live++;
}

static void leave(struct world *world, uint32_t id)
{
	ranks_remove(&world->ranks, id); /* who isn't there can't leave */
	world->live -= world->held[id];
	world->held[id] = false;
	expect(world->ranks.failed || world->ranks.live == world->live);
}

static void leave_from(struct world *world, enum deed deed, uint32_t apart)
{
	uint32_t id;

	while (world->first < world->high && !world->held[world->first])
		world->first++;
	while (world->first < world->high && !world->held[world->high])
		world->high--;
	id = deed == LEAVE_NEWEST ? world->high : world->first;
	leave(world, apart & 1 || id == world->last ? id : id + 1);
	leave(world, id);
}

static void leave_some(struct world *world, uint32_t apart)
{
	for (uint32_t id = world->first; id <= world->last && !world->ranks.failed; id++)
		if (id % (apart + 1) != 0)
			leave(world, id);
}

static void do_step(struct world *world, const uint8_t *step)
{
	enum deed deed = (enum deed)(step[0] % DEEDS);
	uint32_t count = UINT32_C(1) << (step[1] % 16), apart = step[2];

	if (deed == SETTLE)
		ranks_settle(&world->ranks);
	else if (deed == LOOK)
		look(world);
	else if (deed == LEAVE_SOME)
		leave_some(world, apart);
	else
		for (uint32_t i = 0; i < count && world->last > 0 && !world->ranks.failed; i++) {
			if (deed == COME)
				come(world, 1 + (apart & 7));
			else
				leave_from(world, deed, apart);
		}
	if (world->last == 0 && deed == COME)
		come(world, 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool held[IDS_MAX + 1];
	struct world world = {.held = held, .first = 1};
	struct scarcity scarcity = {.first = 0};

	if (size == 0)
		return 0;
	memset(held, 0, sizeof(held));
	world.begun = world.last = world.high = world.live =
	    data[0] ? UINT32_C(1) << (data[0] % 16) : 0;
	scarcity.first = (data[0] >> 4) * (1u + size % 8);
	scarce_begin(&scarcity);
	expect(ranks_begin(&world.ranks, world.begun) || world.ranks.failed);
	for (uint32_t id = 1; id <= world.begun; id++)
		held[id] = true;
	for (size_t at = 1; at + STEP <= size && at < 40 * STEP && !world.ranks.failed; at += STEP)
		do_step(&world, data + at);
	if (!world.ranks.failed)
		look(&world);
	expect(world.ranks.failed == (scarce_refused() > 0));
	ranks_free(&world.ranks);
	scarce_end();
	return 0;
}
