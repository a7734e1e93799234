/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/folds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct tcphs_connection failure(enum tcphs_open_kind kind, uint32_t client, uint32_t server,
                                       uint16_t port)
{
	struct tcphs_connection connection = {.open.kind = (uint8_t)kind, .packets = 2};
	uint32_t address[2] = {client, server};

	for (int side = 0; side < 2; side++) {
		connection.end[side].address.family = 4;
		for (size_t i = 0; i < 4; i++)
			connection.end[side].address.octets[i] =
			    (uint8_t)(address[side] >> (24 - 8 * i));
	}
	connection.end[TCPHS_SERVER].port = port;
	return connection;
}

static bool add(struct folds *folds, const struct tcphs_connection *connection, uint32_t id)
{
	struct tcphs_connection with_id = *connection;

	with_id.id = id;
	return folds_add(folds, &with_id);
}

static void gone(struct folds *folds)
{
	while (!folds_discard(folds))
		;
}

static void says(const struct folds *folds, uint32_t id, const char *words, const char *query)
{
	const struct fold *fold = folds_at(folds, id);
	char text[200];

	assert_non_null(fold);
	fold_text(fold, false, text, sizeof(text));
	assert_string_equal(text, words);
	assert_true(fold_text(fold, true, text, sizeof(text)) < strlen(words));
	assert_int_equal(strtoul(text, NULL, 10), strtoul(words, NULL, 10));
	assert_string_equal(strstr(text, " from "), strstr(words, " from "));
	fold_query(fold, text, sizeof(text));
	assert_string_equal(text, query);
}

#define HOST UINT32_C(0xC0000200) /* 192.0.2.0 */

static void a_scan_is_one_row(void **state)
{
	struct folds *folds = folds_new(0);
	struct tcphs_connection first = failure(TCPHS_OPEN_REFUSED, HOST + 7, HOST + 1, 1);

	(void)state;
	assert_true(add(folds, &first, 0));
	assert_null(folds_at(folds, 0)); /* one is no group */
	for (uint32_t i = 1; i < 3000; i++) {
		struct tcphs_connection next =
		    failure(TCPHS_OPEN_REFUSED, HOST + 7, HOST + 1, (uint16_t)(i + 1));

		assert_false(add(folds, &next, i));
		assert_null(folds_at(folds, i));
	}
	says(folds, 0, "3,000 refused connections from 192.0.2.7 to 192.0.2.1, many ports",
	     "client:192.0.2.7 open:refused");
	assert_int_equal(folds_at(folds, 0)->packets, 6000);
	gone(folds);
}

/* Forged sources: each of them fails once, all at one port. */
static void a_flood_is_one_row(void **state)
{
	struct folds *folds = folds_new(0);

	(void)state;
	for (uint32_t i = 0; i < 100000; i++) {
		struct tcphs_connection next = failure(TCPHS_OPEN_HALF, i + 1, HOST + 1, 80);

		assert_int_equal(add(folds, &next, i), i == 0);
	}
	says(folds, 0, "100,000 half-open connections from many hosts to 192.0.2.1:http",
	     "server:192.0.2.1:80 open:half-open");
	gone(folds);
}

static void the_larger_group_takes_what_fits_both(void **state)
{
	struct folds *folds = folds_new(0);
	struct tcphs_connection scan = failure(TCPHS_OPEN_NO_ANSWER, HOST + 7, HOST + 1, 1);
	struct tcphs_connection flood = failure(TCPHS_OPEN_NO_ANSWER, HOST + 20, HOST + 2, 80);
	struct tcphs_connection both = failure(TCPHS_OPEN_NO_ANSWER, HOST + 7, HOST + 2, 80);
	struct tcphs_connection other = failure(TCPHS_OPEN_REFUSED, HOST + 7, HOST + 2, 80);

	(void)state;
	add(folds, &scan, 0);
	scan.end[TCPHS_SERVER].port = 2;
	add(folds, &scan, 1);
	for (uint32_t i = 2; i < 5; i++) {
		flood.end[TCPHS_CLIENT].address.octets[3] = (uint8_t)(20 + i);
		add(folds, &flood, i);
	}
	assert_false(add(folds, &both, 5));
	assert_true(add(folds, &other, 6)); /* another kind is another group */
	flood.end[TCPHS_CLIENT].address.octets[3] = 22;
	assert_int_equal(folds_at(folds, 2)->count, 4);
	scan.end[TCPHS_SERVER].port = 1;
	assert_int_equal(folds_at(folds, 0)->count, 2);
	gone(folds);
}

/* The same two ends again and again: nothing tells yet whose fault it is. */
static void the_same_pair_is_named_whole(void **state)
{
	struct folds *folds = folds_new(0);
	struct tcphs_connection again = failure(TCPHS_OPEN_NO_ANSWER, HOST + 7, HOST + 1, 443);

	(void)state;
	for (uint32_t i = 0; i < 3; i++)
		add(folds, &again, i);
	says(folds, 0, "3 unanswered SYNs from 192.0.2.7 to 192.0.2.1:https",
	     "client:192.0.2.7 server:192.0.2.1:443 open:no-answer");
	gone(folds);
}

static void what_went_well_is_not_folded(void **state)
{
	struct folds *folds = folds_new(0);
	struct tcphs_connection well = failure(TCPHS_OPEN_THREE_WAY, HOST + 7, HOST + 1, 80);

	(void)state;
	assert_true(add(folds, &well, 0));
	assert_true(add(folds, &well, 1));
	assert_null(folds_at(folds, 0));
	gone(folds);
	gone(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_scan_is_one_row),
	    cmocka_unit_test(a_flood_is_one_row),
	    cmocka_unit_test(the_larger_group_takes_what_fits_both),
	    cmocka_unit_test(the_same_pair_is_named_whole),
	    cmocka_unit_test(what_went_well_is_not_folded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
