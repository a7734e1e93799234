/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Unfolding: the part of the capture in which a connection lies is read again, into a tracker that
 * keeps every segment.
 */
#include <tcphs/session.h>

#include "track/halves.h"
#include "track/tracker.h"

#include <stdlib.h>
#include <string.h>

#define BATCH        256
#define INCARNATIONS 8 /* of its 4-tuple looked at, older and newer */

static bool same_end(const struct tcphs_address *address, uint16_t port,
                     const struct tcphs_endpoint *end)
{
	return port == end->port &&
	       memcmp(address->octets, end->address.octets, sizeof(address->octets)) == 0;
}

static bool belongs(const struct tcphs_segment *s, const struct tcphs_connection *conn)
{
	return (same_end(&s->src, s->sport, &conn->end[0]) &&
	        same_end(&s->dst, s->dport, &conn->end[1])) ||
	       (same_end(&s->src, s->sport, &conn->end[1]) &&
	        same_end(&s->dst, s->dport, &conn->end[0]));
}

/* Which packets tell how the connection went: its own, what an ICMP error or another incarnation
 * of its 4-tuple says of it, and those by which its segments were told from an older one's. */
struct stretch {
	uint64_t from, to;
};

static void widen(struct stretch *stretch, const struct tcphs_tracker *tracker, uint32_t slot)
{
	struct tcphs_connection conn;

	tracker_identity(tracker, slot, &conn);
	if (conn.first_packet < stretch->from)
		stretch->from = conn.first_packet;
	if (conn.last_packet > stretch->to)
		stretch->to = conn.last_packet;
}

static struct stretch stretch_of(const struct tcphs_tracker *tracker, size_t index,
                                 const struct tcphs_connection *conn)
{
	struct tcphs_analysis scratch = {0};
	struct stretch stretch = {conn->first_packet, conn->last_packet};
	struct spot spot = tracker_spot(tracker, index);
	uint32_t slot = spot.slot, newer;
	struct tcphs_segment key = {.packet = 0};

	if (tcphs_tracker_summarise(tracker, index, &scratch))
		for (size_t i = 0; i < scratch.diagnoses; i++)
			if (scratch.diagnosis[i].packet > stretch.to)
				stretch.to = scratch.diagnosis[i].packet;
	tcphs_analysis_free(&scratch);
	key.src = conn->end[0].address;
	key.dst = conn->end[1].address;
	key.sport = conn->end[0].port;
	key.dport = conn->end[1].port;
	newer = tracker_head(spot.tracker, &key, digest_tag(spot.tracker->key, &key), NULL);
	for (unsigned i = 0; i < INCARNATIONS && newer != NO_SLOT && newer != slot; i++) {
		widen(&stretch, spot.tracker, newer);
		newer = store_before(&spot.tracker->store, newer);
	}
	for (unsigned i = 0; i < INCARNATIONS && slot != NO_SLOT; i++) {
		widen(&stretch, spot.tracker, slot);
		slot = store_before(&spot.tracker->store, slot);
	}
	return stretch;
}

/* Feeds a tracker that keeps all with the segments of this 4-tuple. False: no memory. */
static bool refeed(struct tcphs_source *source, struct tcphs_decoder *decoder,
                   struct tcphs_tracker *tracker, const struct tcphs_connection *conn, uint64_t to)
{
	struct tcphs_packet packet[BATCH];
	struct tcphs_segment segment[BATCH];
	enum tcphs_source_state state = TCPHS_SOURCE_MORE;
	struct tcphs_error damage = {0}; /* was said before, but for want of memory */
	uint64_t last = 0;

	while (state == TCPHS_SOURCE_MORE && last < to) {
		size_t count = 0, segments, kept = 0;

		state = tcphs_source_read(source, packet, BATCH, &count, &damage);
		if (count == 0) /* a filter took them all, or the end */
			continue;
		last = packet[count - 1].number;
		segments = tcphs_decode(decoder, packet, count, segment);
		for (size_t i = 0; i < segments; i++)
			if (segment[i].packet <= to && belongs(&segment[i], conn))
				segment[kept++] = segment[i];
		if (!tcphs_tracker_add(tracker, segment, kept))
			return false;
	}
	tcphs_tracker_finish(tracker);
	return damage.status != TCPHS_NOMEM && !tcphs_decoder_starved(decoder);
}

/* The connection among the refed ones that began with the same packet. */
static bool pick(struct tcphs_tracker *tracker, const struct tcphs_connection *conn,
                 struct tcphs_analysis *analysis)
{
	for (size_t i = 0; i < tcphs_tracker_count(tracker); i++) {
		struct tcphs_connection other;

		tcphs_tracker_peek(tracker, i, &other);
		if (other.first_packet == conn->first_packet)
			return tcphs_tracker_analyse(tracker, i, analysis);
	}
	return false;
}

/* The options of rows point into the tracker that goes: they get a home of their own. */
static bool keep_options(struct tcphs_analysis *analysis)
{
	struct tcphs_options *copy = malloc((analysis->rows + 1) * sizeof(*copy));

	if (copy == NULL)
		return false;
	for (size_t i = 0; i < analysis->rows; i++) {
		if (analysis->row[i].options == NULL)
			continue;
		copy[i] = *analysis->row[i].options;
		analysis->row[i].options = &copy[i];
	}
	free(analysis->options);
	analysis->options = copy;
	return true;
}

/* Reads the stretch again, or all before its end, into a tracker that keeps all. */
static bool unfold(struct tcphs_session *s, const struct tcphs_connection *conn,
                   struct stretch stretch, bool from_start, struct tcphs_analysis *analysis,
                   struct tcphs_error *error)
{
	struct tcphs_tracker_options all = {.keep_all = true};
	struct tcphs_decode_options options = tcphs_session_decode_options(s);
	struct tcphs_source *source = tcphs_source_reopen(tcphs_session_source(s), error);
	struct tcphs_decoder *decoder = tcphs_decoder_new(&options);
	struct tcphs_tracker *tracker = tcphs_tracker_new(&all);
	bool done = false;

	if (source == NULL)
		goto out; /* the error is said */
	if (decoder == NULL || tracker == NULL) {
		tcphs_error_set(error, TCPHS_NOMEM, "out of memory");
		goto out;
	}
	/* What an older incarnation did may be forgotten, what this one did may not. */
	if (!from_start && !tcphs_source_seek(source, stretch.from) &&
	    !tcphs_source_seek(source, conn->first_packet)) {
		tcphs_error_set(error, TCPHS_USAGE,
		                "%s: packet %llu is not kept any more: --spool keeps more of a "
		                "pipe or an interface",
		                tcphs_source_name(tcphs_session_source(s)),
		                (unsigned long long)conn->first_packet);
		goto out;
	}
	if (!refeed(source, decoder, tracker, conn, stretch.to)) {
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
		goto out;
	}
	done = pick(tracker, conn, analysis) && keep_options(analysis);
	if (!done)
		tcphs_error_set(error, TCPHS_DAMAGED,
		                "%s: the packets of connection %llu are not there any more",
		                tcphs_source_name(tcphs_session_source(s)),
		                (unsigned long long)conn->id);
out:
	tcphs_tracker_free(tracker);
	tcphs_decoder_free(decoder);
	tcphs_source_close(source);
	return done;
}

bool tcphs_session_unfold(struct tcphs_session *s, size_t index, struct tcphs_analysis *analysis,
                          struct tcphs_error *error)
{
	struct tcphs_connection conn;
	struct stretch stretch;
	bool done;

	tcphs_tracker_peek(tcphs_session_tracker(s), index, &conn);
	stretch = stretch_of(tcphs_session_tracker(s), index, &conn);
	done = unfold(s, &conn, stretch, false, analysis, error);
	/* A SYN that came in fragments is there with the last of them; the others are before it. */
	if (!done && tcphs_decoder_skipped(tcphs_session_decoder(s), TCPHS_SKIP_FRAGMENT) > 0)
		done = unfold(s, &conn, stretch, true, analysis, error);
	if (done) { /* what was read again has ended, the connection need not have */
		analysis->connection.id = conn.id;
		analysis->connection.final = conn.final;
	}
	return done;
}
