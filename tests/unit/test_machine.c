/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The state table against one written independently of it, from RFC 9293 Figure 5 and §3.10.
 * Every state × event pair is compared, those too that move nothing.
 */
#include "model/machine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The columns, in the order of enum machine_event: what an endpoint sends (SYN, SYN-ACK, another
 * segment, its first FIN, RST), what arrives (RST, RST at a passive end, SYN, SYN-ACK, ACK of SYN,
 * another segment, ACK of FIN, FIN), the proof that there is no connection, and 2 MSL of silence.
 */
static const char *const expected[TCPHS_STATE_COUNT] = {
    /*                      sends           | arrives                | none | 2 MSL */
    [TCPHS_UNKNOWN] = "SS SR ES F1 CL   CL CL SR ES -- ES -- CW   CL   --",
    [TCPHS_CLOSED] = "SS SR -- -- --   -- -- -- -- -- -- -- --   --   --",
    [TCPHS_LISTEN] = "SS SR -- -- CL   -- -- SR -- -- -- -- --   --   --",
    [TCPHS_SYN_SENT] = "-- SR ES -- CL   CL -- SR ES -- -- -- --   CL   --",
    [TCPHS_SYN_RECEIVED] = "-- -- ES F1 CL   CL LI -- ES ES -- -- CW   CL   --",
    [TCPHS_ESTABLISHED] = "-- -- -- F1 CL   CL CL -- -- -- -- -- CW   CL   --",
    [TCPHS_FIN_WAIT_1] = "-- -- -- -- CL   CL CL -- -- -- -- F2 CG   CL   --",
    [TCPHS_FIN_WAIT_2] = "-- -- -- -- CL   CL CL -- -- -- -- -- TW   CL   --",
    [TCPHS_CLOSE_WAIT] = "-- -- -- LA CL   CL CL -- -- -- -- -- --   CL   --",
    [TCPHS_CLOSING] = "-- -- -- -- CL   CL CL -- -- -- -- TW --   CL   --",
    [TCPHS_LAST_ACK] = "-- -- -- -- CL   CL CL -- -- -- -- CL --   CL   --",
    [TCPHS_TIME_WAIT] = "-- -- -- -- CL   CL CL -- -- -- -- -- --   CL   CL",
};

static const char short_name[TCPHS_STATE_COUNT][3] = {
    [TCPHS_UNKNOWN] = "??",    [TCPHS_CLOSED] = "CL",       [TCPHS_LISTEN] = "LI",
    [TCPHS_SYN_SENT] = "SS",   [TCPHS_SYN_RECEIVED] = "SR", [TCPHS_ESTABLISHED] = "ES",
    [TCPHS_FIN_WAIT_1] = "F1", [TCPHS_FIN_WAIT_2] = "F2",   [TCPHS_CLOSE_WAIT] = "CW",
    [TCPHS_CLOSING] = "CG",    [TCPHS_LAST_ACK] = "LA",     [TCPHS_TIME_WAIT] = "TW",
};

/* The section that speaks of each call of the user and of arrivals by state. */
static const char *const sent_by[] = {
    [SND_SYN] = "3.10.1", [SND_FIN] = "3.10.4", [SND_RST] = "3.10.5"};
static const char *const arrives_in[TCPHS_STATE_COUNT] = {
    [TCPHS_LISTEN] = "3.10.7.2",       [TCPHS_SYN_SENT] = "3.10.7.3",
    [TCPHS_SYN_RECEIVED] = "3.10.7.4", [TCPHS_ESTABLISHED] = "3.10.7.4",
    [TCPHS_FIN_WAIT_1] = "3.10.7.4",   [TCPHS_FIN_WAIT_2] = "3.10.7.4",
    [TCPHS_CLOSE_WAIT] = "3.10.7.4",   [TCPHS_CLOSING] = "3.10.7.4",
    [TCPHS_LAST_ACK] = "3.10.7.4",     [TCPHS_TIME_WAIT] = "3.10.7.4",
};

static void test_every_pair(void **unused)
{
	(void)unused;
	for (int state = 0; state < TCPHS_STATE_COUNT; state++) {
		const char *cell = expected[state];

		for (int event = 0; event < MACHINE_EVENTS; event++, cell += 2) {
			const struct tcphs_rule *rule;

			cell += strspn(cell, " ");
			rule = machine_rule((enum tcphs_state)state, (enum machine_event)event);
			print_message("%s, event %d\n", tcphs_state_name((enum tcphs_state)state),
			              event);
			assert_memory_equal(rule == NULL ? "--" : short_name[rule->to], cell, 2);
			if (rule != NULL)
				assert_int_equal(rule->from, state);
		}
		assert_int_equal(*cell, '\0');
	}
}

static const char *section_of(int state, int event)
{
	if (event == NO_CONNECTION)
		return "3.10.7.1";
	if (event == TIMEOUT)
		return "3.10.8";
	if (event <= SND_RST)
		return (size_t)event < sizeof(sent_by) / sizeof(sent_by[0]) ? sent_by[event] : NULL;
	return arrives_in[state];
}

static void test_words_and_sections(void **unused)
{
	(void)unused;
	for (int state = 0; state < TCPHS_STATE_COUNT; state++)
		for (int event = 0; event < MACHINE_EVENTS; event++) {
			const struct tcphs_rule *rule;
			const char *section = section_of(state, event);

			rule = machine_rule((enum tcphs_state)state, (enum machine_event)event);
			if (rule == NULL)
				continue;
			if (event < NO_CONNECTION)
				assert_memory_equal(rule->on, event <= SND_RST ? "snd " : "rcv ",
				                    4);
			if (section != NULL)
				assert_string_equal(rule->section, section);
			assert_memory_equal(rule->section, "3.10.", 5);
		}
}

/* The paths of Figure 5 from one end to the other. */
static void test_paths(void **unused)
{
	static const struct path {
		uint8_t start, event[5], end;
	} path[] = {
	    {TCPHS_CLOSED,
	     {SND_SYN, RCV_SYNACK, SND_FIN, RCV_ACK_OF_FIN, RCV_FIN},
	     TCPHS_TIME_WAIT},
	    {TCPHS_CLOSED,
	     {SND_SYN, RCV_SYNACK, SND_FIN, RCV_FIN, RCV_ACK_OF_FIN},
	     TCPHS_TIME_WAIT},
	    {TCPHS_LISTEN,
	     {RCV_SYN, RCV_ACK_OF_SYN, RCV_FIN, SND_FIN, RCV_ACK_OF_FIN},
	     TCPHS_CLOSED},
	    {TCPHS_LISTEN, {RCV_SYN, SND_FIN, RCV_ACK_OF_FIN, RCV_FIN, RCV_RST}, TCPHS_CLOSED},
	    {TCPHS_LISTEN, {SND_SYN, RCV_SYN, RCV_SYNACK, RCV_FIN, SND_FIN}, TCPHS_LAST_ACK},
	    {TCPHS_LISTEN,
	     {RCV_SYN, RCV_RST_PASSIVE, RCV_SYN, RCV_RST_PASSIVE, SND_SYN},
	     TCPHS_SYN_SENT},
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(path) / sizeof(path[0]); i++) {
		uint8_t state = path[i].start;

		for (size_t k = 0; k < 5; k++) {
			const struct tcphs_rule *rule = machine_rule(
			    (enum tcphs_state)state, (enum machine_event)path[i].event[k]);

			assert_non_null(rule);
			state = rule->to;
		}
		assert_int_equal(state, path[i].end);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_pair),
	    cmocka_unit_test(test_words_and_sections),
	    cmocka_unit_test(test_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
