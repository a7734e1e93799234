/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "teach/expect.h"

static struct expect *compile(const char *text, struct tcphs_error *error)
{
	return expect_compile(text, strlen(text), "lab.expect", error);
}

/* Shows it connections of these kinds, with ids from 1. */
static void show(struct expect *expect, const enum tcphs_open_kind *kind, size_t count)
{
	expect_start(expect);
	for (size_t i = 0; i < count; i++) {
		struct tcphs_analysis analysis = {.connection = {.id = i + 1}};
		const struct tcphs_query_subject subject = {&analysis, "eth.ip"};

		analysis.connection.open.kind = (uint8_t)kind[i];
		expect_see(expect, &subject);
	}
}

static void kinds(void **state)
{
	static const enum tcphs_open_kind mixed[] = {TCPHS_OPEN_THREE_WAY, TCPHS_OPEN_REFUSED,
	                                             TCPHS_OPEN_THREE_WAY};
	struct expect *expect = compile("# a lab\n"
	                                "some open:refused\n"
	                                "\tevery open:three-way,refused # both\r\n"
	                                "every open:three-way\n"
	                                "no open:half-open\n"
	                                "no open:refused\n"
	                                "count 2 open:three-way\n"
	                                "count 3 open:three-way",
	                                NULL);
	static const bool verdict[] = {true, true, false, true, false, true, false};
	static const char *const reason[] = {
	    "connection 2 matches",        "connections 1, 2, 3 match",
	    "connection 2 does not match", "none of 3 connections matches",
	    "connection 2 matches",        "connections 1, 3 match",
	    "connections 1, 3 match",
	};
	char text[128];

	(void)state;
	assert_non_null(expect);
	assert_int_equal(expect->count, 7);
	show(expect, mixed, 3);
	for (size_t i = 0; i < 7; i++) {
		assert_int_equal(expect_holds(&expect->item[i]), verdict[i]);
		expect_reason(&expect->item[i], text, sizeof(text));
		assert_string_equal(text, reason[i]);
	}
	assert_string_equal(expect->item[1].text, "every open:three-way,refused");
	assert_int_equal(expect->item[1].line, 3);
	expect_free(expect);
}

/* Nothing captured is nothing shown: 'every' must not be met by an empty capture. */
static void empty_capture(void **state)
{
	struct expect *expect = compile(
	    "every open:three-way\nsome packets>0\nno open:refused\ncount 0 open:refused", NULL);
	char text[64];

	(void)state;
	assert_non_null(expect);
	show(expect, NULL, 0);
	assert_false(expect_holds(&expect->item[0]));
	assert_false(expect_holds(&expect->item[1]));
	assert_true(expect_holds(&expect->item[2]));
	assert_true(expect_holds(&expect->item[3]));
	expect_reason(&expect->item[0], text, sizeof(text));
	assert_string_equal(text, "there is no connection");
	expect_free(expect);
}

static void another_capture(void **state)
{
	static const enum tcphs_open_kind first[] = {TCPHS_OPEN_REFUSED},
	                                  second[] = {TCPHS_OPEN_HALF};
	struct expect *expect = compile("some open:refused", NULL);

	(void)state;
	show(expect, first, 1);
	assert_true(expect_holds(&expect->item[0]));
	show(expect, second, 1);
	assert_false(expect_holds(&expect->item[0]));
	expect_free(expect);
}

static void mistakes(void **state)
{
	struct tcphs_error error = {0};

	(void)state;
	assert_null(compile("", &error));
	assert_int_equal(error.status, TCPHS_USAGE);
	assert_null(compile("# only a comment\n", &error));
	assert_null(compile("\n\nmany open:refused\n", &error));
	assert_non_null(strstr(error.text, "lab.expect line 3"));
	assert_null(compile("count open:refused\n", &error));
	assert_null(compile("some open:refusd\n", &error));
	assert_non_null(strstr(error.text, "lab.expect line 1"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(kinds),
	    cmocka_unit_test(empty_capture),
	    cmocka_unit_test(another_capture),
	    cmocka_unit_test(mistakes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
