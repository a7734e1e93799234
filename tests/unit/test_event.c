/* SPDX-License-Identifier: BSD-3-Clause */
/* The 48 bits that an event has for its time hold what a connection of days needs. */
#include "model/event.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#define HOUR (INT64_C(3600) * 1000000000)
#define DAY  (24 * HOUR)

static int64_t there_and_back(int64_t behind)
{
	struct event event = {0};

	event_set_time(&event, behind);
	return event_time(&event);
}

static void nanoseconds_up_to_nineteen_hours(void **state)
{
	const int64_t exact[] = {0, 1, 999999999, UINT32_MAX, HOUR, 19 * HOUR + 12345, -1, -5 * HOUR};

	(void)state;
	for (size_t i = 0; i < sizeof(exact) / sizeof(exact[0]); i++)
		assert_int_equal(there_and_back(exact[i]), exact[i]);
}

static void microseconds_beyond(void **state)
{
	const int64_t long_ones[] = {20 * HOUR, 39 * HOUR, 40 * HOUR, 7 * DAY + 1, 365 * DAY, 800 * DAY};

	(void)state;
	for (size_t i = 0; i < sizeof(long_ones) / sizeof(long_ones[0]); i++) {
		int64_t lost = long_ones[i] - there_and_back(long_ones[i]);

		assert_true(lost >= 0 && lost < 1024);
	}
}

static void never_out_of_order(void **state)
{
	const int64_t fine = INT64_C(1) << (EVENT_TIME_BITS - 2);
	int64_t before = INT64_MIN;

	(void)state;
	for (int64_t behind = fine - 5000; behind < fine + 5000; behind += 7) {
		assert_true(there_and_back(behind) >= before);
		before = there_and_back(behind);
	}
}

static void what_does_not_fit_is_bounded(void **state)
{
	(void)state;
	assert_true(there_and_back(INT64_MAX) >= 800 * DAY);
	assert_true(there_and_back(INT64_MIN) <= -38 * HOUR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nanoseconds_up_to_nineteen_hours),
		cmocka_unit_test(microseconds_beyond),
		cmocka_unit_test(never_out_of_order),
		cmocka_unit_test(what_does_not_fit_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
