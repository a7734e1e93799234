/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A lone SYN is summarised as one of its kind that was summarised before: to the octet what the
 * model says of it, whatever its SYN says and whoever comes in between.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <tcphs/tracker.h>

#include "dice.h"
#include "segments.h"

#define SYNS 4000u

/* Of few kinds, so that many follow their like; some from an endpoint to itself, some IPv6. */
static struct tcphs_segment random_syn(uint64_t packet)
{
	struct tcphs_segment s = {.packet = packet,
	                          .time = (int64_t)packet * 1000003,
	                          .data_offset = 5,
	                          .flags = TCPHS_SYN};
	uint16_t wanted =
	    roll(3) == 0 ? 0 : TCPHS_OPT_MSS | TCPHS_OPT_TIMESTAMPS | TCPHS_OPT_SACK_PERMITTED;

	s.src.family = s.dst.family = roll(5) == 0 ? 6 : 4;
	for (int i = 0; i < (s.src.family == 6 ? 16 : 4); i++) {
		s.src.octets[i] = (uint8_t)roll(256);
		s.dst.octets[i] = (uint8_t)roll(256);
	}
	s.sport = (uint16_t)(1024 + roll(60000));
	s.dport = roll(2) ? 80 : s.sport;
	if (roll(30) == 0)
		s.dst = s.src;
	s.seq = roll(UINT32_MAX);
	s.window = roll(4) == 0 ? 1024 : 64240;
	s.encap = roll(3);
	s.options.present = roll(3) == 0 ? wanted | TCPHS_OPT_WSCALE : wanted;
	s.options.mss = roll(5) == 0 ? 536 : 1460;
	s.options.wscale = (uint8_t)(roll(4) == 0 ? 255 : 7);
	s.options.tsval = roll(UINT32_MAX);
	if (roll(8) == 0)
		s.flags |= TCPHS_ECE | TCPHS_CWR;
	if (roll(8) == 0) {
		s.options.present |= TCPHS_OPT_TFO;
		s.options.tfo_length = (uint8_t)(roll(2) * 8);
	}
	return s;
}

static void compare(const struct tcphs_analysis *summary, const struct tcphs_analysis *whole)
{
	assert_memory_equal(&summary->connection, &whole->connection, sizeof(whole->connection));
	assert_int_equal(summary->diagnoses, whole->diagnoses);
	assert_true(whole->diagnoses > 0); /* nobody answered */
	for (size_t k = 0; k < whole->diagnoses; k++) {
		struct tcphs_diagnosis expected = whole->diagnosis[k];

		expected.row = summary->diagnosis[k].row; /* a summary has none */
		assert_memory_equal(&summary->diagnosis[k], &expected, sizeof(expected));
	}
}

static void test_as_the_model_says(void **state)
{
	struct tcphs_tracker *t = tcphs_tracker_new(NULL);
	struct tcphs_analysis summary = {0}, whole = {0};

	(void)state;
	assert_non_null(t);
	for (uint64_t packet = 1; packet <= SYNS; packet++) {
		struct tcphs_segment s = random_syn(packet);

		assert_true(tcphs_tracker_add(t, &s, 1));
	}
	for (int finished = 0; finished < 2; finished++) {
		assert_true(tcphs_tracker_count(t) > SYNS - SYNS / 20);
		for (size_t i = 0; i < tcphs_tracker_count(t); i++) {
			assert_true(tcphs_tracker_summarise(t, i, &summary));
			assert_true(tcphs_tracker_analyse(t, i, &whole));
			compare(&summary, &whole);
		}
		tcphs_tracker_finish(t);
	}
	tcphs_analysis_free(&summary);
	tcphs_analysis_free(&whole);
	tcphs_tracker_free(t);
}

/* Its packet and its time, wherever they are: behind four thousand million packets, before the
 * capture's first one, years apart from it. */
static void test_birth_is_exact(void **state)
{
	static const int64_t day = INT64_C(86400) * 1000000000;
	static const struct {
		int64_t time;
		uint64_t packet;
	} born[] = {
	    {0, 1},
	    {1, UINT32_MAX},
	    {12 * day + 1, (uint64_t)UINT32_MAX + 1},
	    {14 * day + 1023, UINT64_C(5000000007)},
	    {365 * day + 513, UINT64_C(1) << 40},
	    {-15 * day - 1, (UINT64_C(1) << 40) + 1},
	    {-400 * day - 1022, UINT64_C(1) << 53},
	    {100 * 365 * day + 3, (UINT64_C(1) << 55) + 5},
	    {-60 * 365 * day - 7, UINT64_C(1) << 62},
	};
	const size_t count = sizeof(born) / sizeof(born[0]);
	struct tcphs_tracker *t = tcphs_tracker_new(NULL);
	struct tcphs_connection c;

	(void)state;
	assert_non_null(t);
	for (size_t i = 0; i < count; i++) {
		struct tcphs_segment s = segment_from(i + 1, SYN, 1000, 0);

		s.time = born[i].time;
		s.packet = born[i].packet;
		assert_true(tcphs_tracker_add(t, &s, 1));
	}
	for (int warm = 0; warm < 2; warm++) {
		for (size_t i = 0; i < count; i++) {
			struct tcphs_segment s =
			    segment_back(segment_from(i + 1, SYNACK, 5000, 1001));

			tcphs_tracker_peek(t, i, &c);
			assert_int_equal(c.id, i + 1);
			assert_true(c.start == born[i].time);
			assert_true(c.first_packet == born[i].packet);
			assert_true(c.last_packet == born[i].packet + (unsigned)warm);
			assert_true(warm || c.duration == 0);
			s.time = born[i].time + 1000;
			s.packet = born[i].packet + 1;
			assert_true(warm || tcphs_tracker_add(t, &s, 1));
		}
	}
	tcphs_tracker_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_as_the_model_says),
	    cmocka_unit_test(test_birth_is_exact),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
