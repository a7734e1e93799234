/* SPDX-License-Identifier: BSD-3-Clause */
/* The list's model in a live run: connections leave between a pass and the look at its rows. */
#include "segments.h"
#include "tui/clock.h"
#include "tui/rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dice.h"

#define SECOND INT64_C(1000000000)

struct run {
	struct tcphs_tracker *tracker;
	struct rows rows;
	uint64_t packet;
};

static void begin(struct run *run)
{
	struct tcphs_tracker_options options = {
	    .live = true, .seed = {1, 2}, .even = true, .max_memory = TCPHS_MEMORY_LEAST};

	*run = (struct run){.tracker = tcphs_tracker_new(&options)};
	assert_non_null(run->tracker);
	rows_init(&run->rows, run->tracker, NULL);
	run->rows.loading = false;
}

static void end(struct run *run)
{
	rows_free(&run->rows);
	tcphs_tracker_free(run->tracker);
}

/* SYNs of hosts in no order, a microsecond apart. */
static void flood(struct run *run, unsigned count)
{
	for (; count > 0; count--) {
		struct tcphs_segment s = segment_from(roll(UINT32_MAX), SYN, 1000, 0);

		s.packet = ++run->packet;
		s.time = (int64_t)s.packet * 1000;
		assert_true(tcphs_tracker_add(run->tracker, &s, 1));
	}
	rows_touch(&run->rows);
}

static void whole_pass(struct run *run)
{
	unsigned passes = run->rows.passes;

	while (run->rows.passes == passes)
		rows_work(&run->rows, clock_now() + SECOND);
}

static uint32_t client_of(const struct run *run, size_t index)
{
	struct tcphs_connection conn;
	uint32_t address = 0;

	tcphs_tracker_peek(run->tracker, index, &conn);
	for (size_t i = 0; i < 4; i++)
		address = address << 8 | conn.end[TCPHS_CLIENT].address.octets[i];
	return address;
}

/* Rows are in order of their clients, whoever has left. */
static size_t gone_of_sorted(const struct run *run)
{
	size_t gone = 0;
	uint32_t before = 0;

	for (size_t i = 0; i < rows_count(&run->rows); i++) {
		size_t index = rows_at(&run->rows, i);

		if (index == ROWS_GONE) {
			gone++;
			continue;
		}
		assert_true(client_of(run, index) >= before);
		before = client_of(run, index);
	}
	return gone;
}

static void test_sorted(void **state)
{
	struct run run;

	(void)state;
	begin(&run);
	rows_set_order(&run.rows, COL_CLIENT, false);
	flood(&run, 100000);
	whole_pass(&run);
	assert_int_equal(rows_count(&run.rows), tcphs_tracker_count(run.tracker));
	assert_int_equal(gone_of_sorted(&run), 0);
	flood(&run, 2000);
	assert_in_range(gone_of_sorted(&run), 500, 4000);
	end(&run);
}

/* A pass ends though more come than it looks at, and counts none twice. */
static void test_chase(void **state)
{
	struct run run;
	size_t held;

	(void)state;
	begin(&run);
	flood(&run, 100000);
	whole_pass(&run);
	run.rows.pass_ended = 0; /* the next is due */
	held = tcphs_tracker_count(run.tracker);
	for (unsigned steps = 0, passes = run.rows.passes; run.rows.passes == passes; steps++) {
		assert_true(steps < 100000);
		flood(&run, 100);
		rows_work(&run.rows, clock_now()); /* a step */
	}
	assert_in_range(rows_counts(&run.rows).all, 1, held);
	end(&run);
}

/* A group is shown at once, and stays when the one that stood for it has left. */
static void test_group(void **state)
{
	struct run run;

	(void)state;
	begin(&run);
	rows_set_grouped(&run.rows, true);
	flood(&run, 100000);
	whole_pass(&run);
	assert_int_equal(rows_count(&run.rows), 1);
	flood(&run, 100000);
	assert_int_equal(rows_at(&run.rows, 0), ROWS_GONE);
	assert_non_null(rows_fold(&run.rows, rows_id(&run.rows, 0)));
	assert_int_equal(rows_fold(&run.rows, rows_id(&run.rows, 0))->count,
	                 rows_counts(&run.rows).all);
	end(&run);
}

static struct tcphs_query *query_of(const char *text)
{
	struct tcphs_query *query = tcphs_query_compile(text, NULL, NULL, NULL);

	assert_non_null(query);
	return query;
}

/* While a query is typed the last answer stays until the next one has something; what was there
 * before is there again at once. */
static void test_typed(void **state)
{
	struct run run;
	size_t all, some;

	(void)state;
	begin(&run);
	run.rows.decoder = tcphs_decoder_new(NULL);
	rows_set_order(&run.rows, COL_CLIENT, false);
	flood(&run, 50000);
	whole_pass(&run);
	all = rows_count(&run.rows);
	rows_try_query(&run.rows, query_of("client:0.0.0.0/2"));
	assert_int_equal(rows_count(&run.rows), all);
	whole_pass(&run);
	some = rows_count(&run.rows);
	assert_in_range(some, all / 3, all - all / 3);
	rows_try_query(&run.rows, query_of("client:0.0.0.0/16"));
	assert_int_equal(rows_count(&run.rows), some);
	rows_work(&run.rows, clock_now());
	rows_try_query(&run.rows, query_of("port:1"));
	rows_restore(&run.rows, NULL);
	assert_int_equal(rows_count(&run.rows), all);
	assert_false(rows_is_new(&run.rows));
	assert_int_equal(rows_progress(&run.rows), -1); /* nothing is looked for again */
	rows_try_query(&run.rows, query_of("client:0.0.0.0/2"));
	whole_pass(&run);
	rows_keep(&run.rows);
	assert_int_equal(rows_count(&run.rows), some);
	assert_int_equal(gone_of_sorted(&run), 0);
	rows_restore(&run.rows, query_of("client:0.0.0.0/2")); /* nothing to bring back */
	assert_int_equal(rows_count(&run.rows), some);
	tcphs_decoder_free((struct tcphs_decoder *)run.rows.decoder);
	end(&run);
}

/* A part of an answer stays as well; and what was still being looked at goes on after it. */
static void test_typed_while_looking(void **state)
{
	struct run run;
	size_t part, all;
	struct pass *under_way;

	(void)state;
	begin(&run);
	run.rows.decoder = tcphs_decoder_new(NULL);
	run.rows.loading = true;
	rows_set_order(&run.rows, COL_CLIENT, false);
	flood(&run, 50000);
	for (int i = 0; i < 100; i++)
		rows_work(&run.rows, clock_now()); /* a step */
	part = rows_count(&run.rows);
	under_way = run.rows.next;
	all = tcphs_tracker_count(run.tracker);
	assert_in_range(part, 1, all - 1);
	rows_try_query(&run.rows, query_of("port:1"));
	assert_int_equal(rows_count(&run.rows), part);
	rows_work(&run.rows, clock_now());
	rows_try_query(&run.rows, query_of("port:12"));
	rows_restore(&run.rows, NULL);
	assert_int_equal(rows_count(&run.rows), part);
	assert_ptr_equal(run.rows.next, under_way);
	rows_try_query(&run.rows, query_of("port:1"));
	rows_loaded(&run.rows);
	rows_restore(&run.rows, NULL);
	assert_int_equal(rows_count(&run.rows), part);
	whole_pass(&run);
	assert_int_equal(rows_count(&run.rows), all);
	assert_int_equal(gone_of_sorted(&run), 0);
	tcphs_decoder_free((struct tcphs_decoder *)run.rows.decoder);
	end(&run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_sorted),
	    cmocka_unit_test(test_chase),
	    cmocka_unit_test(test_group),
	    cmocka_unit_test(test_typed),
	    cmocka_unit_test(test_typed_while_looking),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
