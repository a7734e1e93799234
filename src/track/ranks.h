/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which connection is the nth of those held, where some leave and others come all the time.
 *
 * Ids only grow, so whoever comes goes to the end. Pairs of id and slot stand in blocks; who
 * leaves is struck out, a block that is half struck out closes up, and two that have become
 * small become one. No step takes longer than a block does, however many there are, so somebody
 * at a terminal may ask in the middle of a flood.
 *
 * Where slots are still ids in order, blocks say so and hold no pairs.
 */
#ifndef TRACK_RANKS_H
#define TRACK_RANKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rank {
	uint32_t id, slot; /* NO_SLOT: has left */
};

struct rank_block {
	struct rank *rank; /* NULL: slot is id - 1 */
	uint32_t first;    /* its lowest id; later blocks have higher ones */
	uint32_t used;     /* pairs, with those that have left, … */
	uint32_t live;     /* … and without */
	uint32_t room;
};

struct ranks {
	struct rank_block *block;
	size_t *before; /* [blocks]: live ones in the blocks before, right up to `summed` */
	size_t blocks, block_room, summed;
	size_t live, memory;
	bool failed; /* memory was exhausted: begin anew */
};

/* Nobody in it. */
void ranks_free(struct ranks *ranks);
/* Begins anew with the slots 0 … slots - 1, whose ids are 1 … slots. */
bool ranks_begin(struct ranks *ranks, uint32_t slots);
/* A connection with a higher id than all that are there. */
bool ranks_add(struct ranks *ranks, uint32_t id, uint32_t slot);
/* Who has this id, if anybody, leaves. */
void ranks_remove(struct ranks *ranks, uint32_t id);
/* Makes ranks_at() and ranks_find() change nothing until somebody comes or leaves: for threads. */
void ranks_settle(struct ranks *ranks);

/* The slot of the nth (index < live). */
uint32_t ranks_at(struct ranks *ranks, size_t index);
/* Which is the first whose id is not below this one; `live` if there is none. */
size_t ranks_find(struct ranks *ranks, uint32_t id);

#endif
