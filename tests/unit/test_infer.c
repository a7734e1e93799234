/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * When a segment is taken to have arrived. For each rule of contradiction the shortest list of
 * events that it decides, and its neighbour that it must leave alone: `late` is the event that
 * was withdrawn (it arrives later than it was captured, or never), and no other may be.
 */
#include "model/infer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define SYN    TCPHS_SYN
#define ACK    TCPHS_ACK
#define FIN    (TCPHS_FIN | TCPHS_ACK)
#define RST    TCPHS_RST
#define SYNACK (TCPHS_SYN | TCPHS_ACK)
#define NONE   (-1)
#define EVENTS 12

/* Numbers are relative to the initial ones: 1000 of side 0 and 2^32 - 3 of side 1. */
static const uint32_t isn[2] = {1000, 0xfffffffd};

struct sent {
	int side;
	uint16_t bits; /* 0 ends the list */
	int32_t seq, ack;
	uint16_t length;
};

struct scene {
	const char *name;
	struct sent event[EVENTS];
	int late[2];               /* events withdrawn, or NONE */
	enum tcphs_state state[2]; /* at the end */
	int forged;                /* a RST that was not from its sender, or NONE */
};

#define CALL                                                                                       \
	{0, SYN, 0, 0, 0},                                                                         \
	{                                                                                          \
		1, SYNACK, 0, 1, 0                                                                 \
	}
#define OPEN                                                                                       \
	CALL,                                                                                      \
	{                                                                                          \
		0, ACK, 1, 1, 0                                                                    \
	}

static const struct scene scenes[] = {
    /* (a) acknowledges less than the SYN or FIN that had come */
    {"a: the ACK does not cover the FIN yet",
     {OPEN, {0, FIN, 1, 1, 0}, {1, ACK, 1, 1, 10}, {1, ACK, 11, 2, 0}},
     {3, NONE},
     {TCPHS_FIN_WAIT_2, TCPHS_CLOSE_WAIT},
     NONE},
    {"a not: it does",
     {OPEN, {0, FIN, 1, 1, 0}, {1, ACK, 1, 2, 10}},
     {NONE, NONE},
     {TCPHS_FIN_WAIT_2, TCPHS_CLOSE_WAIT},
     NONE},
    /* (b) a bare SYN behind the other one: neither had come */
    {"b: crossing SYNs",
     {{0, SYN, 0, 0, 0}, {1, SYN, 0, 0, 0}, {0, SYNACK, 0, 1, 0}, {1, SYNACK, 0, 1, 0}},
     {0, 2},
     {TCPHS_ESTABLISHED, TCPHS_ESTABLISHED},
     NONE},
    {"b: the SYN-ACK is lost",
     {CALL, {0, SYN, 0, 0, 0}},
     {1, NONE},
     {TCPHS_ESTABLISHED, TCPHS_SYN_RECEIVED},
     NONE},
    {"b not: three-way", {OPEN}, {NONE, NONE}, {TCPHS_ESTABLISHED, TCPHS_ESTABLISHED}, NONE},
    /* (c) a SYN-ACK although the third segment had come */
    {"c: the third ACK is lost",
     {OPEN, {1, SYNACK, 0, 1, 0}},
     {2, NONE},
     {TCPHS_ESTABLISHED, TCPHS_ESTABLISHED},
     NONE},
    {"c: the same, and the first SYN-ACK was not captured",
     {{0, SYN, 0, 0, 0}, {0, ACK, 1, 1, 0}, {1, SYNACK, 0, 1, 0}},
     {1, NONE},
     {TCPHS_ESTABLISHED, TCPHS_ESTABLISHED},
     NONE},
    {"c not: it was repeated before",
     {CALL, {1, SYNACK, 0, 1, 0}, {0, ACK, 1, 1, 0}},
     {NONE, NONE},
     {TCPHS_ESTABLISHED, TCPHS_ESTABLISHED},
     NONE},
    /* (d) repeats what had been acknowledged */
    {"d: the ACK of the data is lost",
     {OPEN, {0, ACK, 1, 1, 50}, {1, ACK, 1, 51, 0}, {0, ACK, 1, 1, 50}},
     {4, NONE},
     {TCPHS_ESTABLISHED, TCPHS_ESTABLISHED},
     NONE},
    {"d: the ACK of the FIN is lost",
     {OPEN, {0, FIN, 1, 1, 0}, {1, ACK, 1, 2, 0}, {0, FIN, 1, 1, 0}},
     {4, NONE},
     {TCPHS_FIN_WAIT_2, TCPHS_CLOSE_WAIT},
     NONE},
    {"d not: a keep-alive",
     {OPEN, {0, ACK, 1, 1, 50}, {1, ACK, 1, 51, 0}, {0, ACK, 50, 1, 1}},
     {NONE, NONE},
     {TCPHS_ESTABLISHED, TCPHS_ESTABLISHED},
     NONE},
    {"d not: new data",
     {OPEN, {0, ACK, 1, 1, 50}, {1, ACK, 1, 51, 0}, {0, ACK, 51, 1, 50}},
     {NONE, NONE},
     {TCPHS_ESTABLISHED, TCPHS_ESTABLISHED},
     NONE},
    /* (e) goes on although it was closed */
    {"e: data behind a RST that it had not got",
     {OPEN, {1, RST | ACK, 1, 1, 0}, {0, ACK, 1, 1, 10}},
     {3, NONE},
     {TCPHS_CLOSED, TCPHS_CLOSED},
     NONE},
    {"e not: an old duplicate",
     {OPEN, {0, ACK, 1, 1, 50}, {1, RST | ACK, 1, 51, 0}, {0, ACK, 1, 1, 20}},
     {NONE, NONE},
     {TCPHS_CLOSED, TCPHS_CLOSED},
     NONE},
    /* (f) crossing FINs, and the first ACK of the other's */
    {"f: CLOSING although the ACK was captured before",
     {OPEN, {0, FIN, 1, 1, 0}, {1, FIN, 1, 1, 0}, {1, ACK, 2, 2, 0}, {0, ACK, 2, 2, 0}},
     {3, 5},
     {TCPHS_TIME_WAIT, TCPHS_TIME_WAIT},
     NONE},
    {"f not: one FIN acknowledges the other",
     {OPEN, {0, FIN, 1, 1, 0}, {1, FIN, 1, 2, 0}, {0, ACK, 2, 2, 0}},
     {NONE, NONE},
     {TCPHS_TIME_WAIT, TCPHS_CLOSED},
     NONE},
    /* (g) goes on behind its own RST */
    {"g: a forged RST",
     {OPEN, {1, RST, 1, 0, 0}, {1, ACK, 1, 1, 30}, {0, ACK, 1, 31, 0}},
     {NONE, NONE}, /* what follows it came, it alone is void */
     {TCPHS_ESTABLISHED, TCPHS_ESTABLISHED},
     3},
    {"g not: a RST and another",
     {OPEN, {1, RST, 1, 0, 0}, {1, RST, 1, 0, 0}},
     {NONE, NONE},
     {TCPHS_CLOSED, TCPHS_CLOSED},
     NONE},
    /* resets tell what their sender was */
    {"refused",
     {{0, SYN, 0, 0, 0}, {1, RST | ACK, -1, 1, 0}},
     {NONE, NONE},
     {TCPHS_CLOSED, TCPHS_CLOSED},
     NONE},
    {"a reply to the ACK of another life (Figure 9)",
     {{0, SYN, 0, 0, 0}, {1, ACK, 500, 300, 0}, {0, RST, 300, 0, 0}},
     {NONE, NONE},
     {TCPHS_SYN_SENT, TCPHS_CLOSED},
     NONE},
};

/* Every arrival that took effect at another row than its own, and those that never did. */
static void find_late(const struct infer *in, bool late[EVENTS])
{
	for (int x = 0; x < 2; x++)
		for (size_t i = 0; i < in->side[x].count; i++) {
			const struct entry *entry = &in->side[x].entry[i];

			if (entry->kind == ENTRY_RECEIVED && entry->at != entry->event)
				late[entry->event] = true;
		}
}

static uint32_t event_that_met_nothing(const struct infer *in, int x)
{
	for (size_t i = 0; i < in->side[x].count; i++)
		if (in->side[x].entry[i].kind == ENTRY_NO_TCB)
			return in->side[x].entry[i].event;
	return NO_EVENT;
}

static struct event event_of(const struct sent *s, uint32_t packet)
{
	return (struct event){
	    .seq = isn[s->side] + (uint32_t)s->seq,
	    .ack = s->bits & ACK ? isn[!s->side] + (uint32_t)s->ack : 0,
	    .packet = packet,
	    .time_low = packet * 1000000,
	    .bits = (uint16_t)(s->bits | (s->side ? EVENT_FROM_1 : 0)),
	    .length = s->length,
	    .window = 64000,
	};
}

static void play(const struct scene *scene, const uint32_t *met_nothing)
{
	struct infer in = {.shift = {0, 0}};
	struct event event[EVENTS];
	bool late[EVENTS] = {false};
	uint32_t count = 0;

	print_message("%s\n", scene->name);
	for (; count < EVENTS && scene->event[count].bits != 0; count++)
		event[count] = event_of(&scene->event[count], count);
	infer_run(&in, event, count, false);
	assert_false(in.failed);
	find_late(&in, late);
	for (int i = 0; i < (int)count; i++) {
		print_message("  event %d %s\n", i, late[i] ? "late" : "");
		assert_int_equal(late[i], i == scene->late[0] || i == scene->late[1]);
	}
	for (int x = 0; x < 2; x++)
		assert_string_equal(tcphs_state_name((enum tcphs_state)in.side[x].now.state),
		                    tcphs_state_name(scene->state[x]));
	if (met_nothing != NULL)
		assert_int_equal(event_that_met_nothing(&in, 1), *met_nothing);
	assert_int_equal(in.spoofed, scene->forged == NONE ? NO_EVENT : (uint32_t)scene->forged);
	infer_free(&in);
}

static void test_scenes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++)
		play(&scenes[i], NULL);
}

/* A RST without ACK says by its number which segment met no connection: of several the first with
 * data. */
#define CROSSED_FIN                                                                                \
	OPEN, {1, FIN, 1, 1, 0}, {0, ACK, 1, 1, 10}, {0, ACK, 11, 1, 10},                          \
	{                                                                                          \
		0, ACK, 21, 2, 0                                                                   \
	}

static void test_replies(void **state)
{
	const struct scene to_first = {"a reply to the first data behind a FIN",
	                               {CROSSED_FIN, {1, RST, 1, 0, 0}},
	                               {3, NONE},
	                               {TCPHS_CLOSED, TCPHS_CLOSED},
	                               NONE};
	const struct scene to_last = {"a reply to the last segment",
	                              {CROSSED_FIN, {1, RST, 2, 0, 0}},
	                              {3, NONE},
	                              {TCPHS_CLOSED, TCPHS_CLOSED},
	                              NONE};
	const uint32_t first = 4, last = 6;

	(void)state;
	play(&to_first, &first);
	play(&to_last, &last);
}

/* The log from its beginning on gives the state there is, as the ladder and the list tell it. */
static void expect_one_reading(const struct infer *in, size_t events)
{
	for (int x = 0; x < 2; x++) {
		const struct log *log = &in->side[x];
		struct endpoint whole = log->initial;

		for (size_t k = 0; k < log->count; k++) {
			struct entry entry = log->entry[k];

			infer_apply(in, &whole, &entry);
		}
		if (whole.state != log->now.state)
			fail_msg("%zu events, side %d: %s in the end, %s by its log", events, x,
			         tcphs_state_name(log->now.state), tcphs_state_name(whole.state));
	}
}

#define FINS 150

/* A FIN that the capture lacks has its place before the other side's, which waited for long. */
static void test_settled(void **state)
{
	static const struct sent open[] = {OPEN};
	static const struct sent end[] = {{0, ACK, 2, 2, 0}, {0, FIN, 1, 2, 0}, {1, ACK, 2, 2, 0}};
	const struct sent fin = {1, FIN, 1, 1, 0};
	struct event event[3 + FINS + 3];

	(void)state;
	for (uint32_t fins = 1; fins <= FINS; fins++) {
		struct infer in = {.shift = {SHIFT_UNKNOWN, SHIFT_UNKNOWN}};
		uint32_t count = 0;

		for (; count < 3 + fins + 3; count++)
			event[count] = event_of(count < 3          ? &open[count]
			                        : count < 3 + fins ? &fin
			                                           : &end[count - 3 - fins],
			                        count);
		infer_run(&in, event, count, false);
		assert_false(in.failed);
		expect_one_reading(&in, count);
		infer_free(&in);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_scenes),
	                                   cmocka_unit_test(test_replies),
	                                   cmocka_unit_test(test_settled)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
