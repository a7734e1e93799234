/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A live tracker lets connections go when they have been over for a while, by the capture's
 * clock: soon, in a table of any size, however small the steps are, and no sooner.
 */
#include "segments.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <tcphs/tracker.h>

#define MILLISECOND INT64_C(1000000)
#define SECOND      (1000 * MILLISECOND)
#define BEGAN       (1700000000 * SECOND)
#define QUIET       (60 * SECOND) /* of a reset connection */
#define ROUND       (5 * SECOND)  /* in which all have been looked at, at the latest */

static void count_final(void *context, struct tcphs_tracker *tracker, size_t index)
{
	struct tcphs_connection conn;

	assert_true(index == TCPHS_LEAVING);
	tcphs_tracker_peek(tracker, index, &conn);
	++*(size_t *)context;
}

/* So many attempts, each answered by a reset. */
static void refuse(struct tcphs_tracker *tracker, uint32_t connections)
{
	uint64_t packet = 0;

	for (uint32_t i = 0; i < connections; i++) {
		struct tcphs_segment s = segment_from(i, SYN, 1000, 0);

		s.time = BEGAN;
		s.packet = ++packet;
		assert_true(tcphs_tracker_add(tracker, &s, 1));
		s = segment_back(segment_from(i, RST | ACK, 0, 1001));
		s.time = BEGAN;
		s.packet = ++packet;
		assert_true(tcphs_tracker_add(tracker, &s, 1));
	}
}

static void age(uint32_t connections, int64_t step)
{
	size_t finals = 0;
	struct tcphs_tracker_options options = {
	    .live = true, .seed = {1, 2}, .on_final = count_final, .context = &finals};
	struct tcphs_tracker *tracker = tcphs_tracker_new(&options);
	int64_t now = BEGAN;

	assert_non_null(tracker);
	refuse(tracker, connections);
	for (; now < BEGAN + QUIET; now += SECOND)
		tcphs_tracker_tick(tracker, now);
	assert_int_equal(finals, 0);
	for (; now < BEGAN + QUIET + ROUND; now += step)
		tcphs_tracker_tick(tracker, now);
	assert_int_equal(finals, connections);
	assert_int_equal(tcphs_tracker_count(tracker), 0);
	tcphs_tracker_free(tracker);
}

static void test_few(void **state)
{
	(void)state;
	age(1, SECOND);
	age(1, MILLISECOND / 10);
	age(5000, 100 * MILLISECOND);
}

static void test_many(void **state)
{
	(void)state;
	age(100000, 10 * MILLISECOND);
	age(100000, MILLISECOND / 10);
	age(1700000, MILLISECOND);
}

/* After an hour without packets nobody waits another one. */
static void test_silence(void **state)
{
	size_t finals = 0;
	struct tcphs_tracker_options options = {
	    .live = true, .seed = {1, 2}, .on_final = count_final, .context = &finals};
	struct tcphs_tracker *tracker = tcphs_tracker_new(&options);

	(void)state;
	refuse(tracker, 3000);
	tcphs_tracker_tick(tracker, BEGAN + 1);
	tcphs_tracker_tick(tracker, BEGAN + 3600 * SECOND);
	assert_int_equal(finals, 3000);
	tcphs_tracker_free(tracker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_few),
	    cmocka_unit_test(test_many),
	    cmocka_unit_test(test_silence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
