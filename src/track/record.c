/* SPDX-License-Identifier: BSD-3-Clause */
/* The plain path: a segment that matters becomes an event of its connection. */
#include "base/seq.h"
#include "track/tracker.h"

#include <stdlib.h>
#include <string.h>

#define EVENTS_MAX 65536u /* of a connection; then those in the middle are only counted */
#define KEPT_MAX (1u << 20)    /* the same where every segment is kept */

/* Where every segment is kept, its options are most of it, and they are not in the store. */
static bool options_fit(const struct tcphs_tracker *t, const struct cold *cold)
{
	size_t grown = 2 * ((size_t)cold->events + 1), each = sizeof(struct event) + sizeof(struct tcphs_options);

	return !t->options.keep_all || t->store.limit == 0 || cold->events < cold_room(cold) ||
	       t->store.memory + grown * each <= t->store.limit;
}

/* Where memory is short the connection gives up its own middle. */
struct event *tracker_append(struct tcphs_tracker *t, struct cold *cold)
{
	struct event *event = options_fit(t, cold) ? store_append(&t->store, cold) : NULL;

	/* Without a bound it is memory that lacks, and what is cut now is not to be passed over. */
	t->starved |= event == NULL && t->store.limit == 0 && cold->events < EVENTS_MAX / 2;
	if (event == NULL && (!t->options.keep_all || t->store.limit != 0) &&
	    tracker_cut(t, cold, cold->events / 2, cold->events / 4 + 1))
		event = store_append(&t->store, cold);
	return event;
}

/* With keep_all: `options` beside the event that was appended; false if memory is exhausted. */
static bool keep_options(struct tcphs_tracker *t, struct cold *cold, const struct tcphs_options *options)
{
	struct more *more = store_more(&t->store, cold);

	if (more == NULL)
		return false;
	if (more->option_room < cold_room(cold)) {
		uint32_t room = cold_room(cold);
		struct tcphs_options *bigger = realloc(more->options, room * sizeof(*bigger));

		if (bigger == NULL)
			return false;
		t->store.memory += (room - more->option_room) * sizeof(*bigger);
		more->options = bigger;
		more->option_room = room;
	}
	if (options != NULL)
		more->options[cold->events - 1] = *options;
	else
		memset(&more->options[cold->events - 1], 0, sizeof(*options));
	return true;
}

static inline struct event *append(struct tcphs_tracker *t, struct cold *cold,
				   const struct tcphs_options *options)
{
	struct event *event;

	if (cold->events < OWN_EVENTS && !t->options.keep_all)
		return &cold->event[cold->events++];
	event = tracker_append(t, cold);
	return event != NULL && t->options.keep_all && !keep_options(t, cold, options) ? NULL : event;
}

/* ---- the first SYN ----------------------------------------------------------------- */

static bool learn_options(struct tcphs_tracker *t, struct hot *hot, struct cold *cold, int side,
			  const struct lone_syn *syn)
{
	uint16_t present = syn->present;
	struct more *more;

	cold->present[side] = present;
	cold->known &= (uint16_t)~COLD_SIDE(COLD_OPTIONS_0, side);
	if (!(present & (TCPHS_OPT_CUT | TCPHS_OPT_MALFORMED)))
		cold->known |= (uint16_t)COLD_SIDE(COLD_OPTIONS_0, side);
	cold->mss[side] = present & TCPHS_OPT_MSS ? syn->mss : 0;
	cold->wscale[side] = (int8_t)(present & TCPHS_OPT_WSCALE ? (syn->wscale > 127 ? 127 : syn->wscale) : -1);
	if (present & TCPHS_OPT_TIMESTAMPS)
		hot_stamp(&hot->side[side], syn->tsval);
	if (!(present & TCPHS_OPT_TFO))
		return true;
	more = store_more(&t->store, cold);
	if (more != NULL)
		more->tfo_length[side] = syn->tfo_length;
	return more != NULL;
}

static struct lone_syn syn_of(const struct tcphs_segment *s)
{
	return (struct lone_syn){.tsval = s->options.tsval,
				 .present = s->options.present,
				 .mss = s->options.mss,
				 .bits = s->flags,
				 .wscale = s->options.wscale,
				 .tfo_length = s->options.tfo_length,
				 .good = s->checksum_state == TCPHS_CHECKSUM_GOOD};
}

/* It was a lone SYN: its event moves into the cold part, side 1's place becomes free. */
static bool unpack_lone(struct tcphs_tracker *t, struct hot *hot, struct cold *cold)
{
	struct lone_syn syn;
	struct event *event;

	memcpy(&syn, &hot->side[1], sizeof(syn));
	memset(&hot->side[1], 0, sizeof(hot->side[1]));
	event = append(t, cold, NULL);
	if (event == NULL || !learn_options(t, hot, cold, 0, &syn))
		return false;
	memset(event, 0, sizeof(*event));
	event->seq = hot->side[0].nxt - 1;
	event->bits = syn.bits;
	event->window = hot->side[0].window;
	if (syn.good)
		cold->known |= COLD_GOOD_0;
	return true;
}

struct cold *tracker_warm(struct tcphs_tracker *t, uint32_t slot)
{
	struct hot *hot = store_hot(&t->store, slot);
	struct cold *cold;

	if (hot->cold != 0)
		return store_cold(&t->store, hot);
	cold = store_warm(&t->store, hot);
	if (cold != NULL && (hot->flags & HOT_SYN_0) && !unpack_lone(t, hot, cold))
		return NULL;
	return cold;
}

/* A first SYN without data or anything odd needs no cold part. */
static bool keep_lone(struct tcphs_tracker *t, const struct incoming *in)
{
	const struct tcphs_segment *s = in->segment;
	struct lone_syn syn = syn_of(s);
	struct hot *hot = in->hot;

	if (!(in->digest->kind & DIGEST_CLEAN) || t->options.keep_all || s->length != 0 || s->urgent != 0 ||
	    (hot->flags & (HOT_SPOKE_0 | HOT_SIDE(HOT_SPOKE_0, 1))) ||
	    (s->flags & ~(unsigned)(TCPHS_ECE | TCPHS_CWR | TCPHS_AE)) != TCPHS_SYN ||
	    in->birth->before != NO_SLOT)
		return false;
	hot->flags |= HOT_SYN_0 | HOT_SPOKE_0;
	hot->side[0].nxt = s->seq + 1;
	hot->side[0].window = s->window;
	hot->side[0].run |= RUN_UNSCALED;
	memcpy(&hot->side[1], &syn, sizeof(syn));
	return true;
}

/* ---- what the numbers say ---------------------------------------------------------- */

static unsigned shift_of(int8_t wscale) /* RFC 7323 §2.3: 14 at most */
{
	return wscale > 14 ? 14 : (unsigned)wscale;
}

/* Both SYNs are known: what they agreed on holds from here. */
static void agree(struct hot *hot, const struct cold *cold)
{
	uint16_t a = cold->present[0], b = cold->present[1];

	if ((a & b & TCPHS_OPT_TIMESTAMPS) && cold_knows_options(cold, 0) && cold_knows_options(cold, 1))
		hot->flags |= HOT_TS;
	if (a & b & TCPHS_OPT_SACK_PERMITTED)
		hot->flags |= HOT_SACK;
	if ((a | b) & TCPHS_OPT_MD5)
		hot->flags |= HOT_MD5;
	if (!cold_knows_options(cold, 0) || !cold_knows_options(cold, 1))
		return;
	hot_set_shifts(hot, 0, 0);
	if (cold->wscale[0] >= 0 && cold->wscale[1] >= 0)
		hot_set_shifts(hot, shift_of(cold->wscale[0]), shift_of(cold->wscale[1]));
}

/* Which of several SYNs the SYN-ACK answers: the last, if it alone had the TSval that is echoed. */
static void note_answered(struct incoming *in)
{
	const struct tcphs_segment *s = in->segment;
	struct cold *cold = in->cold;
	const struct hot *hot = in->hot;
	const struct hot_side *x = &hot->side[in->side], *y = &hot->side[!in->side];
	bool spoke = (hot->flags & HOT_SIDE(HOT_SPOKE_0, in->side)) && !in->renews;
	bool stamped = s->options.present & TCPHS_OPT_TIMESTAMPS;

	if (!(s->flags & TCPHS_ACK)) {
		cold->known &= (uint16_t)~COLD_SIDE(COLD_LATER_SYN_0, in->side);
		if (spoke && stamped && hot_stamped(x) && seq_lt(x->tsval, s->options.tsval))
			cold->known |= (uint16_t)COLD_SIDE(COLD_LATER_SYN_0, in->side);
	} else if (!spoke && stamped && (cold->known & COLD_SIDE(COLD_LATER_SYN_0, !in->side)) &&
		   s->ack == y->nxt && s->options.tsecr == y->tsval) {
		cold->known |= COLD_ANSWERS_LAST;
	}
}

/* What the SYN-ACK before had said counts no longer. Who follows the numbers by the events is told
 * (model/reach.h). */
static bool renew(struct tcphs_tracker *t, struct incoming *in)
{
	struct hot *hot = in->hot;

	hot->flags &= (uint16_t)~(HOT_TS | HOT_SACK | HOT_MD5);
	hot_set_shifts(hot, NO_SHIFT, NO_SHIFT);
	in->cold->known &= (uint16_t)~COLD_ANSWERS_LAST;
	hot->side[in->side].run &= (uint16_t)~RUN_STAMPED;
	hot->side[in->side].nxt = in->end;
	if (!tracker_pseudo(t, in->slot, in->side, PSEUDO_RENEWED, in->segment))
		return false;
	in->cold->event[in->cold->events - 1].ack = in->end;
	return true;
}

static bool advance_syn(struct tcphs_tracker *t, struct incoming *in)
{
	const struct tcphs_segment *s = in->segment;
	struct lone_syn syn = syn_of(s);
	struct hot *hot = in->hot;
	struct hot_side *x = &hot->side[in->side], *y = &hot->side[!in->side];
	bool first = !(hot->flags & (HOT_SIDE(HOT_SYN_0, in->side) | HOT_SIDE(HOT_SYNACK_0, in->side)));

	hot->flags |= (uint16_t)(s->flags & TCPHS_ACK ? HOT_SIDE(HOT_SYNACK_0, in->side)
						      : HOT_SIDE(HOT_SYN_0, in->side));
	hot->flags &= (uint16_t)~HOT_STEADY;
	if (in->renews && !renew(t, in))
		return false;
	note_answered(in);
	if (!first && !in->renews)
		return true;
	x->nxt = hot->flags & HOT_SIDE(HOT_SPOKE_0, in->side) ? seq_max(x->nxt, in->end) : in->end;
	if (!learn_options(t, hot, in->cold, in->side, &syn))
		return false;
	if (s->trouble & TCPHS_HEADER_CUT)
		in->cold->known &= (uint16_t)~COLD_SIDE(COLD_OPTIONS_0, in->side);
	agree(hot, in->cold);
	if (s->flags & TCPHS_ACK) {
		x->ack = s->ack;
		y->ack = s->seq; /* it has not acknowledged the SYN yet */
	}
	return true;
}

/* Folding may begin, or go on, when both have acknowledged all control bits that were sent
 * before; after a FIN only from the second segment on, since the first is remarkable. */
static void decide_steady(struct incoming *in, const struct tcphs_segment *s, uint32_t nxt_before)
{
	struct hot *hot = in->hot;
	const struct hot_side *x = &hot->side[in->side], *y = &hot->side[!in->side];
	bool fin = hot->flags & (HOT_FIN_0 | HOT_SIDE(HOT_FIN_0, 1));

	if (s->flags & (TCPHS_SYN | TCPHS_FIN | TCPHS_RST)) {
		hot->flags &= (uint16_t)~HOT_STEADY;
		return;
	}
	if (!(s->flags & TCPHS_ACK))
		return;
	if (s->seq == nxt_before && s->ack == y->nxt && (y->ack == s->seq || y->ack == x->nxt) &&
	    (!fin || s->length > 0))
		hot->flags |= HOT_STEADY;
}

#define UNHEARD_AHEAD (UINT32_C(1) << 30) /* a run's octets stay below that: RUN_MAX */

/* Of the other side nothing was captured, perhaps never will be. What it has sent is not known, so
 * every acknowledgement may be true: its numbers stand far ahead of what this side says of them, and
 * this side is let fold. Kept are its first segment, the first data or ACK that goes on from there,
 * and all behind its FIN. */
static void decide_one_sided(struct incoming *in, const struct tcphs_segment *s, uint32_t nxt_before,
			     uint32_t ack_before)
{
	struct hot *hot = in->hot;
	const struct hot_side *x = &hot->side[in->side];
	struct hot_side *y = &hot->side[!in->side];

	if ((s->flags & (TCPHS_SYN | TCPHS_FIN | TCPHS_RST)) ||
	    (hot->flags & (HOT_RST | HOT_SIDE(HOT_FIN_0, in->side)))) {
		hot->flags &= (uint16_t)~HOT_STEADY;
		return;
	}
	if ((s->flags & TCPHS_ACK) && (hot->flags & HOT_SIDE(HOT_SPOKE_0, in->side)) &&
	    s->seq == nxt_before && (s->length > 0 || seq_lt(ack_before, s->ack)))
		hot->flags |= HOT_STEADY;
	y->nxt = x->ack + UNHEARD_AHEAD;
	y->ack = x->nxt + UNHEARD_AHEAD; /* its own first word never folds */
	y->window = 1;
}

/* It was unheard until now: what decide_one_sided() made of its numbers goes. */
static void begin_to_speak(struct incoming *in)
{
	struct hot_side *x = &in->hot->side[in->side];

	in->hot->flags &= (uint16_t)~HOT_STEADY;
	x->nxt = x->ack = 0;
	x->window = 0;
}

/* A segment that moves nothing still tells where the side's numbers are, if nothing else did. */
static void advance_dropped(struct incoming *in)
{
	struct hot_side *x = &in->hot->side[in->side];

	if (!(in->hot->flags & HOT_SIDE(HOT_SPOKE_0, in->side)) && (in->bits & EVENT_DEAD) == 0) {
		x->nxt = in->end;
		x->ack = in->segment->ack;
	}
	in->hot->flags |= HOT_SIDE(HOT_SPOKE_0, in->side);
}

static void advance_numbers(struct incoming *in, bool spoke)
{
	const struct tcphs_segment *s = in->segment;
	struct hot_side *x = &in->hot->side[in->side];

	x->nxt = spoke ? seq_max(x->nxt, in->end) : in->end;
	if (s->flags & TCPHS_ACK) {
		x->ack = spoke ? seq_max(x->ack, s->ack) : s->ack;
	}
	if (s->flags & TCPHS_FIN)
		in->hot->flags |= HOT_SIDE(HOT_FIN_0, in->side);
}

/* That of an older ACK says nothing any more. */
static void advance_window(struct incoming *in, bool spoke, uint32_t ack_before)
{
	const struct tcphs_segment *s = in->segment;
	struct hot_side *x = &in->hot->side[in->side];
	bool syn = s->flags & TCPHS_SYN;

	if (syn || !spoke || ((s->flags & TCPHS_ACK) && !seq_lt(s->ack, ack_before))) {
		x->window = s->window;
		x->run = (uint16_t)((x->run & ~RUN_UNSCALED) | (syn ? RUN_UNSCALED : 0));
	}
}

static bool advance(struct tcphs_tracker *t, struct incoming *in)
{
	const struct tcphs_segment *s = in->segment;
	struct hot *hot = in->hot;
	struct hot_side *x = &hot->side[in->side];
	bool spoke = hot->flags & HOT_SIDE(HOT_SPOKE_0, in->side);
	bool heard = hot->flags & HOT_SIDE(HOT_SPOKE_0, !in->side);
	uint32_t nxt_before = x->nxt, ack_before = x->ack;
	bool is_synack = (s->flags & (TCPHS_SYN | TCPHS_ACK)) == (TCPHS_SYN | TCPHS_ACK);

	if (!spoke && x->window != 0)
		begin_to_speak(in);
	if (in->bits & (EVENT_DEAD | EVENT_DROPPED)) {
		advance_dropped(in);
		return true;
	}
	if (s->flags & TCPHS_RST) {
		hot->flags |= HOT_RST;
		hot->flags &= (uint16_t)~HOT_STEADY;
		return true;
	}
	if (!(s->flags & TCPHS_SYN))
		advance_numbers(in, spoke);
	else if (!advance_syn(t, in))
		return false;
	if (is_synack && in->end != x->nxt) /* not its numbers, or not any more */
		return true;
	advance_window(in, spoke, ack_before);
	if (heard)
		decide_steady(in, s, spoke ? nxt_before : s->seq);
	else
		decide_one_sided(in, s, nxt_before, ack_before);
	hot->flags |= HOT_SIDE(HOT_SPOKE_0, in->side);
	if (s->options.present & TCPHS_OPT_TIMESTAMPS) {
		if (!hot_stamped(x) || seq_lt(x->tsval, s->options.tsval))
			hot_stamp(x, s->options.tsval);
	}
	return true;
}

/* ---- recording --------------------------------------------------------------------- */

static inline bool write_event(struct tcphs_tracker *t, struct incoming *in)
{
	const struct tcphs_segment *s = in->segment;
	struct event *event = append(t, in->cold, &s->options);

	if (event == NULL)
		return false;
	event->packet = (uint32_t)(s->packet - in->birth->packet);
	event_set_time(event, in->behind);
	event->seq = s->seq;
	event->ack = s->ack;
	event->bits = in->bits;
	event->length = (uint16_t)(s->length > EVENT_LENGTH_MAX ? EVENT_LENGTH_MAX : s->length);
	event->window = s->window;
	return true;
}

static bool record_copy(struct tcphs_tracker *t, struct incoming *in)
{
	struct note *note;

	in->bits |= EVENT_COPY;
	if (!write_event(t, in))
		return false;
	note = tracker_note(t, in->cold, TCPHS_D_CAP_DUP, in->cold->events - 1);
	if (note != NULL)
		note->detail = t->apart;
	t->counts.copies++;
	return true;
}

/* With keep_all: what would be folded is kept, but drawn as part of a run. As long runs as there
 * would be: their packets are counted. */
static bool is_quiet(struct tcphs_tracker *t, struct incoming *in)
{
	struct hot_side *x = &in->hot->side[in->side];
	struct more *more = in->cold->more;
	bool quiet;

	if (more == NULL)
		return false;
	x->run |= more->quiet[in->side];
	quiet = !in->late && (in->digest->kind & DIGEST_DATA) && (in->hot->flags & HOT_STEADY) &&
	        tracker_fold(t, in);
	more->quiet[in->side] = hot_run(x);
	x->run &= (uint16_t)~RUN_MAX;
	if (quiet)
		in->bits |= EVENT_QUIET;
	else
		more->quiet[0] = more->quiet[1] = 0;
	return quiet;
}

bool tracker_record(struct tcphs_tracker *t, struct incoming *in, bool copy)
{
	const struct tcphs_segment *s = in->segment;

	if (in->hot->cold == 0 && keep_lone(t, in))
		return true;
	in->cold = in->hot->cold != 0 ? store_cold(&t->store, in->hot) : tracker_warm(t, in->slot);
	if (in->cold == NULL)
		return false;
	if (in->cold->events >= (t->options.keep_all ? KEPT_MAX : EVENTS_MAX))
		tracker_cut(t, in->cold, in->cold->events / 2, in->cold->events / 4);
	in->end = s->seq + s->length + ((s->flags & TCPHS_SYN) != 0) +
		  ((s->flags & (TCPHS_FIN | TCPHS_SYN)) == TCPHS_FIN);
	in->bits = (uint16_t)((s->flags & EVENT_FLAGS) | (in->side ? EVENT_FROM_1 : 0));
	if (t->options.keep_all && is_quiet(t, in)) /* before it is looked at for a copy: folding does not ask */
		return write_event(t, in);
	if (copy)
		return record_copy(t, in);
	in->renews = tracker_renews(in);
	tracker_scan(t, in); /* decides whether it counts at all */
	return write_event(t, in) && advance(t, in);
}

bool tracker_pseudo(struct tcphs_tracker *t, uint32_t slot, int side, uint32_t what,
		    const struct tcphs_segment *s)
{
	const struct birth *birth = store_birth(&t->store, slot);
	struct cold *cold = tracker_warm(t, slot);
	struct event *event;

	if (cold == NULL || !tracker_end_run(t, slot, cold))
		return false;
	if (cold->more != NULL)
		cold->more->quiet[0] = cold->more->quiet[1] = 0;
	event = append(t, cold, NULL);
	if (event == NULL)
		return false;
	memset(event, 0, sizeof(*event));
	event->packet = (uint32_t)(s->packet - birth->packet);
	event_set_time(event, s->time - birth->time);
	event->seq = what;
	event->ack = s->seq;
	event->window = s->flags;
	event->bits = (uint16_t)(EVENT_PSEUDO | (side ? EVENT_FROM_1 : 0));
	return true;
}

/* An ICMP error that quotes one of its segments is a remark on the connection. */
bool tracker_remark(struct tcphs_tracker *t, const struct tcphs_segment *s)
{
	uint32_t slot = tracker_head(t, s, digest_tag(t->key, s), NULL);
	struct cold *cold;
	struct note *note;

	if (slot == NO_SLOT)
		return false;
	cold = tracker_warm(t, slot);
	if (cold == NULL)
		return false;
	note = tracker_note(t, cold, TCPHS_D_ICMP_ERROR, NO_EVENT);
	if (note != NULL) {
		note->packet = (uint32_t)(s->packet - store_birth(&t->store, slot)->packet);
		note->side = (uint8_t)tracker_side(t, store_hot(&t->store, slot), s);
		note->icmp_type = s->icmp_type;
		note->icmp_code = s->icmp_code;
		note->family = s->icmp_from.family;
		memcpy(note->sender, s->icmp_from.octets, sizeof(note->sender));
	}
	return true;
}
