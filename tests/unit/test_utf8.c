/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static void decodes_and_encodes(void **state)
{
	static const uint32_t some[] = {0x41,   0x7F,   0x80,    0x7FF,   0x800,
	                                0x2713, 0xFFFF, 0x10000, 0x10FFFF};

	(void)state;
	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
		char text[4];
		uint32_t back;
		size_t size = utf8_put(some[i], text);

		assert_int_equal(utf8_next(text, size, &back), size);
		assert_int_equal(back, some[i]);
		if (size > 1) { /* cut short */
			assert_int_equal(utf8_next(text, size - 1, &back), 1);
			assert_int_equal(back, UTF8_REPLACEMENT);
		}
	}
}

static void refuses_what_is_not_utf8(void **state)
{
	static const char *const bad[] = {"\x80",         "\xC0\x80",     "\xC1\xBF",
	                                  "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
	                                  "\xFF",         "\xE2\x28\xA1"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		uint32_t character;

		assert_int_equal(utf8_next(bad[i], strlen(bad[i]), &character), 1);
		assert_int_equal(character, UTF8_REPLACEMENT);
	}
}

static void measures_cells(void **state)
{
	size_t used;

	(void)state;
	assert_int_equal(utf8_columns("a → b ✓", strlen("a → b ✓")), 7);
	assert_int_equal(utf8_columns("e\xCC\x81", 3), 1);
	assert_int_equal(utf8_columns("日本", 6), 4);
	assert_int_equal(utf8_fit("日本", 6, 3, &used), 3);
	assert_int_equal(used, 2);
	assert_int_equal(utf8_width(0x1B), 0);
}

static void has_ascii(void **state)
{
	(void)state;
	assert_string_equal(utf8_ascii(0x2713), "ok");
	assert_string_equal(utf8_ascii('~'), "~");
	assert_string_equal(utf8_ascii(' '), " ");
	assert_string_equal(utf8_ascii(0x65E5), "?");
	assert_string_equal(utf8_ascii(0x1B), "?");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(decodes_and_encodes),
	    cmocka_unit_test(refuses_what_is_not_utf8),
	    cmocka_unit_test(measures_cells),
	    cmocka_unit_test(has_ascii),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
