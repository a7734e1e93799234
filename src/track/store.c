/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/store.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define SLAB_SIZE (1u << 20)
#define HUGE_PAGE ((size_t)2 << 20)
#define NOTES_MAX 65536u /* a connection; beyond it they are only counted */
#define NOTES_ALWAYS 16u /* … and beyond these, where memory is short */

/* Sizes of event blocks in events; beyond the last they come from malloc. */
static const uint16_t size_class[EVENT_CLASSES] = {12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512};

bool store_init(struct store *s, bool huge)
{
	memset(s, 0, sizeof(*s));
	s->free_slots = s->free_colds = NO_SLOT;
	s->v6_free = NO_SLOT;
	s->huge = huge;
	return table_init(&s->table, huge);
}

/* Whole cache lines; where they are wanted and it is whole huge pages, those. */
static void *allocate(size_t size, bool huge)
{
	size_t unit = huge && size % HUGE_PAGE == 0 ? HUGE_PAGE : CACHE_LINE;
	void *memory = aligned_alloc(unit, (size + unit - 1) / unit * unit);

	if (memory != NULL && unit == HUGE_PAGE)
		madvise(memory, size, MADV_HUGEPAGE);
	return memory;
}

/* On huge pages since every packet looks in a random place. The first one is on ordinary pages:
 * of a small capture it is all there is. */
static void *new_chunk(struct store *s, size_t size, bool first)
{
	void *memory = allocate(size, s->huge && !first);

	if (memory != NULL)
		s->memory += size;
	return memory;
}

/* Makes room for one more element in *list, which is of `size` octets. */
static bool more_room(void *list_of_elements, size_t size, size_t count, size_t *room)
{
	void *list;
	size_t bigger_room = *room == 0 ? 16 : *room * 2;

	if (count < *room)
		return true;
	memcpy(&list, list_of_elements, sizeof(list));
	list = realloc(list, bigger_room * size);
	if (list == NULL)
		return false;
	memcpy(list_of_elements, &list, sizeof(list));
	*room = bigger_room;
	return true;
}

#define GROUPS (SLOTS_A_CHUNK / SLOTS_A_GROUP) /* in a chunk */

static bool add_chunk(struct store *s)
{
	struct chunk chunk;
	size_t before = s->memory;

	if (!more_room(&s->chunk, sizeof(*s->chunk), s->chunks, &s->chunk_room))
		return false;
	chunk.hot = new_chunk(s, SLOTS_A_CHUNK * sizeof(struct hot), s->chunks == 0);
	chunk.birth = new_chunk(s, SLOTS_A_CHUNK * sizeof(struct birth), s->chunks == 0);
	chunk.youngest = new_chunk(s, GROUPS * sizeof(*chunk.youngest), true);
	if (chunk.hot == NULL || chunk.birth == NULL || chunk.youngest == NULL) {
		s->memory = before;
		free(chunk.hot);
		free(chunk.birth);
		free(chunk.youngest);
		return false;
	}
	for (size_t i = 0; i < GROUPS; i++)
		chunk.youngest[i] = INT64_MIN;
	s->chunk[s->chunks++] = chunk;
	return true;
}

size_t store_step(const struct store *s, uint32_t more, bool *cold)
{
	size_t step = 0;

	if (s->free_count + (s->chunks * SLOTS_A_CHUNK - s->slots) < more)
		step += SLOTS_A_CHUNK * (sizeof(struct hot) + sizeof(struct birth)) +
			GROUPS * sizeof(int64_t);
	if (table_is_full(&s->table, more)) /* the old one goes only when the new one is there */
		step += 2 * table_memory(&s->table);
	if (s->v6 != NULL && s->v6_count + more > s->v6_room && s->v6_free == NO_SLOT)
		step += 2 * (size_t)s->v6_room * sizeof(*s->v6);
	*cold = step == 0;
	if (s->free_cold_count + (s->cold_chunks * COLDS_A_CHUNK - s->colds) < more)
		step += COLDS_A_CHUNK * sizeof(struct cold);
	return step;
}

struct hot *store_new(struct store *s, uint32_t *slot)
{
	struct hot *hot;

	*slot = s->free_slots;
	if (*slot != NO_SLOT) {
		s->free_slots = store_birth_apart(s, *slot)->before;
		s->free_count--;
	} else {
		if (s->slots / SLOTS_A_CHUNK == s->chunks && !add_chunk(s))
			return NULL;
		*slot = s->slots++;
	}
	hot = store_hot(s, *slot);
	memset(hot, 0, sizeof(*hot));
	return hot;
}

static bool add_cold_chunk(struct store *s)
{
	if (!more_room(&s->cold, sizeof(*s->cold), s->cold_chunks, &s->cold_chunk_room))
		return false;
	s->cold[s->cold_chunks] = new_chunk(s, COLDS_A_CHUNK * sizeof(struct cold), s->cold_chunks == 0);
	return s->cold[s->cold_chunks] != NULL && ++s->cold_chunks > 0;
}

struct cold *store_warm(struct store *s, struct hot *hot)
{
	struct cold *cold;

	if (s->free_colds != NO_SLOT) {
		hot->cold = s->free_colds + 1;
		cold = store_cold_at(s, s->free_colds);
		s->free_colds = cold->events;
		s->free_cold_count--;
	} else {
		if (s->colds == s->cold_chunks * COLDS_A_CHUNK && !add_cold_chunk(s))
			return NULL;
		cold = store_cold_at(s, s->colds);
		hot->cold = ++s->colds;
	}
	memset(cold, 0, offsetof(struct cold, own));
	cold->event = cold->own;
	cold->wscale[0] = cold->wscale[1] = -1;
	return cold;
}

struct more *store_more(struct store *s, struct cold *cold)
{
	if (cold->more == NULL) {
		cold->more = calloc(1, sizeof(*cold->more));
		s->starved |= cold->more == NULL;
		if (cold->more != NULL)
			s->memory += sizeof(*cold->more);
	}
	return cold->more;
}

uint32_t store_v6(struct store *s)
{
	uint32_t i = s->v6_free;

	if (i != NO_SLOT) {
		memcpy(&s->v6_free, s->v6[i], sizeof(s->v6_free));
		return i;
	}
	if (s->v6_count == s->v6_room) {
		uint32_t room = s->v6_room == 0 ? 256 : s->v6_room * 2;
		void *bigger = realloc(s->v6, room * sizeof(*s->v6));

		if (bigger == NULL)
			return NO_SLOT;
		s->memory += (room - s->v6_room) * sizeof(*s->v6);
		s->v6 = bigger;
		s->v6_room = room;
	}
	return s->v6_count++;
}

/* ---- events ------------------------------------------------------------------------ */

static size_t class_for(uint32_t events)
{
	size_t c = 0;

	while (c < EVENT_CLASSES && size_class[c] < events)
		c++;
	return c;
}

static size_t block_size(uint32_t room)
{
	return sizeof(struct event_block) + room * sizeof(struct event);
}

static bool beyond_limit(const struct store *s, size_t size)
{
	return s->limit != 0 && s->memory + size > s->limit;
}

static void *cut_from_slab(struct store *s, size_t size)
{
	void *memory;

	if (s->slab_left < size) {
		if (beyond_limit(s, SLAB_SIZE) ||
		    !more_room(&s->slabs, sizeof(*s->slabs), s->slab_count, &s->slab_room))
			return NULL;
		s->slab = aligned_alloc(CACHE_LINE, SLAB_SIZE);
		if (s->slab == NULL)
			return NULL;
		s->memory += SLAB_SIZE;
		s->slabs[s->slab_count++] = s->slab;
		s->slab_left = SLAB_SIZE;
	}
	memory = s->slab;
	s->slab = (char *)s->slab + size;
	s->slab_left -= size;
	return memory;
}

static struct event_block *new_block(struct store *s, uint32_t wanted)
{
	size_t c = class_for(wanted);
	struct event_block *block;

	if (c == EVENT_CLASSES) {
		block = beyond_limit(s, block_size(wanted * 2)) ? NULL : malloc(block_size(wanted * 2));
		if (block == NULL)
			return NULL;
		block->room = wanted * 2;
		s->memory += block_size(block->room);
		return block;
	}
	block = s->free_blocks[c];
	if (block == NULL) {
		block = cut_from_slab(s, block_size(size_class[c]));
		while (block == NULL && ++c < EVENT_CLASSES) /* rather a larger one than none */
			block = s->free_blocks[c];
	}
	if (block == NULL)
		return NULL;
	if (block == s->free_blocks[c])
		memcpy(&s->free_blocks[c], block, sizeof(void *));
	block->room = size_class[c];
	return block;
}

static struct event_block *block_of(struct event *event)
{
	return (struct event_block *)(void *)((char *)event - offsetof(struct event_block, event));
}

static void drop_events(struct store *s, struct cold *cold)
{
	struct event_block *block;
	size_t c;

	if (cold->event == cold->own || cold->event == NULL)
		return;
	block = block_of(cold->event);
	c = class_for(block->room);
	if (c == EVENT_CLASSES) {
		s->memory -= block_size(block->room);
		free(block);
		return;
	}
	memcpy(block, &s->free_blocks[c], sizeof(void *));
	s->free_blocks[c] = block;
}

bool store_grow_events(struct store *s, struct cold *cold)
{
	struct event_block *block = new_block(s, cold->events + 1);

	if (block == NULL)
		return false;
	memcpy(block->event, cold->event, cold->events * sizeof(struct event));
	drop_events(s, cold);
	cold->event = block->event;
	return true;
}

struct note *store_note(struct store *s, struct cold *cold)
{
	struct more *more = store_more(s, cold);
	struct note *note;

	if (more == NULL)
		return NULL;
	if (more->notes == more->note_room) {
		uint32_t room = more->note_room == 0 ? 4 : more->note_room * 2;

		if (room > NOTES_MAX || (room > NOTES_ALWAYS && beyond_limit(s, room * sizeof(*note)))) {
			more->notes_dropped++;
			return NULL;
		}
		note = realloc(more->note, room * sizeof(*note));
		s->starved |= note == NULL;
		if (note == NULL)
			return NULL;
		s->memory += (room - more->note_room) * sizeof(*note);
		more->note = note;
		more->note_room = room;
	}
	note = &more->note[more->notes++];
	memset(note, 0, sizeof(*note));
	return note;
}

/* ---- the end ----------------------------------------------------------------------- */

static void release_more(struct store *s, struct more *more)
{
	if (more == NULL)
		return;
	s->memory -= sizeof(*more) + more->note_room * sizeof(*more->note) +
		     more->option_room * sizeof(*more->options);
	free(more->note);
	free(more->options);
	free(more);
}

void store_release(struct store *s, uint32_t slot)
{
	struct hot *hot = store_hot(s, slot);
	struct cold *cold = store_cold(s, hot);

	if (hot->flags & HOT_V6) {
		memcpy(s->v6[hot->pair], &s->v6_free, sizeof(s->v6_free));
		s->v6_free = (uint32_t)hot->pair;
	}
	if (cold != NULL) {
		release_more(s, cold->more);
		drop_events(s, cold);
		cold->event = NULL;
		cold->more = NULL;
		cold->events = s->free_colds;
		s->free_colds = hot->cold - 1;
		s->free_cold_count++;
	}
	memset(hot, 0, sizeof(*hot));
	store_birth_apart(s, slot)->id = 0;
	store_birth_apart(s, slot)->before = s->free_slots;
	s->free_slots = slot;
	s->free_count++;
}

/* Those on the free list hold nothing: their event and more are NULL. */
static void free_colds(struct store *s)
{
	for (uint32_t i = 0; i < s->colds; i++) {
		struct cold *cold = store_cold_at(s, i);

		release_more(s, cold->more);
		if (cold->event != NULL && cold->event != cold->own &&
		    class_for(cold_room(cold)) == EVENT_CLASSES)
			free(block_of(cold->event));
	}
	for (size_t i = 0; i < s->cold_chunks; i++)
		free(s->cold[i]);
	free(s->cold);
}

void store_free(struct store *s)
{
	free_colds(s);
	for (size_t i = 0; i < s->chunks; i++) {
		free(s->chunk[i].hot);
		free(s->chunk[i].birth);
		free(s->chunk[i].youngest);
	}
	for (size_t i = 0; i < s->slab_count; i++)
		free(s->slabs[i]);
	free(s->chunk);
	free(s->slabs);
	free(s->v6);
	table_free(&s->table);
}
