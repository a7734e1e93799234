/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where the tap was, by the handshake's timing: of several SYNs the last is the one that the
 * SYN-ACK answers only if TSecr says so.
 */
#include "segments.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <tcphs/tracker.h>

#define MS    INT64_C(1000000)
#define C     1000u
#define S     50000u
#define SENT  7
#define NO_TS 0u
#define LATE  UINT32_MAX /* a TSval just below 2^32 */

struct sent {
	uint16_t flags; /* 0 ends the list */
	uint32_t ms;    /* of its time */
	uint32_t tsval; /* NO_TS: none */
	uint32_t tsecr;
};

struct scene {
	const char *name;
	struct sent segment[SENT];
	enum tcphs_vantage vantage;
	int64_t to_server; /* ms, or -1 */
};

static const struct scene scenes[] = {
    {"one SYN",
     {{SYN, 0, NO_TS, 0}, {SYNACK, 20, NO_TS, 0}, {ACK, 21, NO_TS, 0}},
     TCPHS_AT_CLIENT,
     20},
    {"TSecr is the second SYN's",
     {{SYN, 0, 100, 0}, {SYN, 1000, 1100, 0}, {SYNACK, 1020, 7, 1100}, {ACK, 1021, 1121, 7}},
     TCPHS_AT_CLIENT,
     20},
    {"TSecr is the third SYN's, near the server",
     {{SYN, 0, 100, 0},
      {SYN, 1000, 1100, 0},
      {SYN, 3000, 3100, 0},
      {SYNACK, 3001, 7, 3100},
      {ACK, 3021, 3121, 7}},
     TCPHS_AT_SERVER,
     1},
    {"TSval wraps",
     {{SYN, 0, LATE, 0}, {SYN, 1000, 999, 0}, {SYNACK, 1020, 7, 999}, {ACK, 1021, 1021, 7}},
     TCPHS_AT_CLIENT,
     20},
    {"TSecr is the first SYN's",
     {{SYN, 0, 100, 0}, {SYN, 1000, 1100, 0}, {SYNACK, 1020, 7, 100}, {ACK, 1021, 1121, 7}},
     TCPHS_VANTAGE_UNKNOWN,
     -1},
    {"both SYNs have the same TSval",
     {{SYN, 0, 100, 0}, {SYN, 1000, 100, 0}, {SYNACK, 1020, 7, 100}, {ACK, 1021, 1121, 7}},
     TCPHS_VANTAGE_UNKNOWN,
     -1},
    {"the last two have",
     {{SYN, 0, 100, 0},
      {SYN, 1000, 1100, 0},
      {SYN, 3000, 1100, 0},
      {SYNACK, 3020, 7, 1100},
      {ACK, 3021, 3121, 7}},
     TCPHS_VANTAGE_UNKNOWN,
     -1},
    {"the last SYN has none",
     {{SYN, 0, 100, 0},
      {SYN, 1000, 1100, 0},
      {SYN, 3000, NO_TS, 0},
      {SYNACK, 3020, 7, 1100},
      {ACK, 3021, 3121, 7}},
     TCPHS_VANTAGE_UNKNOWN,
     -1},
    {"no timestamps",
     {{SYN, 0, NO_TS, 0}, {SYN, 1000, NO_TS, 0}, {SYNACK, 1020, NO_TS, 0}, {ACK, 1021, NO_TS, 0}},
     TCPHS_VANTAGE_UNKNOWN,
     -1},
    {"the first of two SYN-ACKs echoes the first SYN",
     {{SYN, 0, 100, 0},
      {SYN, 1000, 1100, 0},
      {SYNACK, 1010, 7, 100},
      {SYNACK, 1020, 8, 1100},
      {ACK, 1021, 1121, 8}},
     TCPHS_VANTAGE_UNKNOWN,
     -1},
};

static struct tcphs_segment made(const struct sent *sent, uint64_t packet)
{
	bool back = sent->flags == SYNACK;
	struct tcphs_segment s =
	    segment_from(0x0a000002, sent->flags, sent->flags == SYN ? C : C + 1, S + 1);

	if (back) {
		s = segment_back(s);
		s.seq = S;
		s.ack = C + 1;
	} else if (sent->flags == SYN) {
		s.ack = 0;
	}
	s.packet = packet;
	s.ip_id = (uint16_t)packet;
	s.time = sent->ms * MS;
	if (sent->tsval != NO_TS) {
		s.options.present = TCPHS_OPT_TIMESTAMPS;
		s.options.tsval = sent->tsval;
		s.options.tsecr = sent->tsecr;
	}
	return s;
}

static void play(const struct scene *scene)
{
	const struct tcphs_tracker_options options = {.seed = {1, 2}};
	struct tcphs_tracker *tracker = tcphs_tracker_new(&options);
	struct tcphs_analysis analysis = {.rows = 0};
	const struct tcphs_open *open = &analysis.connection.open;

	print_message("%s\n", scene->name);
	assert_non_null(tracker);
	for (size_t i = 0; i < SENT && scene->segment[i].flags != 0; i++) {
		struct tcphs_segment s = made(&scene->segment[i], i + 1);

		assert_true(tcphs_tracker_add(tracker, &s, 1));
	}
	tcphs_tracker_finish(tracker);
	assert_int_equal(tcphs_tracker_count(tracker), 1);
	assert_true(tcphs_tracker_analyse(tracker, 0, &analysis));
	assert_int_equal(open->kind, TCPHS_OPEN_THREE_WAY);
	assert_int_equal(analysis.connection.vantage, scene->vantage);
	assert_int_equal(open->rtt_to_server, scene->to_server < 0 ? -1 : scene->to_server * MS);
	tcphs_analysis_free(&analysis);
	tcphs_tracker_free(tracker);
}

static void test_scenes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++)
		play(&scenes[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_scenes)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
