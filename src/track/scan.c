/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What only the whole segment shows: control bits, header, options, checksum, payload. It
 * becomes notes on the event; and it decides whether the segment moves anything at all
 * (EVENT_DEAD: no stack would take it; EVENT_DROPPED: its receiver drops it).
 */
#include "base/seq.h"
#include "track/tracker.h"

struct note *tracker_note(struct tcphs_tracker *t, struct cold *cold, enum tcphs_code code, uint32_t event)
{
	struct note *note = store_note(&t->store, cold);

	if (note != NULL) {
		note->code = (uint16_t)code;
		note->event = event;
	}
	return note;
}

/* ---- the same octets, other ones ---------------------------------------------------- */

static uint64_t payload_key(uint32_t slot, int side, const struct tcphs_segment *s)
{
	return tracker_stir(tracker_stir(1, (uint64_t)slot << 1 | (unsigned)side), (uint64_t)s->seq << 32 | s->length) | 1;
}

/* Like a datagram's: which places there are to choose from depends on the 4-tuple's half, the
 * choice on the segment alone. */
static uint32_t payload_place(const struct digest *digest, const struct tcphs_segment *s)
{
	return digest_recent(digest->kind, tracker_stir(1, (uint64_t)s->seq << 32 | s->length));
}

void tracker_remember_payload(struct tcphs_tracker *t, uint32_t slot, int side,
                              const struct digest *digest, const struct tcphs_segment *s)
{
	t->payload[payload_place(digest, s)] =
		(struct recent){payload_key(slot, side, s), s->payload_sum};
}

/* ---- control bits and header ------------------------------------------------------- */

static struct note *note(struct tcphs_tracker *t, struct incoming *in, enum tcphs_code code)
{
	struct note *n = tracker_note(t, in->cold, code, in->cold->events);

	if (n != NULL)
		n->side = (uint8_t)in->side;
	return n;
}

static void note_detail(struct tcphs_tracker *t, struct incoming *in, enum tcphs_code code, int64_t detail)
{
	struct note *n = note(t, in, code);

	if (n != NULL)
		n->detail = detail;
}

static void note_numbers(struct tcphs_tracker *t, struct incoming *in, enum tcphs_code code,
			 uint32_t expected, uint32_t got)
{
	struct note *n = tracker_note(t, in->cold, code, in->cold->events);

	if (n != NULL) {
		n->side = (uint8_t)in->side;
		n->numbers = true;
		n->expected = expected;
		n->got = got;
	}
}

static void scan_payload(struct tcphs_tracker *t, struct incoming *in)
{
	const struct tcphs_segment *s = in->segment;
	const struct recent *seen;
	uint64_t key;

	if (!s->payload_whole || s->length == 0 || tracker_is_garbage(in->hot, in->side, s))
		return;
	key = payload_key(in->slot, in->side, s);
	seen = &t->payload[payload_place(in->digest, s)];
	if (seen->key == key && seen->time != s->payload_sum &&
	    s->checksum_state != TCPHS_CHECKSUM_BAD)
		note_numbers(t, in, TCPHS_D_OVERLAP_CONFLICT, (uint32_t)seen->time, s->payload_sum);
}

static void scan_flags(struct tcphs_tracker *t, struct incoming *in)
{
	const struct tcphs_segment *s = in->segment;
	unsigned six = TCPHS_FIN | TCPHS_SYN | TCPHS_RST | TCPHS_PSH | TCPHS_ACK | TCPHS_URG;

	if ((s->flags & TCPHS_SYN) && (s->flags & TCPHS_FIN))
		note(t, in, TCPHS_D_FLAGS_SYN_FIN);
	if ((s->flags & TCPHS_SYN) && (s->flags & TCPHS_RST)) {
		note(t, in, TCPHS_D_FLAGS_SYN_RST);
		in->bits |= EVENT_DEAD;
	}
	if (!(s->flags & six)) {
		note(t, in, TCPHS_D_FLAGS_NULL);
		in->bits |= EVENT_DEAD;
	} else if (!(s->flags & (TCPHS_SYN | TCPHS_RST | TCPHS_ACK))) {
		note(t, in, TCPHS_D_FLAGS_NO_ACK);
		if (s->length > 0 && (in->hot->flags & (HOT_SYN_0 | HOT_SIDE(HOT_SYN_0, 1))) &&
		    !(in->hot->flags & HOT_SIDE(HOT_SYNACK_0, !in->side)))
			note(t, in, TCPHS_D_DATA_BEFORE_OPEN);
	}
	if (!(s->flags & TCPHS_ACK) && s->ack != 0)
		note_numbers(t, in, TCPHS_D_ACK_FIELD_NONZERO, 0, s->ack);
	if (!(s->flags & TCPHS_URG) && s->urgent != 0)
		note_numbers(t, in, TCPHS_D_URG_FIELD_NONZERO, 0, s->urgent);
	if (s->reserved != 0)
		note_numbers(t, in, TCPHS_D_RESERVED_BITS, 0, s->reserved);
}

static void scan_cut(struct tcphs_tracker *t, struct incoming *in)
{
	const struct tcphs_segment *s = in->segment;
	struct more *more = store_more(&t->store, in->cold);

	if (more == NULL || (more->cut_said[in->side] && !(s->flags & TCPHS_SYN)))
		return;
	more->cut_said[in->side] = true;
	note_detail(t, in, TCPHS_D_HDR_TRUNCATED, s->data_offset * 4);
}

static void scan_checksum(struct tcphs_tracker *t, struct incoming *in)
{
	struct more *more;

	if (in->segment->checksum_state == TCPHS_CHECKSUM_GOOD)
		in->cold->known |= (uint16_t)COLD_SIDE(COLD_GOOD_0, in->side);
	if (in->segment->checksum_state <= TCPHS_CHECKSUM_GOOD)
		return;
	more = store_more(&t->store, in->cold);
	if (more == NULL)
		return;
	if (in->segment->checksum_state == TCPHS_CHECKSUM_OFFLOAD) {
		if (!more->offload_said[in->side])
			note_detail(t, in, TCPHS_D_CSUM_OFFLOAD, in->segment->checksum);
		more->offload_said[in->side] = true;
		return;
	}
	/* where most of a side's are bad, the tap or the file is to blame: see arrange.c */
	more->bad[in->side]++;
	note_numbers(t, in, TCPHS_D_CSUM_BAD, in->segment->checksum_right, in->segment->checksum);
	in->bits |= EVENT_DROPPED;
}

/* ---- options ----------------------------------------------------------------------- */

/* Below what its sender had reached, and not acknowledged: what overtook it has not set the time
 * stamp that PAWS holds it against (RFC 7323 §4.3: only what starts up to the last ACK does). */
static bool was_overtaken(const struct incoming *in)
{
	const struct hot_side *x = &in->hot->side[in->side], *y = &in->hot->side[!in->side];
	uint32_t seq = in->segment->seq;

	return in->end != seq && seq_lt(seq, x->nxt) &&
	       (!(in->hot->flags & HOT_SIDE(HOT_SPOKE_0, !in->side)) || seq_le(y->ack, seq));
}

static void scan_timestamps(struct tcphs_tracker *t, struct incoming *in)
{
	const struct tcphs_segment *s = in->segment;
	const struct hot_side *x = &in->hot->side[in->side], *y = &in->hot->side[!in->side];
	bool synack;

	if (!(s->options.present & TCPHS_OPT_TIMESTAMPS)) {
		if ((in->hot->flags & HOT_TS) && !(s->flags & (TCPHS_RST | TCPHS_SYN)) &&
		    !(s->options.present & (TCPHS_OPT_CUT | TCPHS_OPT_MALFORMED)) && s->trouble == 0)
			note(t, in, TCPHS_D_TS_MISSING);
		return;
	}
	synack = (s->flags & (TCPHS_SYN | TCPHS_ACK | TCPHS_RST)) == (TCPHS_SYN | TCPHS_ACK);
	if ((s->flags & TCPHS_SYN) && (!synack || in->renews || seq_lt(y->ack, in->end)))
		return; /* but a SYN-ACK older than one that was acknowledged came late */
	if (hot_stamped(x) && seq_lt(s->options.tsval, x->tsval) && !(s->flags & TCPHS_RST) &&
	    !was_overtaken(in)) {
		note_numbers(t, in, TCPHS_D_TS_BACKWARDS, x->tsval, s->options.tsval);
		if (((in->hot->flags & HOT_TS) || synack) && seq_le(in->end, y->ack))
			in->bits |= EVENT_DROPPED; /* PAWS (RFC 7323 §5.3 R1) */
	}
	if ((s->flags & TCPHS_ACK) && hot_stamped(y) && (in->hot->flags & HOT_TS) &&
	    !(s->flags & TCPHS_RST) && s->options.tsecr != 0 &&
	    !tracker_echo_is_plausible(in->hot, in->side, s, in->behind))
		note_numbers(t, in, TCPHS_D_TSECR_UNSENT, y->tsval, s->options.tsecr);
}

static void scan_options(struct tcphs_tracker *t, struct incoming *in)
{
	const struct tcphs_segment *s = in->segment;
	uint16_t present = s->options.present, only_syn = TCPHS_OPT_MSS | TCPHS_OPT_WSCALE | TCPHS_OPT_SACK_PERMITTED;
	const struct cold *cold = in->cold;
	int x = in->side, y = !x;

	if ((present & TCPHS_OPT_MALFORMED) && !(present & TCPHS_OPT_CUT) &&
	    !(s->trouble & TCPHS_HEADER_CUT))
		note_numbers(t, in, TCPHS_D_OPT_MALFORMED, s->options.malformed_kind, s->options.malformed_length);
	if ((present & only_syn) && !(s->flags & TCPHS_SYN)) {
		/* the kind of the first of them */
		note_detail(t, in, TCPHS_D_OPT_LATE,
			    present & TCPHS_OPT_MSS ? 2 : present & TCPHS_OPT_WSCALE ? 3 : 4);
	}
	if ((present & TCPHS_OPT_SACK) && cold_knows_options(cold, y) &&
	    !(cold->present[y] & TCPHS_OPT_SACK_PERMITTED) &&
	    (in->hot->flags & (HOT_SIDE(HOT_SYN_0, y) | HOT_SIDE(HOT_SYNACK_0, y))))
		note(t, in, TCPHS_D_SACK_UNNEGOTIATED);
	if ((cold->present[x] & TCPHS_OPT_MD5) && !(present & (TCPHS_OPT_MD5 | TCPHS_OPT_CUT)) &&
	    !(s->flags & TCPHS_SYN) && s->trouble == 0) {
		note(t, in, TCPHS_D_MD5_MISSING);
		in->bits |= EVENT_DROPPED;
	}
	if ((cold->present[x] & TCPHS_OPT_AO) && !(present & (TCPHS_OPT_AO | TCPHS_OPT_CUT)) && s->trouble == 0)
		in->bits |= EVENT_DROPPED; /* unsigned (RFC 5925) */
}

/* False: there is no sense in looking further. */
static bool scan_header(struct tcphs_tracker *t, struct incoming *in)
{
	const struct tcphs_segment *s = in->segment;

	if (s->trouble & TCPHS_HEADER_BAD_OFFSET) {
		note_numbers(t, in, TCPHS_D_HDR_BAD_OFFSET,
		             s->data_offset < 5 ? 5 : (s->length + 20) / 4, s->data_offset);
		in->bits |= EVENT_DEAD;
		return false;
	}
	scan_flags(t, in);
	if ((s->trouble & TCPHS_HEADER_CUT) || (s->options.present & TCPHS_OPT_CUT))
		scan_cut(t, in);
	return true;
}

static void scan_late(struct tcphs_tracker *t, struct incoming *in)
{
	struct more *more = store_more(&t->store, in->cold);

	if (more == NULL || more->reordered_said)
		return;
	more->reordered_said = true;
	note_detail(t, in, TCPHS_D_CAP_REORDERED, tracker_last(t, in->hot) - in->segment->time);
}

void tracker_scan(struct tcphs_tracker *t, struct incoming *in)
{
	bool clean = (in->digest->kind & DIGEST_CLEAN) != 0;

	if (in->late)
		scan_late(t, in);
	if (!clean && !scan_header(t, in))
		return;
	scan_checksum(t, in);
	scan_payload(t, in);
	if (!clean || (in->segment->options.present & TCPHS_OPT_SACK) || (in->hot->flags & HOT_MD5) ||
	    (in->cold->present[in->side] & (TCPHS_OPT_MD5 | TCPHS_OPT_AO)))
		scan_options(t, in);
	scan_timestamps(t, in);
}
