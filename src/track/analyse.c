/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * From a slot to what the model wants. Mostly the events go to it as they are; where the
 * capture disordered them, a run is still open or checksums can't be trusted, an arranged copy.
 */
#include "track/tracker.h"

#include "base/seq.h"
#include "model/reach.h"

#include <stdlib.h>
#include <string.h>

#define DISORDER (INT64_C(100) * 1000000) /* time stamps that go back further are believed */
#define LOOK_FOR_SYN 8

struct arranged {
	struct event *event;
	struct note *note;
	struct tcphs_options *options;
	uint32_t *from; /* where each event was */
	uint32_t *to;
	size_t room, note_room, options_room;
};

void tracker_free_arranged(struct arranged *a)
{
	if (a == NULL)
		return;
	free(a->event);
	free(a->note);
	free(a->options);
	free(a->from);
	free(a->to);
	free(a);
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

static struct arranged *make_room(struct tcphs_tracker *t, size_t events, size_t notes)
{
	struct arranged *a = t->arranged;

	if (a == NULL)
		a = t->arranged = calloc(1, sizeof(*a));
	if (a == NULL)
		return NULL;
	if (a->room < events) {
		if (!fit(&a->event, events, sizeof(*a->event)) || !fit(&a->from, events, sizeof(*a->from)) ||
		    !fit(&a->to, events, sizeof(*a->to)))
			return NULL;
		a->room = events;
	}
	if (a->note_room < notes) {
		if (!fit(&a->note, notes, sizeof(*a->note)))
			return NULL;
		a->note_room = notes;
	}
	return a;
}

/* ---- order ------------------------------------------------------------------------- */

/* By time, where the stamps go back only a little; stable. */
static void sort_by_time(struct arranged *a, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		uint32_t moving = a->from[i];
		int64_t time = event_time(&a->event[moving]);
		size_t k = i;

		while (k > 0) {
			int64_t back = event_time(&a->event[a->from[k - 1]]) - time;

			if (back <= 0 || back > DISORDER)
				break;
			a->from[k] = a->from[k - 1];
			k--;
		}
		a->from[k] = moving;
	}
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

static bool untrusted(const struct more *more, int side)
{
	return more->bad[side] > 1 && more->bad[side] > more->good[side];
}

static size_t copy_events(const struct hot *hot, const struct cold *cold, struct arranged *a)
{
	size_t count = cold->events;
	int last = (hot->flags & HOT_LAST_1) != 0;

	memcpy(a->event, cold->event, count * sizeof(*a->event));
	for (int i = 0; i < 2; i++) { /* the run that is still open, as tracker_end_run() would */
		int side = i == 0 ? !last : last;
		const struct hot_side *x = &hot->side[side];

		if (x->run == 0)
			continue;
		a->event[count++] = (struct event){
		    .seq = x->nxt,
		    .ack = x->ack,
		    .packet = hot->last_packet,
		    .time_low = hot->last_low,
		    .time_high = hot->last_high,
		    .bits = (uint16_t)(TCPHS_ACK | EVENT_RUN | EVENT_QUIET | (side ? EVENT_FROM_1 : 0)),
		    .length = x->run,
		    .window = x->window,
		};
	}
	return count;
}

static void trust_checksums(const struct more *more, struct arranged *a, size_t count)
{
	for (size_t i = 0; i < more->notes; i++) {
		uint32_t e = more->note[i].event;

		if (more->note[i].code == TCPHS_D_CSUM_BAD && e < count &&
		    untrusted(more, event_side(&a->event[e])))
			a->event[e].bits &= (uint16_t)~EVENT_DROPPED;
	}
}

static size_t copy_notes(const struct more *more, struct arranged *a, size_t events)
{
	size_t kept = 0;

	for (size_t i = 0; i < more->notes; i++) {
		struct note note = more->note[i];

		if (note.code == TCPHS_D_CSUM_BAD && untrusted(more, note.side))
			continue;
		if (note.event != NO_EVENT && note.event < events)
			note.event = a->to[note.event];
		a->note[kept++] = note;
	}
	return kept;
}

static bool permute(struct arranged *a, size_t count, const struct tcphs_options *options)
{
	struct event *sorted = malloc((count + 1) * sizeof(*sorted));

	if (sorted == NULL)
		return false;
	for (size_t i = 0; i < count; i++) {
		sorted[i] = a->event[a->from[i]];
		a->to[a->from[i]] = (uint32_t)i;
	}
	free(a->event);
	a->event = sorted;
	a->room = count;
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

static bool arrange(struct tcphs_tracker *t, const struct hot *hot, const struct cold *cold,
		    struct model_input *in)
{
	const struct more *more = cold->more;
	struct arranged *a = make_room(t, cold->events + 2u, more != NULL ? more->notes : 0);
	size_t count, where;
	bool runs = hot->side[0].run != 0 || hot->side[1].run != 0;

	if (a == NULL)
		return false;
	count = copy_events(hot, cold, a);
	if (more != NULL)
		trust_checksums(more, a, count);
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
		in->notes = copy_notes(more, a, count);
		in->note = a->note;
	}
	return true;
}

static bool needs_arranging(const struct hot *hot, const struct cold *cold)
{
	const struct more *more = cold->more;
	size_t where;

	return hot->side[0].run != 0 || hot->side[1].run != 0 ||
	       (more != NULL && (more->reordered_said || more->bad[0] + more->bad[1] > 0)) ||
	       late_syn(cold->event, cold->events, &where);
}

/* ---- what is known without a model ------------------------------------------------- */

static void fill_address(const struct tcphs_tracker *t, const struct hot *hot, int side,
			 struct tcphs_endpoint *end)
{
	memset(end, 0, sizeof(*end));
	end->port = hot->port[side];
	end->wscale = -1;
	if (hot->flags & HOT_V6) {
		end->address = t->store.v6[hot->addr[0]][side];
	} else {
		end->address.family = 4;
		memcpy(end->address.octets, &hot->addr[side], sizeof(hot->addr[side]));
	}
}

void tracker_count_octets(const struct tcphs_tracker *t, uint32_t slot, uint64_t packets[2], uint64_t bytes[2])
{
	const struct hot *hot = store_hot(&t->store, slot);
	const struct cold *cold = store_cold(&t->store, hot);
	struct reach reach[2] = {0};

	packets[0] = 1;
	packets[1] = bytes[0] = bytes[1] = 0;
	if (cold == NULL)
		return;
	packets[0] = 0;
	for (uint32_t i = 0; i < cold->events; i++) {
		const struct event *e = &cold->event[i];
		int x = event_side(e);

		bytes[x] += reach_follow(&reach[x], e);
		if (e->bits & EVENT_PSEUDO)
			continue;
		packets[x] += e->bits & EVENT_RUN ? e->length : 1;
		bytes[x] += e->bits & EVENT_COPY ? 0 : event_data(e);
	}
	for (int x = 0; x < 2; x++) {
		packets[x] += hot->side[x].run;
		if (hot->side[x].run > 0 && seq_lt(reach[x].nxt, hot->side[x].nxt))
			bytes[x] += hot->side[x].nxt - reach[x].nxt;
		if (cold->more != NULL) {
			packets[x] += cold->more->dropped[x];
			bytes[x] += cold->more->dropped_bytes[x];
		}
	}
}

static void fill_identity(const struct tcphs_tracker *t, uint32_t slot, struct tcphs_connection *conn)
{
	const struct hot *hot = store_hot(&t->store, slot);
	const struct birth *birth = store_birth(&t->store, slot);
	const struct cold *cold = store_cold(&t->store, hot);

	memset(conn, 0, sizeof(*conn));
	conn->id = birth->id;
	conn->encap = hot->encap;
	conn->first_packet = birth->packet;
	conn->last_packet = birth->packet + hot->last_packet;
	conn->start = birth->time;
	conn->duration = hot_last(hot) > 0 ? hot_last(hot) : 0;
	conn->final = t->finished ? TCPHS_FINAL_END : TCPHS_FINAL_NO;
	if (cold != NULL && cold->more != NULL) {
		if (cold->more->final != TCPHS_FINAL_NO)
			conn->final = cold->more->final;
		conn->rows_dropped = cold->more->dropped[0] + cold->more->dropped[1];
		conn->diagnoses_dropped = cold->more->notes_dropped;
	}
}

static void fill_ends(const struct tcphs_tracker *t, uint32_t slot, struct tcphs_endpoint end[2])
{
	const struct hot *hot = store_hot(&t->store, slot);
	const struct cold *cold = store_cold(&t->store, hot);
	uint64_t packets[2], bytes[2];

	tracker_count_octets(t, slot, packets, bytes);
	for (int x = 0; x < 2; x++) {
		fill_address(t, hot, x, &end[x]);
		end[x].packets = packets[x];
		end[x].bytes = bytes[x];
		if (cold == NULL)
			continue;
		end[x].options_known = cold_knows_options(cold, x);
		if (!end[x].options_known)
			continue;
		end[x].mss = cold->mss[x];
		end[x].wscale = cold->wscale[x];
		end[x].sack = (cold->present[x] & TCPHS_OPT_SACK_PERMITTED) != 0;
		end[x].timestamps = (cold->present[x] & TCPHS_OPT_TIMESTAMPS) != 0;
	}
}

/* ---- analysis ---------------------------------------------------------------------- */

static void from_cold(const struct cold *cold, struct model_input *in)
{
	in->event = cold->event;
	in->events = cold->events;
	for (int x = 0; x < 2; x++) {
		in->syn_options[x] = cold->present[x];
		in->syn_tsval[x] = cold->tsval[x];
	}
	if (cold->more != NULL) {
		in->note = cold->more->note;
		in->notes = cold->more->notes;
		in->previous = cold->more->previous;
		in->tfo_length[0] = cold->more->tfo_length[0];
		in->tfo_length[1] = cold->more->tfo_length[1];
		in->has_next = cold->more->has_next;
		in->options = cold->more->options;
	}
}

static void from_lone(const struct hot *hot, struct model_input *in, struct event *event)
{
	struct lone_syn syn;

	memcpy(&syn, &hot->side[1], sizeof(syn));
	memset(event, 0, sizeof(*event));
	event->seq = hot->side[0].nxt - 1;
	event->bits = syn.bits;
	event->window = hot->side[0].window;
	in->event = event;
	in->events = 1;
	in->syn_options[0] = syn.present;
	in->tfo_length[0] = syn.tfo_length;
	in->end[0].options_known = true;
	in->end[0].mss = syn.present & TCPHS_OPT_MSS ? syn.mss : 0;
	in->end[0].wscale = (int8_t)(syn.present & TCPHS_OPT_WSCALE ? (syn.wscale > 127 ? 127 : syn.wscale) : -1);
	in->end[0].sack = (syn.present & TCPHS_OPT_SACK_PERMITTED) != 0;
	in->end[0].timestamps = (syn.present & TCPHS_OPT_TIMESTAMPS) != 0;
}

static bool is_self(const struct tcphs_tracker *t, const struct hot *hot)
{
	if (hot->port[0] != hot->port[1])
		return false;
	if (hot->flags & HOT_V6)
		return memcmp(t->store.v6[hot->addr[0]][0].octets, t->store.v6[hot->addr[0]][1].octets, 16) == 0;
	return hot->addr[0] == hot->addr[1];
}

bool tracker_analyse_slot(const struct tcphs_tracker *t, uint32_t slot, bool rows, struct tcphs_analysis *out)
{
	const struct hot *hot = store_hot(&t->store, slot);
	const struct cold *cold = store_cold(&t->store, hot);
	struct model_input in;
	struct event lone;

	memset(&in, 0, sizeof(in));
	fill_identity(t, slot, &out->connection);
	fill_ends(t, slot, in.end);
	in.first_packet = out->connection.first_packet;
	in.start = out->connection.start;
	in.self = is_self(t, hot);
	if (cold == NULL)
		from_lone(hot, &in, &lone);
	else
		from_cold(cold, &in);
	if (cold != NULL && needs_arranging(hot, cold) &&
	    !arrange((struct tcphs_tracker *)(uintptr_t)t, hot, cold, &in))
		return false;
	if (!model_analyse(t->scratch, &in, rows, out))
		return false;
	out->connection.packets = out->connection.end[0].packets + out->connection.end[1].packets;
	return true;
}

void tracker_identity(const struct tcphs_tracker *t, uint32_t slot, struct tcphs_connection *conn)
{
	fill_identity(t, slot, conn);
	fill_ends(t, slot, conn->end);
	conn->packets = conn->end[0].packets + conn->end[1].packets;
}

void tcphs_tracker_peek(const struct tcphs_tracker *t, size_t index, struct tcphs_connection *conn)
{
	tracker_identity(t, tracker_slot(t, index), conn);
}

bool tcphs_tracker_analyse(const struct tcphs_tracker *t, size_t index, struct tcphs_analysis *out)
{
	return tracker_analyse_slot(t, tracker_slot(t, index), true, out);
}

bool tcphs_tracker_summarise(const struct tcphs_tracker *t, size_t index, struct tcphs_analysis *out)
{
	return tracker_analyse_slot(t, tracker_slot(t, index), false, out);
}

void tcphs_analysis_free(struct tcphs_analysis *out)
{
	free(out->row);
	free(out->diagnosis);
	free(out->options);
	memset(out, 0, sizeof(*out));
}
