/* SPDX-License-Identifier: BSD-3-Clause */
/* What is drawn where the font of a console lacks a character. */
#include "tui/font.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

static void test_any_terminal(void **state)
{
	struct font font;
	int pipes[2];

	(void)state;
	assert_int_equal(pipe(pipes), 0);
	font_ask(&font, pipes[1]);
	assert_int_equal(font_character(&font, 0x2717), 0x2717);
	assert_int_equal(font_character(NULL, 0x2717), 0x2717);
	font_free(&font);
	close(pipes[0]);
	close(pipes[1]);
}

/* Some of code page 437. */
static void test_console(void **state)
{
	uint16_t characters[] = {0x00B7, 0x2192, 0x221A, 0x2500, 0x2588, 0x25B6};
	struct font font = {characters, sizeof(characters) / sizeof(characters[0])};

	(void)state;
	for (size_t i = 0; i < font.count; i++)
		assert_int_equal(font_character(&font, characters[i]), characters[i]);
	assert_int_equal(font_character(&font, 'x'), 'x');
	assert_int_equal(font_character(&font, 0x2713), 0x221A); /* ✓ √ */
	assert_int_equal(font_character(&font, 0x2717), 'x');
	assert_int_equal(font_character(&font, 0x21B5), '<');
	assert_int_equal(font_character(&font, 0x250A), ':');
	assert_int_equal(font_character(&font, 0x2026), '~');
	font.count = 1;
	assert_int_equal(font_character(&font, 0x2713), '+');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_any_terminal),
	    cmocka_unit_test(test_console),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
