/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "cli/list_group.h"
#include "cli/stats.h"

#define MS INT64_C(1000000)

static struct tcphs_address address(uint32_t number)
{
	return (struct tcphs_address){
	    .family = 4,
	    .octets = {(uint8_t)(number >> 24), (uint8_t)(number >> 16), (uint8_t)(number >> 8),
	               (uint8_t)number},
	};
}

/* ---- percentiles ---------------------------------------------------------------------- */

static void percentiles_are_within_three_percent(void **state)
{
	struct times *times = calloc(1, sizeof(*times));

	(void)state;
	assert_non_null(times);
	assert_true(times_percentile(times, 50) == -1);
	for (int64_t i = 1; i <= 100000; i++)
		times_add(times, i * 1000);
	times_add(times, -1); /* unknown */
	assert_int_equal(times->count, 100000);
	for (int percent = 1; percent <= 100; percent++) {
		double exact = percent * 1e6, got = (double)times_percentile(times, percent);

		if (got < exact || got > exact * 1.032)
			fail_msg("%d %%: %g instead of %g", percent, got, exact);
	}
	assert_true(times->least == 1000 && times->greatest == 100000000);
	free(times);
}

/* The handshakes of captures/isn-healthy.pcap, and the ranks by hand. */
static void few_percentiles_are_exact(void **state)
{
	static const int64_t values[] = {21068, 20885, 20888, 20812, 20950, 21288,
	                                 20953, 20978, 20972, 21012, 21152, 20907};
	struct times *times = calloc(1, sizeof(*times));

	(void)state;
	assert_non_null(times);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		times_add(times, values[i]);
	assert_int_equal(times_percentile(times, 50), 20953); /* the sixth of twelve */
	assert_int_equal(times_percentile(times, 90), 21152);
	assert_int_equal(times_percentile(times, 99), 21288);
	free(times);
}

static void one_time_is_itself(void **state)
{
	static const int64_t values[] = {0, 1, 31, 32, 33, 12345678, INT64_MAX};

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		struct times *times = calloc(1, sizeof(*times));

		assert_non_null(times);
		times_add(times, values[i]);
		assert_true(times_percentile(times, 50) == values[i]);
		assert_true(times_percentile(times, 99) == values[i]);
		free(times);
	}
}

static void histograms_lose_nothing(void **state)
{
	struct times *times = calloc(1, sizeof(*times));

	(void)state;
	assert_non_null(times);
	for (int64_t i = 0; i < 1000; i++)
		times_add(times, i * MS);
	assert_int_equal(
	    times_between(times, 0, 100 * MS) + times_between(times, 100 * MS, 2000 * MS), 1000);
	free(times);
}

/* ---- the largest ---------------------------------------------------------------------- */

static void few_keys_are_counted_exactly(void **state)
{
	struct top_entry largest[TOP_SHOWN];
	struct top *top = malloc(sizeof(*top));

	(void)state;
	assert_non_null(top);
	top_init(top);
	for (uint32_t i = 1; i <= 8; i++) {
		struct tcphs_address key = address(i);

		for (uint32_t n = 0; n < i; n++)
			top_add(top, &key, 80, 10);
	}
	assert_int_equal(top_largest(top, largest), TOP_SHOWN);
	for (uint32_t i = 0; i < TOP_SHOWN; i++) {
		assert_int_equal(largest[i].address.octets[3], 8 - i);
		assert_int_equal(largest[i].count, (8 - i) * 10);
		assert_int_equal(largest[i].connections, 8 - i);
		assert_int_equal(largest[i].error, 0);
	}
	free(top);
}

static void heavy_keys_survive_a_crowd(void **state)
{
	struct top_entry largest[TOP_SHOWN];
	struct top *top = malloc(sizeof(*top));
	struct tcphs_address heavy = address(1);
	size_t count;

	(void)state;
	assert_non_null(top);
	top_init(top);
	for (uint32_t i = 0; i < 300000; i++) {
		struct tcphs_address other = address(1000 + i);

		top_add(top, &other, 0, 1);
		if (i % 10 == 0)
			top_add(top, &heavy, 0, 1);
	}
	count = top_largest(top, largest);
	assert_true(count >= 1);
	assert_int_equal(largest[0].address.octets[3], 1);
	assert_true(largest[0].count >= 30000);
	assert_true(largest[0].count - largest[0].error <= 30000);
	free(top);
}

/* Who took another's place, and with it that one's count, is not ranked by it. */
static void a_lent_count_ranks_nobody(void **state)
{
	struct top_entry largest[TOP_SHOWN];
	struct top *top = malloc(sizeof(*top));

	(void)state;
	assert_non_null(top);
	top_init(top);
	for (uint32_t i = 1; i < 3 * TOP_SETS * TOP_WAYS; i++) {
		struct tcphs_address key = address(i);

		top_add(top, &key, 0, i == 5 ? 50000 : 1000);
	}
	for (uint32_t i = 0; i < TOP_SETS / 8; i++) {
		struct tcphs_address late = address(100000 + i);

		top_add(top, &late, 0, 49000); /* counted as more, with what it took over */
	}
	assert_true(top_largest(top, largest) >= 1);
	assert_int_equal(largest[0].address.octets[3], 5);
	assert_int_equal(top_sure(&largest[0]), 50000);
	free(top);
}

/* None of them is known to be larger than those that had no room. */
static void none_of_a_crowd_is_the_largest(void **state)
{
	struct top_entry largest[TOP_SHOWN];
	struct top *top = malloc(sizeof(*top));

	(void)state;
	assert_non_null(top);
	top_init(top);
	for (uint32_t i = 0; i < 300000; i++) {
		struct tcphs_address key = address(i % 10000);

		top_add(top, &key, 0, 1000 + i % 7);
	}
	assert_int_equal(top_largest(top, largest), 0);
	free(top);
}

/* ---- two halves ----------------------------------------------------------------------- */

static void joined_counts_are_those_of_one(void **state)
{
	struct top_entry largest[2][TOP_SHOWN];
	struct top *top[3];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		top[i] = malloc(sizeof(*top[i]));
		assert_non_null(top[i]);
		top_init(top[i]);
	}
	for (uint32_t i = 0; i < 1000; i++) {
		struct tcphs_address key = address(i * i % 37);

		top_add(top[0], &key, 80, i);
		top_add(top[1 + (i < 300)], &key, 80, i);
	}
	top_join(top[1], top[2]);
	assert_int_equal(top_largest(top[0], largest[0]), TOP_SHOWN);
	assert_int_equal(top_largest(top[1], largest[1]), TOP_SHOWN);
	assert_memory_equal(largest[0], largest[1], sizeof(largest[0]));
	for (size_t i = 0; i < 3; i++)
		free(top[i]);
}

/* One key that has most of what both count, and one that the first half gave up and the second
 * holds: neither count is too low, nor too high by more than its error. */
static void joined_counts_keep_their_bounds(void **state)
{
	static const uint64_t once = 40000;
	struct top_entry largest[TOP_SHOWN];
	struct tcphs_address heavy = address(1), late = address(2);
	struct top *top[2];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		top[i] = malloc(sizeof(*top[i]));
		assert_non_null(top[i]);
		top_init(top[i]);
		top_add(top[i], &late, 0, i == 0 ? 1 : 20000);
		for (uint32_t k = 0; k < once; k++) {
			struct tcphs_address other = address(1000 + k);

			top_add(top[i], &other, 0, 1);
			top_add(top[i], &heavy, 0, 1);
		}
	}
	top_join(top[0], top[1]);
	assert_true(top_largest(top[0], largest) >= 2);
	assert_int_equal(largest[0].address.octets[3], 1);
	assert_true(largest[0].count >= 2 * once &&
	            largest[0].count - largest[0].error <= 2 * once);
	assert_int_equal(largest[1].address.octets[3], 2);
	assert_true(largest[1].count >= 20001 && largest[1].error > 0);
	assert_true(largest[1].count - largest[1].error <= 20001);
	free(top[0]);
	free(top[1]);
}

static void joined_times_are_those_of_one(void **state)
{
	static const int64_t counts[] = {12, TIMES_EXACT - 1, TIMES_EXACT + 1, 20000};

	(void)state;
	for (size_t n = 0; n < sizeof(counts) / sizeof(counts[0]); n++) {
		struct times *times[3];

		for (size_t i = 0; i < 3; i++)
			times[i] = calloc(1, sizeof(*times[i]));
		for (int64_t i = 0; i < counts[n]; i++) {
			int64_t value = i * i % 10007 * MS;

			times_add(times[0], value);
			times_add(times[1 + i % 3 / 2], value);
		}
		times_join(times[1], times[2]);
		assert_memory_equal(times[0]->bucket, times[1]->bucket, sizeof(times[0]->bucket));
		assert_true(times[0]->count == times[1]->count &&
		            times[0]->least == times[1]->least &&
		            times[0]->greatest == times[1]->greatest);
		for (int percent = 0; percent <= 100; percent++)
			assert_true(times_percentile(times[0], percent) ==
			            times_percentile(times[1], percent));
		for (size_t i = 0; i < 3; i++)
			free(times[i]);
	}
}

/* ---- groups --------------------------------------------------------------------------- */

static struct tcphs_connection failure(enum tcphs_open_kind kind, uint32_t client, uint32_t server,
                                       uint16_t port)
{
	struct tcphs_connection connection = {.open = {.kind = (uint8_t)kind}};

	connection.end[TCPHS_CLIENT].address = address(client);
	connection.end[TCPHS_SERVER].address = address(server);
	connection.end[TCPHS_SERVER].port = port;
	return connection;
}

static void equal_failures_are_one_line(void **state)
{
	struct tcphs_connection connection[3000];
	struct groups *groups = groups_new(0);
	char text[256];
	size_t first = 0, further = 0, alone = 0;

	(void)state;
	assert_non_null(groups);
	/* A scan of one host, a refused pair to one port, a single one, and one that worked. */
	for (uint16_t i = 0; i < 2838; i++)
		connection[i] =
		    failure(TCPHS_OPEN_NO_ANSWER, 0xc0000207, 0x0a000001, (uint16_t)(i + 1));
	connection[2838] = failure(TCPHS_OPEN_REFUSED, 0x0a000005, 0x0a000006, 81);
	connection[2839] = failure(TCPHS_OPEN_REFUSED, 0x0a000007, 0x0a000006, 81);
	connection[2840] = failure(TCPHS_OPEN_HALF, 0x0a000008, 0x0a000009, 80);
	connection[2841] = failure(TCPHS_OPEN_THREE_WAY, 0xc0000207, 0x0a000001, 80);
	for (size_t i = 0; i < 2842; i++)
		assert_true(groups_count(groups, &connection[i]));
	for (size_t i = 0; i < 2842; i++) {
		enum group_place place = groups_place(groups, &connection[i], text, sizeof(text));

		first += place == GROUP_FIRST;
		further += place == GROUP_FURTHER;
		alone += place == GROUP_ALONE;
		if (i == 0)
			assert_string_equal(
			    text, "2,838 unanswered SYNs from 192.0.2.7 to 10.0.0.1, many ports");
		if (i == 2838)
			assert_string_equal(
			    text, "2 refused connections from many hosts to 10.0.0.6, port 81");
	}
	assert_int_equal(first, 2);
	assert_int_equal(further, 2838);
	assert_int_equal(alone, 2);
	groups_free(groups);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(percentiles_are_within_three_percent),
	    cmocka_unit_test(few_percentiles_are_exact),
	    cmocka_unit_test(one_time_is_itself),
	    cmocka_unit_test(histograms_lose_nothing),
	    cmocka_unit_test(few_keys_are_counted_exactly),
	    cmocka_unit_test(heavy_keys_survive_a_crowd),
	    cmocka_unit_test(a_lent_count_ranks_nobody),
	    cmocka_unit_test(none_of_a_crowd_is_the_largest),
	    cmocka_unit_test(joined_counts_are_those_of_one),
	    cmocka_unit_test(joined_counts_keep_their_bounds),
	    cmocka_unit_test(joined_times_are_those_of_one),
	    cmocka_unit_test(equal_failures_are_one_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
