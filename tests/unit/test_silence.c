/* SPDX-License-Identifier: BSD-3-Clause */
/* Connections of one shape, of which one is silent for 2 MSL before its last segment: the summary
 * of each says what its analysis says, whichever was summarised first. */
#include "segments.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <tcphs/tracker.h>

#define SECOND  INT64_C(1000000000)
#define SILENCE (300 * SECOND)

static void add(struct tcphs_tracker *tracker, struct tcphs_segment segment, int64_t time)
{
	static uint64_t packet;

	segment.packet = ++packet;
	segment.time = time;
	if (segment.flags & SYN) {
		segment.options.present = TCPHS_OPT_MSS;
		segment.options.mss = 1460;
	}
	assert_true(tcphs_tracker_add(tracker, &segment, 1));
}

/* The client closes first; the server's last ACK comes after `pause`. */
static void add_connection(struct tcphs_tracker *tracker, uint64_t host, int64_t pause)
{
	int64_t now = (int64_t)host * SECOND;

	add(tracker, segment_from(host, SYN, 100, 0), now);
	add(tracker, segment_back(segment_from(host, SYNACK, 500, 101)), now + 1000);
	add(tracker, segment_from(host, ACK, 101, 501), now + 2000);
	add(tracker, segment_from(host, FINACK, 101, 501), now + 3000);
	add(tracker, segment_back(segment_from(host, ACK, 501, 102)), now + 4000);
	add(tracker, segment_back(segment_from(host, FINACK, 501, 102)), now + 5000);
	add(tracker, segment_from(host, ACK, 102, 502), now + 6000);
	add(tracker, segment_back(segment_from(host, ACK, 502, 102)), now + 7000 + pause);
}

static void expect_states(const int64_t pause[2])
{
	struct tcphs_tracker *tracker =
	    tcphs_tracker_new(&(struct tcphs_tracker_options){.seed = {1, 2}});
	struct tcphs_analysis summary = {0}, whole = {0};

	assert_non_null(tracker);
	for (uint64_t i = 0; i < 2; i++)
		add_connection(tracker, 600 * i + 1, pause[i]);
	for (size_t i = 0; i < 2; i++) {
		int state = pause[i] > 0 ? TCPHS_CLOSED : TCPHS_TIME_WAIT;

		assert_true(tcphs_tracker_summarise(tracker, i, &summary));
		assert_true(tcphs_tracker_analyse(tracker, i, &whole));
		if (i == 0 && pause[0] == 0)
			state = TCPHS_CLOSED; /* the second one shows that ten minutes passed */
		assert_int_equal(whole.connection.end[TCPHS_CLIENT].state, state);
		assert_int_equal(summary.connection.end[TCPHS_CLIENT].state, state);
		assert_int_equal(summary.diagnoses,
		                 0); /* not close-half: nothing follows the FIN */
	}
	tcphs_analysis_free(&summary);
	tcphs_analysis_free(&whole);
	tcphs_tracker_free(tracker);
}

static void test_silence(void **state)
{
	(void)state;
	expect_states((const int64_t[]){SILENCE, 0});
	expect_states((const int64_t[]){0, SILENCE});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_silence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
