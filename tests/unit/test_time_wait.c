/* SPDX-License-Identifier: BSD-3-Clause */
/* How much of a TIME-WAIT is left: which segments begin it anew. */
#include "ladder_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <tcphs/ladder.h>

static void explain_last(const struct tcphs_ladder *ladder, char *text, size_t size)
{
	size_t last = ladder->lines - 1;

	while (ladder->line[last].kind != TCPHS_LINE_SEGMENT)
		last--;
	tcphs_ladder_explain(ladder, last, false, text, size);
}

struct wait_case {
	const char *what;
	enum tcphs_side from;
	uint16_t flags;
	enum tcphs_fate fate;
	int seconds; /* after the row that begins the client's TIME-WAIT; the ladder ends a second
	                later */
	const char *expected;
	enum tcphs_side last; /* who sent the last row */
};

/* The close's last row, a segment of the case, and a second later an ACK: what is
 * told of the last. */
static void expect_wait(const struct tcphs_analysis *textbook, const struct wait_case *wait)
{
	struct tcphs_analysis analysis = *textbook;
	struct tcphs_ladder ladder = {0};
	struct tcphs_row *added;
	char text[4096];

	analysis.row = calloc(analysis.rows + 2, sizeof(*analysis.row));
	assert_non_null(analysis.row);
	memcpy(analysis.row, textbook->row, analysis.rows * sizeof(*analysis.row));
	added = &analysis.row[analysis.rows];
	analysis.rows += 2;
	added[0] = added[1] = added[-1];
	added[0].rule[TCPHS_CLIENT] = added[1].rule[TCPHS_CLIENT] = NULL;
	added[0].from = (uint8_t)wait->from;
	added[1].from = (uint8_t)wait->last;
	added[0].flags = wait->flags;
	added[0].fate = (uint8_t)wait->fate;
	added[0].time += wait->seconds * INT64_C(1000000000);
	added[1].time = added[0].time + INT64_C(1000000000);
	assert_true(tcphs_ladder_build(&ladder, &analysis, NULL));
	explain_last(&ladder, text, sizeof(text));
	if (strstr(text, wait->expected) == NULL)
		fail_msg("%s: no \"%s\" in:\n%s", wait->what, wait->expected, text);
	tcphs_ladder_free(&ladder);
	free(analysis.row);
}

static void test_time_wait(void **state)
{
	static const struct wait_case waits[] = {
	    {"its own ACK changes nothing: what it answers does", TCPHS_CLIENT, TCPHS_ACK,
	     TCPHS_DELIVERED, 9,
	     " Of its 240 s (2 MSL) 3m 50s are left, of the 60 s of Linux 50 s.", TCPHS_CLIENT},
	    {"what has neither FIN nor ACK changes nothing", TCPHS_SERVER, TCPHS_PSH,
	     TCPHS_DELIVERED, 9,
	     " Of its 240 s (2 MSL) 3m 50s are left, of the 60 s of Linux 50 s.", TCPHS_CLIENT},
	    {"the 60 s are over", TCPHS_SERVER, TCPHS_PSH, TCPHS_DELIVERED, 59,
	     " Of its 240 s (2 MSL) 3m 00s are left; the 60 s of Linux are over", TCPHS_CLIENT},
	    {"the 240 s are over", TCPHS_SERVER, TCPHS_PSH, TCPHS_DELIVERED, 239,
	     " Its 240 s are over, but it still speaks: it waits on.", TCPHS_CLIENT},
	    {"the 240 s are over, and the other side speaks", TCPHS_SERVER, TCPHS_PSH,
	     TCPHS_DELIVERED, 239, " Its 240 s are over: it is CLOSED by now", TCPHS_SERVER},
	    {"a repeated FIN begins both anew", TCPHS_SERVER, TCPHS_FIN | TCPHS_ACK,
	     TCPHS_DELIVERED, 9,
	     " Of its 240 s (2 MSL) 3m 59s are left, of the 60 s of Linux 59 s.", TCPHS_CLIENT},
	    {"a FIN that is lost begins none", TCPHS_SERVER, TCPHS_FIN | TCPHS_ACK, TCPHS_LOST, 9,
	     " Of its 240 s (2 MSL) 3m 50s are left, of the 60 s of Linux 50 s.", TCPHS_CLIENT},
	    {"another ACK begins that of Linux", TCPHS_SERVER, TCPHS_ACK, TCPHS_DELIVERED, 9,
	     " Of its 240 s (2 MSL) 3m 50s are left, of the 60 s of Linux 59 s.", TCPHS_CLIENT},
	    {"a RST that moved nothing", TCPHS_SERVER, TCPHS_RST | TCPHS_ACK, TCPHS_IGNORED, 9,
	     " Of its 240 s (2 MSL) 3m 50s are left, of the 60 s of Linux 50 s.", TCPHS_CLIENT},
	};
	struct tcphs_analysis analysis;
	struct tcphs_ladder ladder = {0};
	char text[4096];

	(void)state;
	fixture_textbook(&analysis);
	assert_int_equal(analysis.row[analysis.rows - 1].state[TCPHS_CLIENT], TCPHS_TIME_WAIT);
	assert_true(tcphs_ladder_build(&ladder, &analysis, NULL));
	explain_last(&ladder, text, sizeof(text));
	if (strstr(text, " It has just begun: 2 MSL, 240 s by the RFC, 60 s with Linux.") == NULL)
		fail_msg("how long it lasts is not in:\n%s", text);
	tcphs_ladder_free(&ladder);
	for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++)
		expect_wait(&analysis, &waits[i]);
	fixture_free(&analysis);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_time_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
