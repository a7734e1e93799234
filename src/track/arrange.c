/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/arrange.h"

#include "base/seq.h"
#include "track/tracker.h"

#include <stdlib.h>
#include <string.h>

#define DISORDER (INT64_C(100) * 1000000) /* time stamps that go back further are believed */
#define LOOK_FOR_SYN 8

void arrange_free(struct arranged *a)
{
	free(a->event);
	free(a->sorted);
	free(a->note);
	free(a->options);
	free(a->from);
	free(a->to);
}

static bool fit(void *pointer_to_array, size_t count, size_t size)
{
	void *array;

	memcpy(&array, pointer_to_array, sizeof(array));
	array = realloc(array, (count + 1) * size);
	if (array == NULL)
		return false;
	memcpy(pointer_to_array, &array, sizeof(array));
	return true;
}

static bool make_room(struct arranged *a, size_t events, size_t notes)
{
	if (a->room < events) {
		if (!fit(&a->event, events, sizeof(*a->event)) || !fit(&a->sorted, events, sizeof(*a->sorted)) ||
		    !fit(&a->from, events, sizeof(*a->from)) || !fit(&a->to, events, sizeof(*a->to)))
			return false;
		a->room = events;
	}
	if (a->note_room < notes) {
		if (!fit(&a->note, notes, sizeof(*a->note)))
			return false;
		a->note_room = notes;
	}
	return true;
}

/* ---- order ------------------------------------------------------------------------- */

/* a->from[begin..end), two sorted parts that meet at `middle`, becomes one; stable. */
static void merge_parts(struct arranged *a, size_t begin, size_t middle, size_t end)
{
	size_t left = begin, right = middle;

	if (event_time(&a->event[a->from[middle - 1]]) <= event_time(&a->event[a->from[middle]]))
		return;
	for (size_t k = begin; k < end; k++) {
		bool take_right = left == middle ||
				  (right < end && event_time(&a->event[a->from[right]]) <
						      event_time(&a->event[a->from[left]]));

		a->to[k] = a->from[take_right ? right++ : left++];
	}
	memcpy(a->from + begin, a->to + begin, (end - begin) * sizeof(*a->from));
}

static void sort_stretch(struct arranged *a, size_t begin, size_t end)
{
	size_t count = end - begin;

	for (size_t width = 1; width < count; width *= 2)
		for (size_t at = begin; at + width < end; at += 2 * width)
			merge_parts(a, at, at + width, at + 2 * width < end ? at + 2 * width : end);
}

/* By time, where the stamps go back only a little; stable. A stamp that goes back further is
 * believed, and nothing moves across it. Whoever makes the stamps must not make this slow. */
static void sort_by_time(struct arranged *a, size_t count)
{
	size_t begin = 0;
	int64_t latest = count > 0 ? event_time(&a->event[a->from[0]]) : 0;
	bool disorder = false;

	for (size_t i = 1; i < count; i++) {
		int64_t time = event_time(&a->event[a->from[i]]);

		if (time >= latest) {
			latest = time;
		} else if (latest - time <= DISORDER) {
			disorder = true;
		} else {
			if (disorder)
				sort_stretch(a, begin, i);
			begin = i;
			latest = time;
			disorder = false;
		}
	}
	if (disorder)
		sort_stretch(a, begin, count);
}

/* A SYN captured right behind the SYN-ACK that answers it goes first. */
static bool late_syn(const struct event *event, size_t count, size_t *where)
{
	if (count < 2 || !event_is_synack(&event[0]))
		return false;
	for (size_t i = 1; i < count && i < LOOK_FOR_SYN; i++)
		if (event_is_syn(&event[i]) && !(event[i].bits & EVENT_PSEUDO) &&
		    event_side(&event[i]) != event_side(&event[0]) && event[i].seq + 1 == event[0].ack &&
		    event_time(&event[i]) - event_time(&event[0]) < DISORDER) {
			*where = i;
			return true;
		}
	return false;
}

/* ---- arranging --------------------------------------------------------------------- */

/* Where most checksums of a side are bad, and more than one, the tap or the file is to blame. What
 * nobody counted (a run, what can't be checked) is taken for good if any of the side's is. */
static bool untrusted(const struct cold *cold, const struct arranged *a, size_t count, int side)
{
	uint64_t bad = cold->more->bad[side], others = cold->more->dropped[side];

	if (bad < 2 || !(cold->known & COLD_SIDE(COLD_GOOD_0, side)))
		return bad >= 2;
	for (size_t i = 0; i < count; i++) {
		const struct event *e = &a->event[i];

		if (event_side(e) == side && !(e->bits & (EVENT_PSEUDO | EVENT_COPY)))
			others += e->bits & EVENT_RUN ? e->length : 1;
	}
	return 2 * bad > others;
}

static size_t copy_events(const struct tcphs_tracker *t, uint32_t slot, const struct cold *cold,
			  struct arranged *a)
{
	const struct hot *hot = store_hot(&t->store, slot);
	size_t count = cold->events;
	int last = (hot->flags & HOT_LAST_1) != 0;

	memcpy(a->event, cold->event, count * sizeof(*a->event));
	for (int i = 0; i < 2; i++) { /* the run that is still open, as tracker_end_run() would */
		int side = i == 0 ? !last : last;

		if (hot_run(&hot->side[side]) != 0)
			a->event[count++] = tracker_run(t, slot, side);
	}
	return count;
}

static void trust_checksums(const struct more *more, const bool trusted[2], struct arranged *a,
                            size_t count)
{
	for (size_t i = 0; i < more->notes; i++) {
		uint32_t e = more->note[i].event;

		if (more->note[i].code == TCPHS_D_CSUM_BAD && e < count &&
		    !trusted[event_side(&a->event[e])])
			a->event[e].bits &= (uint16_t)~EVENT_DROPPED;
	}
}

static size_t copy_notes(const struct more *more, const bool trusted[2], struct arranged *a,
                         size_t events)
{
	size_t kept = 0;

	for (size_t i = 0; i < more->notes; i++) {
		struct note note = more->note[i];

		if (note.code == TCPHS_D_CSUM_BAD && !trusted[note.side])
			continue;
		if (note.event != NO_EVENT && note.event < events)
			note.event = a->to[note.event];
		a->note[kept++] = note;
	}
	return kept;
}

static bool permute(struct arranged *a, size_t count, const struct tcphs_options *options)
{
	struct event *unsorted = a->event;

	for (size_t i = 0; i < count; i++) {
		a->sorted[i] = a->event[a->from[i]];
		a->to[a->from[i]] = (uint32_t)i;
	}
	a->event = a->sorted;
	a->sorted = unsorted;
	if (options == NULL)
		return true;
	if (a->options_room < count) {
		if (!fit(&a->options, count, sizeof(*a->options)))
			return false;
		a->options_room = count;
	}
	for (size_t i = 0; i < count; i++)
		a->options[i] = options[a->from[i]];
	return true;
}

bool arrange(struct arranged *a, const struct tcphs_tracker *t, uint32_t slot, const struct cold *cold,
	     struct model_input *in)
{
	const struct hot *hot = store_hot(&t->store, slot);
	const struct more *more = cold->more;
	bool trusted[2] = {true, true};
	size_t count, where;
	bool runs = hot_runs(hot);

	if (!make_room(a, cold->events + 2u, more != NULL ? more->notes : 0))
		return false;
	count = copy_events(t, slot, cold, a);
	for (int side = 0; side < 2 && more != NULL; side++)
		trusted[side] = !untrusted(cold, a, count, side);
	if (more != NULL)
		trust_checksums(more, trusted, a, count);
	for (size_t i = 0; i < count; i++)
		a->from[i] = (uint32_t)i;
	if (more != NULL && more->reordered_said)
		sort_by_time(a, count);
	if (a->from[0] == 0 && late_syn(a->event, count, &where)) {
		size_t k = 0;

		while (a->from[k] != where)
			k++;
		memmove(a->from + 1, a->from, k * sizeof(*a->from));
		a->from[0] = (uint32_t)where;
	}
	if (!permute(a, count, runs ? NULL : in->options))
		return false;
	in->event = a->event;
	in->events = count;
	in->options = in->options != NULL && !runs ? a->options : NULL;
	if (more != NULL) {
		in->notes = copy_notes(more, trusted, a, count);
		in->note = a->note;
	}
	return true;
}

bool arrange_needed(const struct hot *hot, const struct cold *cold)
{
	const struct more *more = cold->more;
	size_t where;

	return hot_runs(hot) ||
	       (more != NULL && (more->reordered_said || more->bad[0] + more->bad[1] > 0)) ||
	       late_syn(cold->event, cold->events, &where);
}
