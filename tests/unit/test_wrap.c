/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/wrap.h"

static void breaks_at_spaces(void **state)
{
	struct text out = {0};

	(void)state;
	wrap_add(&out, "one two three\nfour", 2, 9);
	assert_string_equal(out.data, "  one two\n  three\n  four\n");
	text_free(&out);
}

static void long_words_stay_whole(void **state)
{
	struct text out = {0};

	(void)state;
	wrap_add(&out, "a incomprehensible b", 0, 5);
	assert_string_equal(out.data, "a\nincomprehensible\nb\n");
	text_free(&out);
}

static void cells_not_octets(void **state)
{
	struct text out = {0};

	(void)state;
	wrap_add(&out, "§§§ §§§", 0, 7);
	assert_string_equal(out.data, "§§§ §§§\n");
	text_clear(&out);
	text_add(&out, "kept │\n");
	wrap_add(&out, "│ §3.4", 0, 20);
	wrap_to_ascii(&out, 9);
	assert_string_equal(out.data, "kept │\n| sec. 3.4\n");
	text_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(breaks_at_spaces),
	    cmocka_unit_test(long_words_stay_whole),
	    cmocka_unit_test(cells_not_octets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
