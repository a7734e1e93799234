/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/whole.h"

#include <stdlib.h>
#include <string.h>

/* A row of the folded reading by its last packet; later a row of the whole one by the folded row
 * that holds it. */
struct place {
	uint64_t packet;
	uint32_t folded, row;
};

void whole_free(struct whole *w)
{
	free(w->event);
	free(w->to);
	free(w->note);
	free(w->place);
	free(w->moving);
	free(w->row);
	tcphs_analysis_free(&w->folded);
	memset(w, 0, sizeof(*w));
}

/* An array for `count` elements in place of one that is of no use any more. */
static void *renew(void *old, size_t count, size_t size)
{
	free(old);
	return malloc((count + 1) * size);
}

/* ---- folding ----------------------------------------------------------------------- */

bool whole_needed(const struct cold *cold)
{
	for (uint32_t i = 0; i < cold->events; i++)
		if (cold->event[i].bits & EVENT_QUIET)
			return true;
	return false;
}

static bool make_room(struct whole *w, size_t events, size_t notes)
{
	if (w->room < events) {
		w->room = 0;
		if ((w->event = renew(w->event, events, sizeof(*w->event))) == NULL ||
		    (w->to = renew(w->to, events, sizeof(*w->to))) == NULL)
			return false;
		w->room = events;
	}
	if (w->note_room < notes) {
		w->note_room = 0;
		if ((w->note = renew(w->note, notes, sizeof(*w->note))) == NULL)
			return false;
		w->note_room = notes;
	}
	return true;
}

/* As tracker_end_run() does it: one event a direction, the side that spoke last at the end. */
static uint32_t fold_run(const struct event *event, uint32_t count, struct event *into)
{
	const struct event *last[2] = {NULL, NULL}, *end = &event[count - 1];
	uint16_t packets[2] = {0, 0};
	uint32_t made = 0;

	for (uint32_t i = 0; i < count; i++) {
		last[event_side(&event[i])] = &event[i];
		packets[event_side(&event[i])]++;
	}
	for (int i = 0; i < 2; i++) {
		int side = i == 0 ? !event_side(end) : event_side(end);

		if (packets[side] == 0)
			continue;
		into[made] = *end;
		into[made].seq = event_end(last[side]);
		into[made].ack = last[side]->ack;
		into[made].window = last[side]->window;
		into[made].length = packets[side];
		into[made].bits = (uint16_t)(TCPHS_ACK | EVENT_RUN | EVENT_QUIET |
		                             (last[side]->bits & EVENT_FROM_1));
		made++;
	}
	return made;
}

static uint32_t fold_events(struct whole *w, const struct cold *cold)
{
	uint32_t made = 0;

	for (uint32_t i = 0; i < cold->events;) {
		uint32_t run = 0;

		while (i + run < cold->events && (cold->event[i + run].bits & EVENT_QUIET)) {
			w->to[i + run] = made;
			run++;
		}
		if (run > 0) {
			made += fold_run(&cold->event[i], run, &w->event[made]);
			i += run;
			continue;
		}
		w->to[i] = made;
		w->event[made++] = cold->event[i++];
	}
	return made;
}

bool whole_fold(struct whole *w, const struct cold *cold, struct cold *folded, struct more *more)
{
	*folded = *cold;
	if (!make_room(w, cold->events, cold->more != NULL ? cold->more->notes : 0))
		return false;
	folded->event = w->event;
	folded->events = fold_events(w, cold);
	if (cold->more == NULL)
		return true;
	*more = *cold->more;
	folded->more = more;
	for (uint32_t i = 0; i < more->notes; i++) {
		w->note[i] = more->note[i];
		if (w->note[i].event < cold->events)
			w->note[i].event = w->to[w->note[i].event];
	}
	more->note = w->note;
	more->options = NULL;
	return true;
}

/* ---- rows -------------------------------------------------------------------------- */

static int compare_packets(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return (x->packet > y->packet) - (x->packet < y->packet);
}

static int compare_folded(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return x->folded != y->folded ? (x->folded < y->folded ? -1 : 1) : compare_packets(a, b);
}

/* The folded row that holds a packet: the first whose last packet isn't before it. */
static const struct place *find_place(const struct whole *w, uint64_t packet)
{
	size_t low = 0, high = w->folded.rows - 1;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (w->place[middle].packet < packet)
			low = middle + 1;
		else
			high = middle;
	}
	return &w->place[low];
}

static uint64_t last_packet(const struct tcphs_row *row)
{
	return row->is_run ? row->run_last_packet : row->packet;
}

static bool make_places(struct whole *w, size_t rows)
{
	if (w->row_room < rows) {
		w->row_room = 0;
		if ((w->place = renew(w->place, rows, sizeof(*w->place))) == NULL ||
		    (w->moving = renew(w->moving, rows, sizeof(*w->moving))) == NULL ||
		    (w->row = renew(w->row, rows, sizeof(*w->row))) == NULL)
			return false;
		w->row_room = rows;
	}
	for (uint32_t i = 0; i < w->folded.rows; i++)
		w->place[i] = (struct place){last_packet(&w->folded.row[i]), i, 0};
	qsort(w->place, w->folded.rows, sizeof(*w->place), compare_packets);
	return true;
}

/* Where each row of the folded reading ends, both say the same. */
static bool agrees(const struct whole *w, const struct tcphs_analysis *out)
{
	for (size_t i = 0; i < out->rows; i++) {
		const struct tcphs_row *row = &out->row[i];
		const struct place *place = find_place(w, last_packet(row));
		const struct tcphs_row *folded = &w->folded.row[place->folded];

		if (place->packet == last_packet(row) &&
		    (row->state[0] != folded->state[0] || row->state[1] != folded->state[1]))
			return false;
	}
	return true;
}

static void take_states(struct tcphs_row *row, const struct tcphs_row *folded, bool first)
{
	for (int x = 0; x < 2; x++) {
		row->state[x] = folded->state[x];
		row->certain[x] = folded->certain[x];
		row->rule[x] = first ? folded->rule[x] : NULL;
		row->vars[x] = folded->vars[x];
	}
	if (folded->is_run)
		return;
	row->fate = folded->fate;
	row->late = folded->late;
}

/* The rows in the order of the folded ones, those of a run as they were captured. */
static void follow_folded(struct whole *w, struct tcphs_analysis *out)
{
	uint32_t *now = w->to; /* has served its turn; there are no more rows than events */

	for (uint32_t i = 0; i < out->rows; i++) { /* what was cut is a run here, too */
		uint64_t packet = last_packet(&out->row[i]);

		w->moving[i] = (struct place){packet, find_place(w, packet)->folded, i};
	}
	qsort(w->moving, out->rows, sizeof(*w->moving), compare_folded);
	for (uint32_t i = 0; i < out->rows; i++) {
		const struct place *place = &w->moving[i];

		now[place->row] = i;
		w->row[i] = out->row[place->row];
		take_states(&w->row[i], &w->folded.row[place->folded],
		            i == 0 || w->moving[i - 1].folded != place->folded);
	}
	memcpy(out->row, w->row, out->rows * sizeof(*out->row));
	for (uint32_t i = 0; i < out->rows; i++) {
		int32_t again = out->row[i].again;

		out->row[i].again = again >= 0 && now[again] < i ? (int32_t)now[again] : -1;
	}
	for (size_t d = 0; d < out->diagnoses; d++)
		if (out->diagnosis[d].row < out->rows)
			out->diagnosis[d].row = now[out->diagnosis[d].row];
}

bool whole_agree(struct whole *w, struct tcphs_analysis *out)
{
	if (w->folded.rows == 0)
		return true;
	if (!make_places(w, w->folded.rows > out->rows ? w->folded.rows : out->rows))
		return false;
	if (!agrees(w, out))
		follow_folded(w, out);
	return true;
}
