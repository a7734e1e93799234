/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * From a slot to what the model wants. Mostly the events go to it as they are; where the
 * capture disordered them, a run is still open or checksums can't be trusted, an arranged copy.
 */
#include "track/tracker.h"

#include "base/inline.h"
#include "base/seq.h"
#include "model/reach.h"
#include "track/arrange.h"
#include "track/halves.h"
#include "track/lone.h"
#include "track/prepare.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is known without a model ------------------------------------------------- */

/* Packets and octets of both sides. */
static void count_octets(const struct tcphs_tracker *t, uint32_t slot, struct tcphs_endpoint end[2])
{
	const struct hot *hot = store_hot(&t->store, slot);
	const struct cold *cold = store_cold(&t->store, hot);
	struct reach reach[2] = {0};
	struct reach_sum sent[2] = {0};

	if (cold == NULL) {
		end[0].packets = (hot->flags & HOT_SYN_0) != 0;
		return;
	}
	reach_count(cold->event, cold->events, reach, sent);
	for (int x = 0; x < 2; x++) {
		end[x].packets = sent[x].packets + hot_run(&hot->side[x]);
		end[x].bytes = sent[x].octets;
		if (hot_run(&hot->side[x]) > 0 && seq_lt(reach[x].nxt, hot->side[x].nxt))
			end[x].bytes += hot->side[x].nxt - reach[x].nxt;
		if (cold->more != NULL) {
			end[x].packets += cold->more->dropped[x];
			end[x].bytes += cold->more->dropped_bytes[x];
		}
	}
}

static void fill_identity(const struct tcphs_tracker *t, uint32_t slot,
                          struct tcphs_connection *conn)
{
	const struct hot *hot = store_hot(&t->store, slot);
	const struct birth birth = tracker_birth(t, slot);
	const struct cold *cold = store_cold(&t->store, hot);

	memset(conn, 0, sizeof(*conn));
	conn->id = birth.id;
	conn->encap = hot->encap;
	conn->first_packet = birth.packet;
	conn->last_packet = birth.packet + (hot->last_packet - (uint32_t)birth.packet);
	conn->start = birth.time;
	conn->duration = tracker_duration(t, slot);
	conn->final = t->finished ? TCPHS_FINAL_END : TCPHS_FINAL_NO;
	if (cold != NULL && cold->more != NULL) {
		if (cold->more->final != TCPHS_FINAL_NO)
			conn->final = cold->more->final;
		conn->rows_dropped = cold->more->dropped[0] + cold->more->dropped[1];
		conn->diagnoses_dropped = cold->more->notes_dropped;
	}
}

/* All but packets and octets. */
static void fill_ends(const struct tcphs_tracker *t, uint32_t slot, struct tcphs_endpoint end[2])
{
	const struct hot *hot = store_hot(&t->store, slot);
	const struct cold *cold = store_cold(&t->store, hot);

	for (int x = 0; x < 2; x++) {
		memset(&end[x], 0, sizeof(end[x]));
		end[x].wscale = -1;
		tracker_address(t, hot, x, &end[x]);
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

/* The ids of halves are known once they are joined. */
static uint32_t previous_id(const struct tcphs_tracker *t, const struct more *more)
{
	if (!t->is_half || !more->previous.exists)
		return more->previous.id;
	return store_id(&t->store, more->previous_slot);
}

static void from_cold(const struct tcphs_tracker *t, const struct hot *hot, const struct cold *cold,
                      struct model_input *in)
{
	in->event = cold->event;
	in->events = cold->events;
	for (int x = 0; x < 2; x++) {
		in->syn_options[x] = cold->present[x];
		in->syn_tsval[x] = hot->side[x].tsval;
	}
	in->answers_last = cold->known & COLD_ANSWERS_LAST;
	if (cold->more != NULL) {
		in->note = cold->more->note;
		in->notes = cold->more->notes;
		in->previous = cold->more->previous;
		in->previous.id = previous_id(t, cold->more);
		in->tfo_length[0] = cold->more->tfo_length[0];
		in->tfo_length[1] = cold->more->tfo_length[1];
		in->has_next = cold->more->has_next;
		in->options = cold->more->options;
	}
}

static bool is_self(const struct tcphs_tracker *t, const struct hot *hot)
{
	if (hot_port(hot, 0) != hot_port(hot, 1))
		return false;
	if (hot->flags & HOT_V6)
		return memcmp(t->store.v6[hot->pair][0].octets, t->store.v6[hot->pair][1].octets,
		              16) == 0;
	return (uint32_t)hot->pair == hot->pair >> 32;
}

/* The events as they are to be read, in *in. */
static bool read_cold(const struct tcphs_tracker *t, struct analyst *analyst, uint32_t slot,
                      const struct cold *cold, struct model_input *in)
{
	const struct hot *hot = store_hot(&t->store, slot);

	from_cold(t, hot, cold, in);
	return !arrange_needed(hot, cold) || arrange(&analyst->arranged, t, slot, cold, in);
}

/* Every segment was kept: see track/whole.h. */
static bool analyse_whole(const struct tcphs_tracker *t, struct analyst *analyst, uint32_t slot,
                          const struct cold *cold, bool rows, struct model_input *in,
                          struct tcphs_analysis *out)
{
	struct tcphs_analysis *folded = &analyst->whole.folded;
	struct cold as_folded;
	struct more more;

	folded->connection = out->connection;
	if (!whole_fold(&analyst->whole, cold, &as_folded, &more) ||
	    !read_cold(t, analyst, slot, &as_folded, in) ||
	    !model_analyse(&analyst->model, in, rows, rows ? folded : out))
		return false;
	if (!rows)
		return true;
	in->said = folded;
	in->said_client = analyst->model.client;
	return read_cold(t, analyst, slot, cold, in) &&
	       model_analyse(&analyst->model, in, rows, out) && whole_agree(&analyst->whole, out);
}

static NOINLINE bool analyse(const struct tcphs_tracker *t, struct analyst *analyst, uint32_t slot,
                             bool rows, struct tcphs_analysis *out)
{
	const struct hot *hot = store_hot(&t->store, slot);
	const struct cold *cold = store_cold(&t->store, hot);
	bool is_lone = cold == NULL && (hot->flags & HOT_SYN_0); /* else memory failed its birth */
	struct model_input in;
	struct event lone;
	bool done;

	analyst->lone.filled = NULL;
	memset(&in, 0, sizeof(in));
	fill_identity(t, slot, &out->connection);
	fill_ends(t, slot, in.end);
	in.uncounted = cold != NULL && cold->more == NULL && !t->options.keep_all &&
	               !arrange_needed(hot, cold);
	if (!in.uncounted)
		count_octets(t, slot, in.end);
	in.first_packet = out->connection.first_packet;
	in.start = out->connection.start;
	in.quiet = t->now - tracker_last(t, hot);
	in.self = is_self(t, hot);
	if (is_lone)
		lone_input(hot, &in, &lone);
	if (cold != NULL && t->options.keep_all && whole_needed(cold))
		done = analyse_whole(t, analyst, slot, cold, rows, &in, out);
	else
		done = (cold == NULL || read_cold(t, analyst, slot, cold, &in)) &&
		       model_analyse(&analyst->model, &in, rows, out);
	if (!done)
		return false;
	out->connection.packets = out->connection.end[0].packets + out->connection.end[1].packets;
	if (is_lone && !rows && !in.self)
		lone_remember(&analyst->lone, hot, out);
	return true;
}

bool tracker_analyse_slot(const struct tcphs_tracker *t, struct analyst *analyst, uint32_t slot,
                          bool rows, struct tcphs_analysis *out)
{
	const struct hot *hot = store_hot(&t->store, slot);

	if (rows || hot->cold != 0 || !lone_recall(t, &analyst->lone, hot, slot, out))
		return analyse(t, analyst, slot, rows, out);
	analyst->model.client = 0;
	return true;
}

void analyst_free(struct analyst *analyst)
{
	model_free(&analyst->model);
	arrange_free(&analyst->arranged);
	whole_free(&analyst->whole);
}

void tracker_identity(const struct tcphs_tracker *t, uint32_t slot, struct tcphs_connection *conn)
{
	fill_identity(t, slot, conn);
	fill_ends(t, slot, conn->end);
	count_octets(t, slot, conn->end);
	conn->packets = conn->end[0].packets + conn->end[1].packets;
}

void tcphs_tracker_peek(const struct tcphs_tracker *t, size_t index, struct tcphs_connection *conn)
{
	struct spot spot = tracker_spot(t, index);

	tracker_identity(spot.tracker, spot.slot, conn);
}

bool tcphs_tracker_analyse(const struct tcphs_tracker *t, size_t index, struct tcphs_analysis *out)
{
	struct spot spot = tracker_spot(t, index);

	return tracker_analyse_slot(spot.tracker, t->analyst, spot.slot, true, out);
}

bool tcphs_tracker_summarise(const struct tcphs_tracker *t, size_t index,
                             struct tcphs_analysis *out)
{
	struct spot spot = tracker_spot(t, index);

	return tracker_analyse_slot(spot.tracker, t->analyst, spot.slot, false, out);
}

struct tcphs_analysis *tcphs_tracker_summary(struct tcphs_tracker *t, size_t index)
{
	struct tcphs_analysis *prepared =
	    t->prepared != NULL ? prepare_take(t->prepared, index) : NULL;

	if (prepared != NULL)
		return prepared;
	return tcphs_tracker_summarise(t, index, &t->scratch_out) ? &t->scratch_out : NULL;
}

void tcphs_analysis_free(struct tcphs_analysis *analysis)
{
	free(analysis->row);
	free(analysis->diagnosis);
	free(analysis->options);
	memset(analysis, 0, sizeof(*analysis));
}
