/* SPDX-License-Identifier: BSD-3-Clause */
/* The plain path: a segment that matters becomes an event of its connection. */
#include "base/seq.h"
#include "track/tracker.h"

#include <stdlib.h>
#include <string.h>

#define EVENTS_MAX 65536u     /* of a connection; then those in the middle are only counted */
#define KEPT_MAX   (1u << 20) /* the same where every segment is kept */

/* Where every segment is kept, its options are most of it, and they are not in the store. */
static bool options_fit(const struct tcphs_tracker *t, const struct cold *cold)
{
	size_t grown = 2 * ((size_t)cold->events + 1),
	       each = sizeof(struct event) + sizeof(struct tcphs_options);

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
static bool keep_options(struct tcphs_tracker *t, struct cold *cold,
                         const struct tcphs_options *options)
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
	if (event == NULL || !t->options.keep_all || keep_options(t, cold, options))
		return event;
	cold->events--; /* nobody will write it */
	return NULL;
}

/* ---- the first SYN ----------------------------------------------------------------- */

bool tracker_learn(struct tcphs_tracker *t, struct hot *hot, struct cold *cold, int side,
                   const struct lone_syn *syn)
{
	uint16_t present = syn->present;
	struct more *more;

	cold->present[side] = present;
	cold->known &= (uint16_t)~COLD_SIDE(COLD_OPTIONS_0, side);
	if (!(present & (TCPHS_OPT_CUT | TCPHS_OPT_MALFORMED)))
		cold->known |= (uint16_t)COLD_SIDE(COLD_OPTIONS_0, side);
	cold->mss[side] = present & TCPHS_OPT_MSS ? syn->mss : 0;
	cold->wscale[side] = (int16_t)(present & TCPHS_OPT_WSCALE ? syn->wscale : -1);
	if (present & TCPHS_OPT_TIMESTAMPS)
		hot_stamp(&hot->side[side], syn->tsval);
	if (!(present & TCPHS_OPT_TFO))
		return true;
	more = store_more(&t->store, cold);
	if (more != NULL)
		more->tfo_length[side] = syn->tfo_length;
	return more != NULL;
}

struct lone_syn tracker_syn(const struct tcphs_segment *s)
{
	return (struct lone_syn){.tsval = s->options.tsval,
	                         .present = s->options.present,
	                         .mss = s->options.mss,
	                         .bits = s->flags,
	                         .wscale = s->options.wscale,
	                         .tfo_length = s->options.tfo_length,
	                         .good = s->checksum_state == TCPHS_CHECKSUM_GOOD};
}

/* It was a lone SYN: its event moves into the cold part. */
static bool unpack_lone(struct tcphs_tracker *t, struct hot *hot, struct cold *cold,
                        const struct lone_syn *syn)
{
	struct event *event = append(t, cold, NULL);

	if (event == NULL)
		return false;
	memset(event, 0, sizeof(*event));
	event->seq = hot->side[0].nxt - 1;
	event->bits = syn->bits;
	event->window = hot->side[0].window;
	if (syn->good)
		cold->known |= COLD_GOOD_0;
	return tracker_learn(t, hot, cold, 0, syn);
}

struct cold *tracker_warm(struct tcphs_tracker *t, uint32_t slot)
{
	struct hot *hot = store_hot(&t->store, slot);
	bool born = hot_born(hot);
	struct lone_syn syn;
	struct birth birth;
	struct cold *cold;

	if (hot->cold != 0)
		return store_cold(&t->store, hot);
	birth = tracker_birth(t, slot);
	cold = store_warm(&t->store, hot);
	if (cold == NULL || !born)
		return cold;
	*store_birth_apart(&t->store, slot) = birth;
	memcpy(&syn, &hot->side[1], sizeof(syn));
	memset(&hot->side[1], 0, sizeof(hot->side[1]));
	hot->side[0].ack = hot->side[0].tsval = 0;
	if ((hot->flags & HOT_SYN_0) && !unpack_lone(t, hot, cold, &syn))
		return NULL;
	return cold;
}

/* ---- recording --------------------------------------------------------------------- */

static inline bool write_event(struct tcphs_tracker *t, struct incoming *in)
{
	const struct tcphs_segment *s = in->segment;
	struct event *event = append(t, in->cold, &s->options);

	if (event == NULL)
		return false;
	event->packet = (uint32_t)(s->packet - in->first);
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

	in->cold = in->hot->cold != 0 ? store_cold(&t->store, in->hot) : tracker_warm(t, in->slot);
	if (in->cold == NULL)
		return false;
	if (in->cold->events >= (t->options.keep_all ? KEPT_MAX : EVENTS_MAX))
		tracker_cut(t, in->cold, in->cold->events / 2, in->cold->events / 4);
	in->end = s->seq + s->length + ((s->flags & TCPHS_SYN) != 0) +
	          ((s->flags & (TCPHS_FIN | TCPHS_SYN)) == TCPHS_FIN);
	in->bits = (uint16_t)((s->flags & EVENT_FLAGS) | (in->side ? EVENT_FROM_1 : 0));
	if (t->options.keep_all &&
	    is_quiet(t, in)) { /* before it is looked at for a copy: folding does not ask */
		in->behind = tracker_run_behind(t, in->slot, in->moment, in->cold);
		return write_event(t, in);
	}
	if (copy)
		return record_copy(t, in);
	in->renews = tracker_renews(in);
	tracker_scan(t, in); /* decides whether it counts at all */
	if (s->flags & TCPHS_SYN)
		in->cold->known |= (uint16_t)COLD_SIDE(COLD_SYN_0, in->side);
	return write_event(t, in) && tracker_advance(t, in);
}

bool tracker_pseudo(struct tcphs_tracker *t, uint32_t slot, int side, uint32_t what,
                    const struct tcphs_segment *s)
{
	const struct birth birth = tracker_birth(t, slot);
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
	event->packet = (uint32_t)(s->packet - birth.packet);
	event_set_time(event, s->time - birth.time);
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
	t->starved |= cold == NULL;
	if (cold == NULL)
		return false;
	note = tracker_note(t, cold, TCPHS_D_ICMP_ERROR, NO_EVENT);
	if (note != NULL) {
		note->packet = (uint32_t)(s->packet - tracker_birth(t, slot).packet);
		note->side = (uint8_t)tracker_side(t, store_hot(&t->store, slot), s);
		note->icmp_type = s->icmp_type;
		note->icmp_code = s->icmp_code;
		note->family = s->icmp_from.family;
		memcpy(note->sender, s->icmp_from.octets, sizeof(note->sender));
	}
	return true;
}
