/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/lone.h"

#include "base/inline.h"
#include "track/tracker.h"

#include <stddef.h>
#include <string.h>

/* What is clean and without URG is not urgent. */
bool lone_keep(const struct tcphs_tracker *t, const struct incoming *in)
{
	const unsigned may_be = TCPHS_ECE | TCPHS_CWR | TCPHS_AE;
	const struct tcphs_segment *s = in->segment;
	struct hot *hot = in->hot;
	struct lone_syn syn;

	if (!(in->digest->kind & DIGEST_CLEAN) || (s->flags & ~may_be) != TCPHS_SYN ||
	    s->length != 0 || t->options.keep_all || !hot_born(hot) ||
	    (hot->flags & (HOT_SPOKE_0 | HOT_SIDE(HOT_SPOKE_0, 1))))
		return false;
	syn = tracker_syn(s);
	syn.born = true;
	memcpy(&hot->side[1], &syn, sizeof(syn));
	hot->flags |= HOT_SYN_0 | HOT_SPOKE_0;
	hot->side[0].nxt = s->seq + 1;
	hot->side[0].window = s->window;
	hot->side[0].run |= RUN_UNSCALED;
	return true;
}

void lone_input(const struct hot *hot, struct model_input *in, struct event *event)
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
	in->end[0].wscale = (int16_t)(syn.present & TCPHS_OPT_WSCALE ? syn.wscale : -1);
	in->end[0].sack = (syn.present & TCPHS_OPT_SACK_PERMITTED) != 0;
	in->end[0].timestamps = (syn.present & TCPHS_OPT_TIMESTAMPS) != 0;
}

/* Of an option that was not there the record holds no value to compare. */
static struct lone_kind kind_of(const struct hot *hot, uint8_t final)
{
	struct lone_syn syn;

	memcpy(&syn, &hot->side[1], sizeof(syn));
	return (struct lone_kind){.present = syn.present,
	                          .mss = syn.present & TCPHS_OPT_MSS ? syn.mss : 0,
	                          .bits = syn.bits,
	                          .window = hot->side[0].window,
	                          .wscale = syn.present & TCPHS_OPT_WSCALE ? syn.wscale : 0,
	                          .tfo_length = syn.present & TCPHS_OPT_TFO ? syn.tfo_length : 0,
	                          .final = final,
	                          .known = true,
	                          .v6 = hot->flags & HOT_V6};
}

void lone_remember(struct lone *lone, const struct hot *hot, const struct tcphs_analysis *out)
{
	lone->kind.known = false;
	lone->words = 0; /* no SYN's */
	if (out->diagnoses > LONE_DIAGNOSES)
		return;
	lone->connection = out->connection;
	lone->diagnoses = out->diagnoses;
	for (size_t i = 0; i < out->diagnoses; i++)
		lone->diagnosis[i] = out->diagnosis[i];
	lone->kind = kind_of(hot, out->connection.final);
	lone->filled = lone->lasting ? out : NULL;
}

/* What differs between SYNs that say the same. *conn is one's of the same family: of IPv4, the rest
 * of the octets is zero. */
static inline void fill_in(const struct tcphs_tracker *t, const struct hot *hot,
                           const struct birth *birth, struct tcphs_connection *conn)
{
	conn->id = birth->id;
	conn->encap = hot->encap;
	conn->start = birth->time;
	conn->first_packet = conn->last_packet = conn->open.packet[TCPHS_P_SYN] = birth->packet;
	for (int x = 0; x < 2; x++) {
		uint32_t address = (uint32_t)(hot->pair >> 32 * x);

		conn->end[x].port = hot_port(hot, x);
		if (hot->flags & HOT_V6)
			conn->end[x].address = t->store.v6[hot->pair][x];
		else
			memcpy(conn->end[x].address.octets, &address, sizeof(address));
	}
	conn->end[TCPHS_CLIENT].isn = hot->side[0].nxt - 1;
	conn->end[TCPHS_CLIENT].next = hot->side[0].nxt;
	conn->end[TCPHS_CLIENT].isn_time = birth->time;
}

/* What SYNs that say the same have in common. */
static NOINLINE void fill_common(struct lone *lone, struct tcphs_analysis *out)
{
	out->connection = lone->connection;
	out->rows = 0;
	out->diagnoses = lone->diagnoses;
	for (size_t i = 0; i < lone->diagnoses; i++)
		out->diagnosis[i] = lone->diagnosis[i];
	lone->filled = lone->lasting ? out : NULL;
}

static inline uint64_t words_of(const struct hot *hot)
{
	uint64_t words;

	memcpy(&words, (const char *)&hot->side[1] + offsetof(struct lone_syn, present),
	       sizeof(words));
	return words;
}

static NOINLINE bool says_the_same(struct lone *lone, const struct hot *hot, uint8_t final)
{
	struct lone_kind kind = kind_of(hot, final);

	if (memcmp(&kind, &lone->kind, sizeof(kind)) != 0)
		return false;
	lone->words = words_of(hot);
	return true;
}

/* Nearly always it says what the one before said, in as many words. */
static inline bool is_of_kind(struct lone *lone, const struct hot *hot, uint8_t final)
{
	return (words_of(hot) == lone->words && hot->side[0].window == lone->kind.window &&
	        final == lone->kind.final && (hot->flags & HOT_V6) == lone->kind.v6) ||
	       says_the_same(lone, hot, final);
}

bool lone_recall(const struct tcphs_tracker *t, struct lone *lone, const struct hot *hot,
                 uint32_t slot, struct tcphs_analysis *out)
{
	const struct birth birth = tracker_birth_of(t, hot, slot);

	if (!is_of_kind(lone, hot, t->finished ? TCPHS_FINAL_END : TCPHS_FINAL_NO) ||
	    hot_port(hot, 0) == hot_port(hot, 1) || out->diagnosis_room < lone->diagnoses)
		return false;
	if (lone->filled != out)
		fill_common(lone, out);
	fill_in(t, hot, &birth, &out->connection);
	for (size_t i = 0; i < lone->diagnoses; i++)
		if (lone->diagnosis[i].packet != 0) {
			out->diagnosis[i].packet = birth.packet;
			out->diagnosis[i].seq = hot->side[0].nxt - 1;
			out->diagnosis[i].end = hot->side[0].nxt;
		}
	return true;
}
