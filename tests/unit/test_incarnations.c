/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which connection a segment belongs to: incarnations of a 4-tuple, encapsulations, and the opens
 * in which both sides send a SYN. Each scene says for every segment the id of its connection.
 */
#include "segments.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <tcphs/tracker.h>

#define SEGMENTS    12
#define CONNECTIONS 3
#define SELF        2 /* a segment from a socket to itself */
#define SECOND      INT64_C(1000000000)
#define C           1000u /* the ISNs */
#define S           0xfffffff0u
#define C2          900000u /* of another incarnation */
#define S2          700000u
#define NEAR        100000u   /* what is old can be so far behind, */
#define FAR         20000000u /* but not so far */

struct sent {
	int side;
	uint16_t flags; /* 0 ends the list */
	uint32_t seq, ack;
	uint64_t id; /* of the connection expected */
	uint32_t encap;
	uint32_t second; /* of its time */
};

struct scene {
	const char *name;
	struct sent segment[SEGMENTS];
	enum tcphs_open_kind open[CONNECTIONS]; /* of connections 1, 2, … */
};

#define OPENED                                                                                     \
	{0, SYN, C, 0, 1, 0, 0}, {1, SYNACK, S, C + 1, 1, 0, 0},                                   \
	{                                                                                          \
		0, ACK, C + 1, S + 1, 1, 0, 0                                                      \
	}
#define CLOSED                                                                                     \
	{0, FINACK, C + 1, S + 1, 1, 0, 0}, {1, FINACK, S + 1, C + 2, 1, 0, 0},                    \
	{                                                                                          \
		0, ACK, C + 2, S + 2, 1, 0, 0                                                      \
	}
#define OPENED_AGAIN(id, encap, second)                                                            \
	{0, SYN, C2, 0, id, encap, second}, {1, SYNACK, S2, C2 + 1, id, encap, second},            \
	{                                                                                          \
		0, ACK, C2 + 1, S2 + 1, id, encap, second                                          \
	}

static const struct scene scenes[] = {
    {"a retransmitted SYN is no new connection",
     {{0, SYN, C, 0, 1, 0, 0},
      {0, SYN, C, 0, 1, 0, 1},
      {0, SYN, C, 0, 1, 0, 3},
      {1, SYNACK, S, C + 1, 1, 0, 3},
      {0, ACK, C + 1, S + 1, 1, 0, 3},
      {0, SYN, C, 0, 1, 0, 9}},
     {TCPHS_OPEN_THREE_WAY}},
    {"a new ISN is one",
     {{0, SYN, C, 0, 1, 0, 0}, {0, SYN, C + 1, 0, 2, 0, 1}, {1, RST | ACK, 0, C + 2, 2, 0, 1}},
     {TCPHS_OPEN_NO_ANSWER, TCPHS_OPEN_REFUSED}},
    {"the port is used again",
     {OPENED, CLOSED, OPENED_AGAIN(2, 0, 200)},
     {TCPHS_OPEN_THREE_WAY, TCPHS_OPEN_THREE_WAY}},
    {"TIME-WAIT is cut short",
     {OPENED, CLOSED, OPENED_AGAIN(2, 0, 1)},
     {TCPHS_OPEN_THREE_WAY, TCPHS_OPEN_THREE_WAY}},
    {"its SYN was not captured",
     {OPENED, CLOSED, {1, SYNACK, S2, C2 + 1, 2, 0, 9}, {0, ACK, C2 + 1, S2 + 1, 2, 0, 9}},
     {TCPHS_OPEN_THREE_WAY, TCPHS_OPEN_PARTIAL}},
    {"its open was not captured: after a long silence numbers go back",
     {OPENED,
      {0, FINACK, C - FAR, S + FAR, 2, 0, 300},
      {1, FINACK, S + FAR, C - FAR + 1, 2, 0, 300}},
     {TCPHS_OPEN_THREE_WAY, TCPHS_OPEN_MIDSTREAM}},
    {"after a short one that proves nothing",
     {OPENED, {0, ACK, C - FAR, S + FAR, 1, 0, 100}},
     {TCPHS_OPEN_THREE_WAY}},
    {"nor does it where both go on: the capture may lack so much",
     {OPENED, {0, ACK, C + FAR, S + FAR, 1, 0, 300}},
     {TCPHS_OPEN_THREE_WAY}},
    {"2 MSL after the close nothing old comes any more",
     {OPENED, CLOSED, {0, FINACK, C - NEAR, S - NEAR, 2, 0, 300}},
     {TCPHS_OPEN_THREE_WAY, TCPHS_OPEN_MIDSTREAM}},
    {"before that it may",
     {OPENED, CLOSED, {0, FINACK, C - NEAR, S - NEAR, 1, 0, 100}},
     {TCPHS_OPEN_THREE_WAY}},
    {"the old connection still speaks",
     {OPENED,
      OPENED_AGAIN(2, 0, 5),
      {1, ACK, S + 1, C + 1, 1, 0, 5},
      {1, ACK, S2 + 1, C2 + 1, 2, 0, 5},
      {0, RST, C + 1, 0, 1, 0, 5}},
     {TCPHS_OPEN_THREE_WAY, TCPHS_OPEN_THREE_WAY}},
    {"another encapsulation is another connection",
     {OPENED,
      OPENED_AGAIN(2, 7, 0),
      {1, ACK, S + 1, C + 1, 1, 0, 1},
      {1, ACK, S2 + 1, C2 + 1, 2, 7, 1}},
     {TCPHS_OPEN_THREE_WAY, TCPHS_OPEN_THREE_WAY}},
    {"even with the same numbers",
     {OPENED,
      {0, SYN, C, 0, 2, 7, 1},
      {1, SYNACK, S, C + 1, 2, 7, 1},
      {0, ACK, C + 1, S + 1, 2, 7, 1}},
     {TCPHS_OPEN_THREE_WAY, TCPHS_OPEN_THREE_WAY}},
    {"a tag in one direction joins",
     {{0, SYN, C, 0, 1, 7, 0},
      {1, SYNACK, S, C + 1, 1, 0, 0},
      {0, ACK, C + 1, S + 1, 1, 7, 0},
      {1, ACK, S + 1, C + 1, 1, 0, 1}},
     {TCPHS_OPEN_THREE_WAY}},
    {"but not with numbers that do not answer",
     {{0, SYN, C, 0, 1, 7, 0}, {1, SYNACK, S, C + 2, 2, 0, 0}},
     {TCPHS_OPEN_NO_ANSWER, TCPHS_OPEN_HALF}},
    {"simultaneous open",
     {{0, SYN, C, 0, 1, 0, 0},
      {1, SYN, S, 0, 1, 0, 0},
      {0, SYNACK, C, S + 1, 1, 0, 0},
      {1, SYNACK, S, C + 1, 1, 0, 0}},
     {TCPHS_OPEN_SIMULTANEOUS}},
    {"a socket that calls itself",
     {{SELF, SYN, C, 0, 1, 0, 0},
      {SELF, SYNACK, C, C + 1, 1, 0, 0},
      {SELF, ACK, C + 1, C + 1, 1, 0, 0}},
     {TCPHS_OPEN_SELF}},
    {"begun before the capture",
     {{1, ACK, S, C, 1, 0, 0}, {0, ACK, C, S, 1, 0, 0}},
     {TCPHS_OPEN_MIDSTREAM}},
};

static struct tcphs_segment made(const struct sent *sent, uint64_t packet)
{
	struct tcphs_segment s = segment_from(0x0a000002, sent->flags, sent->seq, sent->ack);

	if (sent->side == 1)
		s = segment_back(s);
	if (sent->side == SELF) {
		s.dst = s.src;
		s.dport = s.sport;
	}
	s.packet = packet;
	s.ip_id = (uint16_t)packet;
	s.encap = sent->encap;
	s.time = sent->second * SECOND + (int64_t)packet * 20000000;
	return s;
}

/* The connection whose ladder has the packet; a packet is in one only. */
static uint64_t owner(const struct tcphs_analysis *analysis, size_t count, uint64_t packet)
{
	uint64_t id = 0;

	for (size_t i = 0; i < count; i++)
		for (size_t row = 0; row < analysis[i].rows; row++)
			if (analysis[i].row[row].packet == packet) {
				assert_int_equal(id, 0);
				id = analysis[i].connection.id;
			}
	return id;
}

static void play(const struct scene *scene, bool keep_all)
{
	const struct tcphs_tracker_options options = {.seed = {1, 2}, .keep_all = keep_all};
	struct tcphs_tracker *tracker = tcphs_tracker_new(&options);
	struct tcphs_analysis analysis[SEGMENTS] = {{.rows = 0}};
	size_t segments = 0, count, total = 0;
	uint64_t last = 0;

	print_message("%s\n", scene->name);
	assert_non_null(tracker);
	for (; segments < SEGMENTS && scene->segment[segments].flags != 0; segments++) {
		struct tcphs_segment s = made(&scene->segment[segments], segments + 1);

		if (scene->segment[segments].id > last)
			last = scene->segment[segments].id;
		assert_true(tcphs_tracker_add(tracker, &s, 1));
	}
	tcphs_tracker_finish(tracker);
	count = tcphs_tracker_count(tracker);
	assert_int_equal(count, last);
	for (size_t i = 0; i < count; i++) {
		assert_true(tcphs_tracker_analyse(tracker, i, &analysis[i]));
		total += analysis[i].connection.packets;
		print_message(
		    "  %zu: %s\n", i + 1,
		    tcphs_open_name((enum tcphs_open_kind)analysis[i].connection.open.kind));
		assert_int_equal(analysis[i].connection.open.kind, scene->open[i]);
	}
	assert_int_equal(total, segments);
	for (size_t i = 0; i < segments && keep_all; i++) {
		print_message("  packet %zu\n", i + 1);
		assert_int_equal(owner(analysis, count, i + 1), scene->segment[i].id);
	}
	for (size_t i = 0; i < count; i++)
		tcphs_analysis_free(&analysis[i]);
	tcphs_tracker_free(tracker);
}

static void test_scenes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++)
		for (int keep_all = 0; keep_all < 2; keep_all++)
			play(&scenes[i], keep_all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_scenes)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
