/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "base/escape.h"

static void expect(const char *octets, size_t count, const char *escaped)
{
	char *copy = escape_copy(octets, count);

	assert_non_null(copy);
	assert_string_equal(copy, escaped);
	free(copy);
}

static void ordinary_text_stays(void **state)
{
	(void)state;
	expect("", 0, "");
	expect("eth0 – Zürich 東京", strlen("eth0 – Zürich 東京"), "eth0 – Zürich 東京");
}

static void controls_are_spelled(void **state)
{
	(void)state;
	expect("a\x1b[2Jb\n", 7, "a\\x1b[2Jb\\x0a");
	expect("\xc2\x9b", 2, "\\xc2\\x9b"); /* C1 control sequence introducer */
	expect("\xe2\x80\xae"
	       "cba",
	       6,
	       "\\xe2\\x80\\xae"
	       "cba"); /* right-to-left override */
	expect("\0", 1, "\\x00");
	expect("a\\x", 3, "a\\\\x");
}

/* What is escaped for the screen is written to files as it was. */
static void undone_it_is_as_before(void **state)
{
	static const char *const texts[] = {
	    "", "eth0 – Zürich", "\\Device\\NPF_{0F}", "a\n\x1b[2J\xff", "\\x41", "\\\\x41\\",
	};
	char out[64];

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		char *escaped = escape_copy(texts[i], strlen(texts[i]));

		assert_non_null(escaped);
		assert_int_equal(escape_undo(out, sizeof(out), escaped), strlen(texts[i]));
		assert_memory_equal(out, texts[i], strlen(texts[i]));
		free(escaped);
	}
	assert_int_equal(escape_undo(out, 3, "ab\\\\cd"), 3);
	assert_memory_equal(out, "ab\\", 3);
}

static void damaged_utf8_is_spelled(void **state)
{
	(void)state;
	expect("\xff\xc3", 2, "\\xff\\xc3");
	expect("\xed\xa0\x80", 3, "\\xed\\xa0\\x80"); /* a surrogate */
	expect("\xef\xbf\xbd", 3, "\xef\xbf\xbd");    /* a replacement character proper */
}

static void long_text_is_cut_with_a_sign(void **state)
{
	char out[8];

	(void)state;
	escape_into(out, sizeof(out), "1234567");
	assert_string_equal(out, "1234567");
	escape_into(out, sizeof(out), "12345678");
	assert_string_equal(out, "1234…");
	escape_into(out, sizeof(out), "12\n45678");
	assert_string_equal(out, "12…");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ordinary_text_stays),
	    cmocka_unit_test(controls_are_spelled),
	    cmocka_unit_test(undone_it_is_as_before),
	    cmocka_unit_test(damaged_utf8_is_spelled),
	    cmocka_unit_test(long_text_is_cut_with_a_sign),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
