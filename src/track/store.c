/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/store.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define HUGE_PAGE (2u << 20)
#define SLAB_SIZE (1u << 20)
#define NOTES_MAX 65536u /* a connection; beyond it they are only counted */

/* Sizes of event arrays in events; beyond the last they come from malloc. */
static const uint16_t size_class[] = {4, 6, 8, 9, 10, 12, 14, 16, 24, 32, 48, 64, 96, 128, 192, 256};
#define CLASSES (sizeof(size_class) / sizeof(size_class[0]))

bool store_init(struct store *s)
{
	memset(s, 0, sizeof(*s));
	s->free_slots = s->free_colds = NO_SLOT;
	s->v6_free = NO_SLOT;
	return table_init(&s->table);
}

static void *allocate(struct store *s, size_t size)
{
	void *memory = aligned_alloc(size >= HUGE_PAGE ? HUGE_PAGE : 64, (size + 63) / 64 * 64);

	if (memory == NULL)
		return NULL;
	if (size >= HUGE_PAGE)
		madvise(memory, size, MADV_HUGEPAGE);
	s->memory += size;
	return memory;
}

/* Makes room for one more pointer in *list. */
static bool more_room(void *list_of_pointers, size_t count, size_t *room)
{
	void **list;
	size_t bigger_room = *room == 0 ? 16 : *room * 2;

	if (count < *room)
		return true;
	memcpy(&list, list_of_pointers, sizeof(list));
	list = realloc(list, bigger_room * sizeof(void *));
	if (list == NULL)
		return false;
	memcpy(list_of_pointers, &list, sizeof(list));
	*room = bigger_room;
	return true;
}

static bool add_chunk(struct store *s)
{
	size_t birth_room = s->chunk_room;

	if (!more_room(&s->birth, s->chunks, &birth_room) ||
	    !more_room(&s->hot, s->chunks, &s->chunk_room))
		return false;
	s->hot[s->chunks] = allocate(s, SLOTS_A_CHUNK * sizeof(struct hot));
	s->birth[s->chunks] = allocate(s, SLOTS_A_CHUNK * sizeof(struct birth));
	if (s->hot[s->chunks] == NULL || s->birth[s->chunks] == NULL) {
		free(s->hot[s->chunks]);
		free(s->birth[s->chunks]);
		return false;
	}
	s->chunks++;
	return true;
}

uint32_t store_new(struct store *s)
{
	uint32_t slot = s->free_slots;

	if (slot != NO_SLOT) {
		s->free_slots = store_birth(s, slot)->before;
		s->free_count--;
	} else {
		if (s->slots == s->chunks * SLOTS_A_CHUNK && !add_chunk(s))
			return NO_SLOT;
		slot = s->slots++;
	}
	memset(store_hot(s, slot), 0, sizeof(struct hot));
	memset(store_birth(s, slot), 0, sizeof(struct birth));
	store_birth(s, slot)->before = NO_SLOT;
	return slot;
}

struct cold *store_warm(struct store *s, struct hot *hot)
{
	struct cold *cold;

	if (hot->cold != 0)
		return store_cold(s, hot);
	if (s->free_colds != NO_SLOT) {
		hot->cold = s->free_colds + 1;
		s->free_colds = store_cold(s, hot)->events;
	} else {
		if (s->colds == s->cold_chunks * SLOTS_A_CHUNK) {
			if (!more_room(&s->cold, s->cold_chunks, &s->cold_chunk_room))
				return NULL;
			s->cold[s->cold_chunks] = allocate(s, SLOTS_A_CHUNK * sizeof(struct cold));
			if (s->cold[s->cold_chunks] == NULL)
				return NULL;
			s->cold_chunks++;
		}
		hot->cold = ++s->colds;
	}
	cold = store_cold(s, hot);
	memset(cold, 0, sizeof(*cold));
	cold->wscale[0] = cold->wscale[1] = -1;
	return cold;
}

struct more *store_more(struct store *s, struct cold *cold)
{
	if (cold->more == NULL) {
		cold->more = calloc(1, sizeof(*cold->more));
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

	while (c < CLASSES && size_class[c] < events)
		c++;
	return c;
}

static void *cut_from_slab(struct store *s, size_t size)
{
	void *memory;

	if (s->slab_left < size) {
		if (!more_room(&s->slabs, s->slab_count, &s->slab_room))
			return NULL;
		s->slab = allocate(s, SLAB_SIZE);
		if (s->slab == NULL)
			return NULL;
		s->slabs[s->slab_count++] = s->slab;
		s->slab_left = SLAB_SIZE;
	}
	memory = s->slab;
	s->slab = (char *)s->slab + size;
	s->slab_left -= size;
	return memory;
}

static struct event *new_events(struct store *s, uint32_t wanted, uint32_t *room)
{
	size_t c = class_for(wanted);
	void *memory;

	if (c == CLASSES) {
		*room = wanted * 2;
		memory = malloc(*room * sizeof(struct event));
		if (memory != NULL)
			s->memory += *room * sizeof(struct event);
		return memory;
	}
	*room = size_class[c];
	memory = s->free_events[c];
	if (memory != NULL) {
		memcpy(&s->free_events[c], memory, sizeof(void *));
		return memory;
	}
	return cut_from_slab(s, *room * sizeof(struct event));
}

static void drop_events(struct store *s, struct event *event, uint32_t room)
{
	size_t c = class_for(room);

	if (event == NULL)
		return;
	if (c == CLASSES) {
		s->memory -= room * sizeof(struct event);
		free(event);
		return;
	}
	memcpy(event, &s->free_events[c], sizeof(void *));
	s->free_events[c] = event;
}

struct event *store_append(struct store *s, struct cold *cold)
{
	if (cold->events == cold->event_room) {
		uint32_t room;
		struct event *bigger = new_events(s, cold->events + 1, &room);

		if (bigger == NULL)
			return NULL;
		if (cold->events > 0)
			memcpy(bigger, cold->event, cold->events * sizeof(*bigger));
		drop_events(s, cold->event, cold->event_room);
		cold->event = bigger;
		cold->event_room = room;
	}
	return &cold->event[cold->events++];
}

struct note *store_note(struct store *s, struct cold *cold)
{
	struct more *more = store_more(s, cold);
	struct note *note;

	if (more == NULL)
		return NULL;
	if (more->notes == more->note_room) {
		uint32_t room = more->note_room == 0 ? 4 : more->note_room * 2;

		if (room > NOTES_MAX) {
			more->notes_dropped++;
			return NULL;
		}
		note = realloc(more->note, room * sizeof(*note));
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
		memcpy(s->v6[hot->addr[0]], &s->v6_free, sizeof(s->v6_free));
		s->v6_free = hot->addr[0];
	}
	if (cold != NULL) {
		release_more(s, cold->more);
		drop_events(s, cold->event, cold->event_room);
		cold->event = NULL;
		cold->more = NULL;
		cold->events = s->free_colds;
		s->free_colds = hot->cold - 1;
	}
	hot->flags = 0;
	hot->cold = 0;
	store_birth(s, slot)->id = 0;
	store_birth(s, slot)->before = s->free_slots;
	s->free_slots = slot;
	s->free_count++;
}

/* Those on the free list hold nothing: their event and more are NULL. */
static void free_colds(struct store *s)
{
	for (uint32_t i = 0; i < s->colds; i++) {
		struct cold *cold = &s->cold[i / SLOTS_A_CHUNK][i % SLOTS_A_CHUNK];

		release_more(s, cold->more);
		if (cold->event != NULL && class_for(cold->event_room) == CLASSES)
			free(cold->event);
	}
	for (size_t i = 0; i < s->cold_chunks; i++)
		free(s->cold[i]);
	free(s->cold);
}

void store_free(struct store *s)
{
	free_colds(s);
	for (size_t i = 0; i < s->chunks; i++) {
		free(s->hot[i]);
		free(s->birth[i]);
	}
	for (size_t i = 0; i < s->slab_count; i++)
		free(s->slabs[i]);
	free(s->hot);
	free(s->birth);
	free(s->slabs);
	free(s->v6);
	table_free(&s->table);
}
