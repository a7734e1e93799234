/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/ranks.h"

#include "track/table.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK 1024u /* pairs; ten million connections have ten thousand blocks */

void ranks_free(struct ranks *r)
{
	for (size_t i = 0; i < r->blocks; i++)
		free(r->block[i].rank);
	free(r->block);
	free(r->before);
	memset(r, 0, sizeof(*r));
}

static bool set_room(struct ranks *r, struct rank_block *block, uint32_t room)
{
	struct rank *rank = realloc(block->rank, room * sizeof(*rank));

	if (rank == NULL) {
		r->failed = true;
		return false;
	}
	r->memory += room * sizeof(*rank);
	r->memory -= block->room * sizeof(*rank);
	block->rank = rank;
	block->room = room;
	return true;
}

static struct rank_block *new_block(struct ranks *r, uint32_t first)
{
	if (r->block == NULL || r->blocks == r->block_room) {
		size_t room = r->block_room == 0 ? 64 : r->block_room * 2;
		struct rank_block *block = realloc(r->block, room * sizeof(*block));
		size_t *before;

		if (block != NULL)
			r->block = block;
		before = realloc(r->before, room * sizeof(*before));
		if (before != NULL)
			r->before = before;
		if (block == NULL || before == NULL) {
			r->failed = true;
			return NULL;
		}
		r->memory += (room - r->block_room) * (sizeof(*block) + sizeof(*before));
		r->block_room = room;
	}
	r->block[r->blocks] = (struct rank_block){.first = first};
	return &r->block[r->blocks++];
}

static void drop_block(struct ranks *r, size_t at)
{
	r->memory -= r->block[at].room * sizeof(struct rank);
	free(r->block[at].rank);
	r->blocks--;
	memmove(&r->block[at], &r->block[at + 1], (r->blocks - at) * sizeof(r->block[0]));
	if (r->summed > at)
		r->summed = at;
}

bool ranks_begin(struct ranks *r, uint32_t slots)
{
	ranks_free(r);
	for (uint32_t at = 0; at < slots; at += BLOCK) {
		struct rank_block *block = new_block(r, at + 1);

		if (block == NULL)
			return false;
		block->used = block->live = slots - at < BLOCK ? slots - at : BLOCK;
	}
	r->live = slots;
	return true;
}

/* It holds its pairs. */
static bool write_out(struct ranks *r, struct rank_block *block)
{
	if (block->rank != NULL)
		return true;
	if (!set_room(r, block, BLOCK))
		return false;
	for (uint32_t i = 0; i < block->used; i++)
		block->rank[i] = (struct rank){block->first + i, block->first + i - 1};
	return true;
}

bool ranks_add(struct ranks *r, uint32_t id, uint32_t slot)
{
	struct rank_block *last = r->blocks > 0 ? &r->block[r->blocks - 1] : NULL;

	if (last == NULL || last->used == BLOCK)
		last = new_block(r, id);
	if (last == NULL || !write_out(r, last) || (last->room < BLOCK && !set_room(r, last, BLOCK)))
		return false;
	last->rank[last->used++] = (struct rank){id, slot};
	last->live++;
	r->live++;
	return true;
}

/* The last block whose first id is not above this one; 0 if there is none. */
static size_t block_of(const struct ranks *r, uint32_t id)
{
	size_t low = 0, high = r->blocks;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (r->block[middle].first <= id)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* The first pair of the block whose id is not below this one. */
static uint32_t place_in(const struct rank_block *block, uint32_t id)
{
	uint32_t low = 0, high = block->used;

	if (block->rank == NULL) {
		if (id <= block->first)
			return 0;
		return id - block->first < block->used ? id - block->first : block->used;
	}
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (block->rank[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Those that have left go. */
static void close_up(struct rank_block *block)
{
	uint32_t kept = 0;

	if (block->live == block->used)
		return;
	for (uint32_t i = 0; i < block->used; i++) {
		block->rank[kept] = block->rank[i];
		kept += block->rank[i].slot != NO_SLOT;
	}
	block->used = kept;
}

/* What the next block holds comes into this one, if that makes half of one. */
static void unite(struct ranks *r, size_t at)
{
	struct rank_block *block = &r->block[at], *next = block + 1;

	if (at + 1 >= r->blocks || block->rank == NULL || next->rank == NULL ||
	    block->live + next->live > BLOCK / 2)
		return;
	close_up(block);
	close_up(next);
	if (block->room < BLOCK / 2 && !set_room(r, block, BLOCK / 2))
		return;
	memcpy(&block->rank[block->used], next->rank, next->used * sizeof(*next->rank));
	block->used += next->used;
	block->live = block->used;
	drop_block(r, at + 1);
}

void ranks_remove(struct ranks *r, uint32_t id)
{
	size_t at = block_of(r, id);
	struct rank_block *block = &r->block[at];
	uint32_t place;

	if (at >= r->blocks || !write_out(r, block))
		return;
	place = place_in(block, id);
	if (place == block->used || block->rank[place].id != id || block->rank[place].slot == NO_SLOT)
		return;
	block->rank[place].slot = NO_SLOT;
	block->live--;
	r->live--;
	if (r->summed > at + 1)
		r->summed = at + 1;
	if (block->live == 0) {
		drop_block(r, at);
	} else if (block->live <= block->used / 2) {
		close_up(block);
		if (at + 1 < r->blocks && !set_room(r, block, block->used))
			return;
		unite(r, at);
		if (at > 0)
			unite(r, at - 1);
	}
}

static void sum(struct ranks *r)
{
	size_t before = 0;

	if (r->summed > 0)
		before = r->before[r->summed - 1] + r->block[r->summed - 1].live;
	for (; r->summed < r->blocks; r->summed++) {
		r->before[r->summed] = before;
		before += r->block[r->summed].live;
	}
}

void ranks_settle(struct ranks *r)
{
	for (size_t i = 0; i < r->blocks; i++)
		close_up(&r->block[i]);
	sum(r);
}

uint32_t ranks_at(struct ranks *r, size_t index)
{
	size_t low = 0, high = r->blocks;
	struct rank_block *block;

	sum(r);
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (r->before[middle] <= index)
			low = middle;
		else
			high = middle;
	}
	block = &r->block[low];
	index -= r->before[low];
	if (block->rank == NULL)
		return block->first + (uint32_t)index - 1;
	close_up(block);
	return block->rank[index].slot;
}

size_t ranks_find(struct ranks *r, uint32_t id)
{
	size_t at = block_of(r, id);

	if (r->blocks == 0)
		return 0;
	sum(r);
	close_up(&r->block[at]);
	return r->before[at] + place_in(&r->block[at], id);
}
