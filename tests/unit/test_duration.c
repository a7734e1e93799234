/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/duration.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static const struct {
	int64_t nanoseconds;
	const char *text;
} cases[] = {
    {-1, "-"},
    {0, "0s"},
    {640, "640ns"},
    {999, "999ns"},
    {1000, "1us"},
    {21000, "21us"},
    {999600, "1ms"},
    {11128000, "11.1ms"},
    {9996000, "10ms"},
    {5902000, "5.90ms"},
    {1020000000, "1.02s"},
    {59400000000, "59.4s"},
    {59600000000, "1m00s"},
    {200000000000, "3m20s"},
    {3600000000000, "1h00m"},
    {90061000000000, "1d01h"},
};

static void test_durations(void **state)
{
	char text[32];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		duration_text(cases[i].nanoseconds, "", text, sizeof(text));
		assert_string_equal(text, cases[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_durations)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
