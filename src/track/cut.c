/* SPDX-License-Identifier: BSD-3-Clause */
/* A bound on the events of one connection: those in the middle are only counted. */
#include "base/seq.h"
#include "model/reach.h"
#include "track/tracker.h"

#include <string.h>

/* What is cut out leaves one run a direction, so that the numbers go on. */
static void merge(struct event merged[2], const struct event *event, struct reach *reach,
                  struct more *more)
{
	int side = event_side(event);
	struct event *into = &merged[side];
	uint32_t folded = reach_follow(&reach[side], event);

	if (event->bits & EVENT_PSEUDO) {
		if (event->seq == PSEUDO_RENEWED && into->bits != 0)
			into->seq = event->ack;
		return;
	}
	more->dropped[side] += event->bits & EVENT_RUN ? event->length : 1;
	more->dropped_bytes[side] += folded;
	more->dropped_bytes[side] += event->bits & EVENT_COPY ? 0 : event_data(event);
	if (event->bits & (EVENT_COPY | EVENT_DEAD) || event_is_rst(event))
		return;
	if (into->bits == 0) {
		*into = *event;
		into->seq = event_end(event);
		into->bits = (uint16_t)((event->bits & EVENT_FROM_1) | TCPHS_ACK | EVENT_RUN);
	}
	into->seq = seq_max(into->seq, event_end(event));
	into->ack = seq_max(into->ack, event->ack);
	into->packet = event->packet;
	into->time_low = event->time_low;
	into->time_high = event->time_high;
	into->window = event->window;
	into->length = 0; /* they are counted in more->dropped */
}

static void shift_notes(struct more *more, uint32_t first, uint32_t cut, uint32_t left)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < more->notes; i++) {
		struct note note = more->note[i];

		if (note.event != NO_EVENT && note.event >= first) {
			if (note.event < first + cut) {
				more->notes_dropped++;
				continue;
			}
			note.event -= cut - left;
		}
		more->note[kept++] = note;
	}
	more->notes = kept;
}

bool tracker_cut(struct tcphs_tracker *t, struct cold *cold, uint32_t first, uint32_t cut)
{
	struct event merged[2] = {{.bits = 0}, {.bits = 0}};
	struct more *more = store_more(&t->store, cold);
	struct reach reach[2] = {0};
	uint32_t left = 0;

	if (more == NULL)
		return false;
	for (uint32_t i = 0; i < first; i++)
		reach_follow(&reach[event_side(&cold->event[i])], &cold->event[i]);
	for (uint32_t i = 0; i < cut; i++)
		merge(merged, &cold->event[first + i], reach, more);
	for (int side = 0; side < 2; side++)
		if (merged[side].bits != 0)
			cold->event[first + left++] = merged[side];
	memmove(&cold->event[first + left], &cold->event[first + cut],
	        (cold->events - first - cut) * sizeof(struct event));
	cold->events -= cut - left;
	if (more->options != NULL) { /* one an event; a run has none */
		memset(&more->options[first], 0, left * sizeof(*more->options));
		memmove(&more->options[first + left], &more->options[first + cut],
		        (cold->events + cut - left - first - cut) * sizeof(*more->options));
	}
	shift_notes(more, first, cut, left);
	return true;
}
