/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Each allocation of a tracker is refused in turn. What it had taken by then is told as it was: a
 * segment for which no memory was left has no row, least of all one that nobody wrote.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <malloc.h>
#include <tcphs/connection.h>
#include <tcphs/tracker.h>

#include "../fuzz/scarce.h"
#include "segments.h"
#include "track/tracker.h"

#define SEGMENTS 60u
#define CLIENTS  3u
#define HOSTS    30000u
#define BEGAN    INT64_C(1700000000000000000)

/* Calls with a Fast Open cookie, so that a SYN alone already wants memory; then data, each segment
 * with a hole before it, so that none is folded. */
static struct tcphs_segment segment_at(unsigned i)
{
	unsigned client = i % CLIENTS, turn = i / CLIENTS;
	struct tcphs_segment s = turn == 0 ? segment_from(client + 1, SYN, 1000, 0)
	                         : turn == 1
	                             ? segment_back(segment_from(client + 1, SYNACK, 5000, 1001))
	                             : segment_from(client + 1, ACK, 1001 + 200 * turn, 5001);

	s.packet = i + 1;
	s.time = 1000000 * (int64_t)i;
	s.length = turn > 2 ? 100 : 0;
	s.options.present = TCPHS_OPT_MSS | (turn < 2 ? TCPHS_OPT_TFO : 0);
	s.options.mss = (uint16_t)(1400 + i);
	s.options.tfo_length = 8;
	return s;
}

static void check_diagnoses(const struct tcphs_analysis *analysis, unsigned given)
{
	for (size_t i = 0; i < analysis->diagnoses; i++) {
		const struct tcphs_diagnosis *d = &analysis->diagnosis[i];

		assert_in_range(d->packet, 0, given);
		assert_true(d->row == UINT32_MAX || d->row < analysis->rows);
	}
}

static void check(const struct tcphs_tracker *t, unsigned given, bool keep_all)
{
	struct tcphs_analysis analysis = {0};

	for (size_t i = 0; i < tcphs_tracker_count(t); i++) {
		assert_true(tcphs_tracker_analyse(t, i, &analysis));
		check_diagnoses(&analysis, given);
		for (size_t k = 0; k < analysis.rows; k++) {
			const struct tcphs_row *row = &analysis.row[k];
			struct tcphs_segment s;

			assert_in_range(row->packet, 1, given);
			if (row->is_run) /* cut: only counted */
				continue;
			s = segment_at((unsigned)row->packet - 1);
			assert_int_equal(row->seq, s.seq);
			assert_int_equal(row->flags, s.flags);
			assert_int_equal(row->length, s.length);
			if (keep_all && row->options != NULL)
				assert_int_equal(row->options->mss, s.options.mss);
		}
	}
	tcphs_analysis_free(&analysis);
}

/* Whether an allocation was refused. */
static bool run(unsigned refused, bool keep_all, bool for_good)
{
	struct tcphs_tracker_options options = {.seed = {1, 2}, .keep_all = keep_all, .even = true};
	struct scarcity scarcity = {.first = refused, .every = for_good};
	struct tcphs_tracker *t = tcphs_tracker_new(&options);
	unsigned given = 0;
	bool done = true, lacked;

	assert_non_null(t);
	scarce_begin(&scarcity);
	while (done && given < SEGMENTS) {
		struct tcphs_segment s = segment_at(given++);

		done = tcphs_tracker_add(t, &s, 1);
	}
	lacked = scarce_refused() > 0;
	scarce_end();
	assert_true(done || lacked);
	check(t, given, keep_all);
	tcphs_tracker_free(t);
	return lacked;
}

static void test_each_in_turn(void **state)
{
	unsigned tried = 0;

	(void)state;
	for (int how = 0; how < 4; how++) {
		unsigned refused = 1;

		while (run(refused, how & 1, how & 2))
			refused++;
		tried += refused - 1;
	}
	assert_in_range(tried, 40, 4000);
}

static void add_syn(struct tcphs_tracker *t, uint64_t packet, unsigned flags, uint64_t host)
{
	struct tcphs_segment s = segment_from(host, SYN, 1000, 0);

	if (flags != SYN)
		s = segment_back(segment_from(host, flags, 5000, 1001));
	s.packet = packet;
	s.time = BEGAN + (packet == 1 ? 0 : INT64_C(4000000000000) + (int64_t)packet * 1000);
	tcphs_tracker_add(t, &s, 1);
}

/* When the bound is reached for the first time, the first connection there was is over, and for
 * want of memory its birth was written nowhere: how long all took counts from the first segment. */
static void test_first_is_gone(void **state)
{
	struct tcphs_tracker_options options = {
	    .seed = {1, 2}, .live = true, .even = true, .max_memory = TCPHS_MEMORY_LEAST};
	struct tcphs_tracker *t = tcphs_tracker_new(&options);
	struct scarcity scarcity = {.first = 1, .every = 1};
	uint64_t packet = 0;

	(void)state;
	assert_non_null(t);
	while (packet < HOSTS) {
		packet++;
		add_syn(t, packet, SYN, packet);
	}
	scarce_begin(&scarcity);
	tcphs_tracker_tick(t, t->now);
	assert_true(scarce_refused() > 0);
	scarce_end();
	while (tcphs_tracker_counts(t).evicted == 0) {
		packet++;
		assert_in_range(packet, 1, 2 * HOSTS);
		add_syn(t, packet, SYNACK, packet - HOSTS + 1);
		assert_in_range(t->grace, 0, t->now - BEGAN);
		assert_in_range(t->lull, 0, t->now - BEGAN);
	}
	tcphs_tracker_free(t);
}

/* What is not written is 0x11: as an event's, the bits of a segment with FIN and ACK. */
int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_each_in_turn),
	    cmocka_unit_test(test_first_is_gone),
	};

	mallopt(M_PERTURB, 0xee);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
