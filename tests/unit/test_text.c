/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/bounded.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void test_text_grows(void **state)
{
	struct text text = {0};

	(void)state;
	for (int i = 0; i < 1000; i++)
		text_addf(&text, "%d,", i);
	text_add(&text, "end");
	assert_false(text.failed);
	assert_int_equal(text.length, strlen(text.data));
	assert_int_equal(text.length, 10 * 2 + 90 * 3 + 900 * 4 + 3);
	text_clear(&text);
	assert_int_equal(strlen(text.data), 0);
	text_free(&text);
	assert_null(text.data);
}

static void test_bounded_counts_past_the_end(void **state)
{
	char room[8];
	struct bounded out = bounded_start(room, sizeof(room));

	(void)state;
	bounded_add(&out, "abc");
	bounded_addf(&out, "%d", 12345678);
	bounded_add(&out, "x");
	assert_int_equal(bounded_end(&out), 12);
	assert_string_equal(room, "abc1234");
}

static void test_bounded_keeps_utf8_whole(void **state)
{
	char room[6];
	struct bounded out = bounded_start(room, sizeof(room));

	(void)state;
	bounded_add(&out, "ab\xe2\x9c\x93\xe2\x9c\x97"); /* ab✓✗ */
	assert_int_equal(bounded_end(&out), 8);
	assert_string_equal(room, "ab\xe2\x9c\x93");
	out = bounded_start(room, 5);
	bounded_add(&out, "ab\xe2\x9c\x93");
	bounded_end(&out);
	assert_string_equal(room, "ab");
}

static void test_bounded_without_room(void **state)
{
	struct bounded out = bounded_start(NULL, 0);

	(void)state;
	bounded_addf(&out, "%s", "four");
	assert_int_equal(bounded_end(&out), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_text_grows),
	    cmocka_unit_test(test_bounded_counts_past_the_end),
	    cmocka_unit_test(test_bounded_keeps_utf8_whole),
	    cmocka_unit_test(test_bounded_without_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
