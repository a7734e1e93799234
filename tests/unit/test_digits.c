/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/digits.h"
#include "base/nearest.h"
#include "base/units.h"

static void numbers_are_printfs(void **state)
{
	char digits[DIGITS_U64 + 1], expected[32];
	uint64_t value = 0;

	(void)state;
	for (unsigned bit = 0; bit <= 64; bit++) {
		for (int64_t near = -2; near <= 2; near++) {
			uint64_t number = (bit < 64 ? UINT64_C(1) << bit : 0) + (uint64_t)near;

			*digits_u64(digits, number) = '\0';
			snprintf(expected, sizeof(expected), "%" PRIu64, number);
			assert_string_equal(digits, expected);
		}
	}
	for (value = 1; value < UINT64_MAX / 10; value *= 10) {
		*digits_u64(digits, value - 1) = '\0';
		snprintf(expected, sizeof(expected), "%" PRIu64, value - 1);
		assert_string_equal(digits, expected);
	}
}

static void seconds_have_no_zeros_at_the_end(void **state)
{
	static const struct {
		int64_t nanoseconds;
		const char *text;
	} cases[] = {
	    {0, "0"},
	    {1, "0.000000001"},
	    {188119000, "0.188119"},
	    {500000000, "0.5"},
	    {INT64_C(12000000000), "12"},
	    {INT64_C(12000000010), "12.00000001"},
	    {-500000000, "-0.5"},
	    {INT64_MAX, "9223372036.854775807"},
	    {INT64_MIN, "-9223372036.854775808"},
	};
	char text[DIGITS_SECONDS + 1];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *end = digits_seconds(text, cases[i].nanoseconds);

		assert_true(end - text <= DIGITS_SECONDS);
		*end = '\0';
		assert_string_equal(text, cases[i].text);
	}
}

static void check_instant(int64_t seconds, int64_t fraction)
{
	char text[DIGITS_INSTANT + 1], day[32], expected[64];
	time_t when = (time_t)seconds;
	struct tm tm;

	*digits_instant(text, seconds * INT64_C(1000000000) + fraction) = '\0';
	assert_non_null(gmtime_r(&when, &tm));
	strftime(day, sizeof(day), "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(expected, sizeof(expected), "%s.%09" PRId64 "Z", day, fraction);
	assert_string_equal(text, expected);
}

static void instants_are_gmtimes(void **state)
{
	(void)state;
	for (int64_t day = -100000; day <= 100000; day += 37) {
		check_instant(day * 86400, 0);
		check_instant(day * 86400 - 1, 999999999);
		check_instant(day * 86400 + 45296, 123456789);
	}
	/* The days around a leap day, in years that have one and years that do not. */
	for (int64_t day = 11010; day < 11020; day++) /* 2000-02-28 is 11015 */
		check_instant(day * 86400, 1);
	for (int64_t day = 47535; day < 47545; day++) /* 2100-02-28 is 47540 */
		check_instant(day * 86400, 1);
}

static void addresses_are_inet_ntops(void **state)
{
	static const char *const texts[] = {"0.0.0.0",           "10.0.0.1", "192.0.2.100",
	                                    "255.255.255.255",   "::",       "::1",
	                                    "2001:db8::1:0:0:1", "fe80::1",  "::ffff:192.0.2.1"};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct tcphs_address address = {.family = strchr(texts[i], ':') != NULL ? 6 : 4};
		char text[DIGITS_ADDRESS + 1];

		assert_int_equal(
		    inet_pton(address.family == 6 ? AF_INET6 : AF_INET, texts[i], address.octets),
		    1);
		*digits_address(text, &address) = '\0';
		assert_string_equal(text, texts[i]);
	}
}

static void sizes_as_people_type_them(void **state)
{
	static const struct {
		const char *text;
		uint64_t kilo, size; /* UINT64_MAX: wrong */
	} cases[] = {
	    {"0", 1000, 0},
	    {"1000", 1000, 1000},
	    {"20k", 1000, 20000},
	    {"1M", 1024, 1048576},
	    {"1MB", 1024, 1048576},
	    {"1MiB", 1024, 1048576},
	    {"1.5k", 1000, 1500},
	    {"1.5K", 1024, 1536},
	    {"0.25G", 1000, 250000000},
	    {"2t", 1000, 2000000000000},
	    {"", 1000, UINT64_MAX},
	    {"k", 1000, UINT64_MAX},
	    {"1x", 1000, UINT64_MAX},
	    {"1.", 1000, UINT64_MAX},
	    {"1.2.3", 1000, UINT64_MAX},
	    {"-1", 1000, UINT64_MAX},
	    {"99999999999999999999", 1000, UINT64_MAX},
	    {"99999999T", 1024, UINT64_MAX},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint64_t size = UINT64_MAX;
		bool right =
		    units_parse_size(cases[i].text, strlen(cases[i].text), cases[i].kilo, &size);

		if (right != (cases[i].size != UINT64_MAX) || (right && size != cases[i].size))
			fail_msg("'%s' is %" PRIu64, cases[i].text, size);
	}
}

static void durations_as_people_type_them(void **state)
{
	static const struct {
		const char *text;
		int64_t nanoseconds; /* -1: wrong */
	} cases[] = {
	    {"100ms", 100000000},
	    {"1.5s", 1500000000},
	    {"2", 2000000000},
	    {"0.12", 120000000},
	    {"250us", 250000},
	    {"7ns", 7},
	    {"1m", 60000000000},
	    {"1min", 60000000000},
	    {"1h", 3600000000000},
	    {"1d", 86400000000000},
	    {"\xc2\xb5s", -1},
	    {"3\xc2\xb5s", 3000},
	    {"ms", -1},
	    {"1 ms", -1},
	    {"1parsec", -1},
	    {"", -1},
	    {"999999999d", -1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t value = -1;
		bool right = units_parse_duration(cases[i].text, strlen(cases[i].text), &value);

		if (right != (cases[i].nanoseconds >= 0) ||
		    (right && value != cases[i].nanoseconds))
			fail_msg("'%s' is %" PRId64, cases[i].text, value);
	}
}

static size_t distance(const char *a, const char *b)
{
	return nearest_distance(a, strlen(a), b, strlen(b));
}

static void distances(void **state)
{
	(void)state;
	assert_int_equal(distance("list", "list"), 0);
	assert_int_equal(distance("", "list"), 4);
	assert_int_equal(distance("lst", "list"), 1);
	assert_int_equal(distance("lits", "list"), 1); /* neighbours swapped */
	assert_int_equal(distance("check", "chekc"), 1);
	assert_int_equal(distance("kitten", "sitting"), 3);
	assert_int_equal(distance("show", "list"), 4);
	assert_true(distance("x", "0123456789012345678901234567890123456789") == SIZE_MAX);
	assert_true(nearest_is_near(1, 4));
	assert_false(nearest_is_near(2, 4));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers_are_printfs),
	    cmocka_unit_test(seconds_have_no_zeros_at_the_end),
	    cmocka_unit_test(instants_are_gmtimes),
	    cmocka_unit_test(addresses_are_inet_ntops),
	    cmocka_unit_test(sizes_as_people_type_them),
	    cmocka_unit_test(durations_as_people_type_them),
	    cmocka_unit_test(distances),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
