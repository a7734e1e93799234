/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Connections of one shape have one reading (model/shape.h): every short conversation, after each
 * that differs from it in one segment was read and remembered, is read as if nothing were
 * remembered; and of what a shape does not know nothing is left over from the connection before.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <tcphs/connection.h>
#include <tcphs/tracker.h>

#include "model/model.h"
#include "model/shape.h"

#define BEHIND  3u /* segments behind the open */
#define EVENTS  (3 + BEHIND)
#define SILENCE INT64_C(300000000000)

/* A segment behind the open: what of it is in a key. */
enum part { BACK = 1, DATA = 2, LESS = 4, FIN = 8, RST = 16, LATE = 32, KINDS = 64 };

struct talk {
	struct event event[EVENTS];
	size_t events;
	int64_t time;
	uint32_t nxt[2], control[2]; /* … behind its last SYN or FIN */
};

static void say(struct talk *talk, int side, unsigned flags, unsigned length, uint32_t ack)
{
	struct event *e = &talk->event[talk->events];

	memset(e, 0, sizeof(*e));
	e->packet = (uint32_t)talk->events++;
	event_set_time(e, talk->time += 1000000);
	e->bits = (uint16_t)(flags | (side ? EVENT_FROM_1 : 0));
	e->seq = talk->nxt[side];
	e->ack = flags & TCPHS_ACK ? ack : 0;
	e->length = (uint16_t)length;
	e->window = 60000;
	talk->nxt[side] += length + ((flags & (TCPHS_SYN | TCPHS_FIN)) != 0);
	if (flags & (TCPHS_SYN | TCPHS_FIN))
		talk->control[side] = talk->nxt[side];
}

static void say_part(struct talk *talk, unsigned part)
{
	int side = (part & BACK) != 0;
	unsigned flags = TCPHS_ACK | (part & FIN ? TCPHS_FIN : 0) | (part & RST ? TCPHS_RST : 0);

	talk->time += part & LATE ? SILENCE : 0;
	say(talk, side, flags, part & DATA ? 100 : 0,
	    part & LESS ? talk->control[!side] : talk->nxt[!side]);
}

/* `open` segments of a handshake, then each of `part`. */
static struct talk talk_of(unsigned open, const unsigned part[BEHIND])
{
	struct talk talk = {.nxt = {1000, 5000}};

	say(&talk, 0, TCPHS_SYN, 0, 0);
	if (open > 1)
		say(&talk, 1, TCPHS_SYN | TCPHS_ACK, 0, talk.nxt[0]);
	if (open > 2)
		say(&talk, 0, TCPHS_ACK, 0, talk.nxt[1]);
	for (unsigned i = 0; i < BEHIND; i++)
		if (open > 1 || !(part[i] & BACK))
			say_part(&talk, part[i]);
	return talk;
}

static void analyse(struct model *model, const struct talk *talk, struct tcphs_analysis *out)
{
	struct model_input in = {.event = talk->event, .events = talk->events, .first_packet = 1};

	memset(&out->connection, 0, sizeof(out->connection));
	out->connection.duration = talk->time;
	for (int x = 0; x < 2; x++) {
		in.syn_options[x] = TCPHS_OPT_MSS;
		in.end[x].options_known = true;
		in.end[x].mss = 1460;
		in.end[x].wscale = -1;
	}
	assert_true(model_analyse(model, &in, false, out));
}

/* What was added up by the way is what who follows the events alone adds up. */
static void assert_counted(const struct talk *talk, const struct shape_sums *sums)
{
	struct reach reach[2] = {0};
	struct reach_sum sent[2] = {0};

	reach_count(talk->event, talk->events, reach, sent);
	for (int x = 0; x < 2; x++) {
		assert_int_equal(sums->sent[x].packets, sent[x].packets);
		assert_int_equal(sums->sent[x].octets, sent[x].octets);
	}
}

static bool has_shape(struct model *model, const struct talk *talk, struct shape_key *key)
{
	struct model_input in = {.event = talk->event, .events = talk->events};
	struct tcphs_analysis out = {.connection = {.duration = talk->time}};
	struct shape_sums sums;

	for (int x = 0; x < 2; x++) {
		in.syn_options[x] = TCPHS_OPT_MSS;
		in.end[x].options_known = true;
	}
	model->in = &in;
	model->out = &out;
	if (!shape_key(model, key, &sums))
		return false;
	assert_counted(talk, &sums);
	return true;
}

static void forget_all(struct model *model)
{
	if (model->shapes != NULL)
		memset(model->shapes, 0, SHAPES * sizeof(*model->shapes));
}

struct pair {
	struct model worn, plain; /* the second one remembers nothing */
	struct tcphs_analysis of_worn, of_plain;
	unsigned long compared, shaped;
};

static void pair_free(struct pair *pair)
{
	model_free(&pair->worn);
	model_free(&pair->plain);
	tcphs_analysis_free(&pair->of_worn);
	tcphs_analysis_free(&pair->of_plain);
}

static void assert_same(const struct tcphs_analysis *a, const struct tcphs_analysis *b)
{
	assert_memory_equal(&a->connection, &b->connection, sizeof(a->connection));
	assert_int_equal(a->diagnoses, b->diagnoses);
	if (a->diagnoses > 0)
		assert_memory_equal(a->diagnosis, b->diagnosis,
		                    a->diagnoses * sizeof(*a->diagnosis));
}

/* The facts that a shape knows are those of a plain reading, and the others are nobody's. */
static void assert_facts(const struct model *shaped, const struct model *plain)
{
	assert_int_equal(shaped->client, plain->client);
	assert_int_equal(shaped->good_synack, plain->good_synack);
	assert_int_equal(shaped->third, plain->third);
	assert_int_equal(shaped->rst, plain->rst);
	assert_int_equal(shaped->rst_received, NO_EVENT);
	for (int x = 0; x < 2; x++) {
		assert_int_equal(shaped->syn[x], plain->syn[x]);
		assert_int_equal(shaped->synack[x], plain->synack[x]);
		assert_int_equal(shaped->fin[x], plain->fin[x]);
		assert_int_equal(shaped->fin_ack[x], plain->fin_ack[x]);
		assert_int_equal(shaped->first_ack[x], plain->first_ack[x]);
		assert_int_equal(shaped->passed[x], plain->passed[x]);
		if (shaped->fin[x] != NO_EVENT)
			assert_int_equal(shaped->fin_end[x], plain->fin_end[x]);
		assert_false(shaped->ack_seen[x]);
		assert_int_equal(shaped->max_ack[x], 0);
		assert_int_equal(shaped->segments[x], 0);
	}
}

static void compare(struct pair *pair, const struct talk *talk)
{
	analyse(&pair->worn, talk, &pair->of_worn);
	forget_all(&pair->plain);
	analyse(&pair->plain, talk, &pair->of_plain);
	assert_same(&pair->of_worn, &pair->of_plain);
	pair->compared++;
}

/* `part`, after each that differs from it in one of its segments. */
static void compare_neighbours(struct pair *pair, unsigned open, const unsigned part[BEHIND])
{
	struct talk talk = talk_of(open, part);
	struct shape_key key;

	has_shape(&pair->plain, &talk, &key); /* and is counted right, if it has */
	for (unsigned i = 0; i < BEHIND; i++)
		for (unsigned bit = BACK; bit < KINDS; bit <<= 1) {
			unsigned other[BEHIND];
			struct talk neighbour;

			memcpy(other, part, sizeof(other));
			other[i] ^= bit;
			neighbour = talk_of(open, other);
			forget_all(&pair->worn);
			analyse(&pair->worn, &neighbour, &pair->of_worn);
			compare(pair, &talk);
		}
}

/* LATE alone is asked for the last segment only, and RST with DATA never: neither has a shape. */
static bool next(unsigned part[BEHIND])
{
	for (unsigned i = BEHIND; i-- > 0;) {
		if (++part[i] < (i + 1 == BEHIND ? KINDS : (unsigned)LATE))
			return true;
		part[i] = 0;
	}
	return false;
}

static void test_neighbours(void **state)
{
	static struct pair pair;
	unsigned part[BEHIND] = {0};

	(void)state;
	do {
		struct shape_key key;

		for (unsigned open = 1; open <= 3; open++) {
			struct talk talk = talk_of(open, part);

			if (!has_shape(&pair.plain, &talk, &key))
				continue;
			pair.shaped++;
			compare_neighbours(&pair, open, part);
		}
	} while (next(part));
	assert_true(pair.shaped > 10000);
	pair_free(&pair);
}

static void test_nothing_left(void **state)
{
	static struct pair pair;
	unsigned part[BEHIND] = {DATA, BACK, FIN}, busy[BEHIND] = {DATA, DATA | BACK, RST | BACK};
	struct talk talk = talk_of(3, part), before = talk_of(3, busy);
	struct shape_key key;

	(void)state;
	assert_true(has_shape(&pair.plain, &talk, &key));
	analyse(&pair.worn, &talk, &pair.of_worn); /* remembered */
	before.event[3].seq++;                     /* a hole: no shape, so that all is found out */
	assert_false(has_shape(&pair.plain, &before, &key));
	analyse(&pair.worn, &before, &pair.of_worn);
	assert_true(pair.worn.ack_seen[0] && pair.worn.segments[0] > 0 && pair.worn.max_ack[0] > 0);
	assert_int_not_equal(pair.worn.rst_received, NO_EVENT);
	compare(&pair, &talk);
	assert_facts(&pair.worn, &pair.plain);
	pair_free(&pair);
}

/* Each thing that an event may say is in its key. */
static void test_keys(void **state)
{
	static struct model model;
	static const unsigned bits[] = {BACK, DATA, FIN, RST};
	unsigned plain[BEHIND] = {0, 0, BACK}, other[BEHIND];
	struct talk talk = talk_of(3, plain), changed;
	struct shape_key key, without;

	(void)state;
	assert_true(has_shape(&model, &talk, &without));
	for (size_t i = 0; i < sizeof(bits) / sizeof(bits[0]); i++) {
		memcpy(other, plain, sizeof(other));
		other[1] ^= bits[i];
		changed = talk_of(3, other);
		assert_true(has_shape(&model, &changed, &key));
		assert_int_not_equal(key.code[4], without.code[4]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_neighbours),
	    cmocka_unit_test(test_nothing_left),
	    cmocka_unit_test(test_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
