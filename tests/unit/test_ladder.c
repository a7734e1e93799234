/* SPDX-License-Identifier: BSD-3-Clause */
#include "ladder_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <tcphs/ladder.h>

#include "base/bounded.h"
#include "base/utf8.h"

static void line_text(const struct tcphs_ladder *ladder, size_t index, unsigned width, bool ascii,
                      char *text, size_t size)
{
	struct tcphs_spans spans;
	size_t length = 0;

	tcphs_ladder_layout(ladder, index, width, ascii, &spans);
	for (size_t i = 0; i < spans.count; i++) {
		assert_true(length + spans.span[i].length < size);
		memcpy(text + length, spans.span[i].text, spans.span[i].length);
		length += spans.span[i].length;
	}
	while (length > 0 && text[length - 1] == ' ')
		length--;
	text[length] = '\0';
}

static void assert_ladder(const struct tcphs_ladder *ladder, unsigned width, bool ascii,
                          const char *const *expected)
{
	char text[1400];

	for (size_t i = 0; i < ladder->lines; i++) {
		assert_non_null(expected[i]);
		line_text(ladder, i, width, ascii, text, sizeof(text));
		assert_string_equal(text, expected[i]);
	}
	assert_null(expected[ladder->lines]);
}

static void test_textbook(void **state)
{
	static const char *const expected[] = {
	    "             CLOSED        │ ISN 3284627151      ISN 708095274 │  LISTEN ?",
	    "┌    0.000   SYN-SENT      ├─── SYN  seq 0 ───────────────────▶│  SYN-RECEIVED ?",
	    "│   11.128   ESTABLISHED ? │◀── SYN-ACK  seq 0 ack 1 ✓ ────────┤  SYN-RECEIVED",
	    "└   11.198   ESTABLISHED   ├─── ACK  seq 1 ack 1 ✓ ───────────▶│  ESTABLISHED ?",
	    "             ·             ┊ 4 segments        100 B ▶ ◀ 200 B ┊  ·",
	    "┌   77.190   FIN-WAIT-1    ├─── FIN-ACK  seq 101 ack 201 ─────▶│  CLOSE-WAIT ?",
	    "│  130.931   FIN-WAIT-2 ?  │◀── ACK  ack 102 ✓ ────────────────┤  CLOSE-WAIT",
	    "│  182.894   TIME-WAIT ?   │◀── FIN-ACK  seq 201 ack 102 ✓ ────┤  LAST-ACK",
	    "└  182.939   TIME-WAIT     ├─── ACK  ack 202 ✓ ───────────────▶│  CLOSED ?",
	    NULL,
	};
	struct tcphs_analysis analysis;
	struct tcphs_ladder ladder = {0};
	char text[256];

	(void)state;
	fixture_textbook(&analysis);
	assert_true(tcphs_ladder_build(&ladder, &analysis, NULL));
	assert_ladder(&ladder, 80, false, expected);
	tcphs_ladder_title(&ladder, false, text, sizeof(text));
	assert_string_equal(text, "#1  10.77.0.1:40000 → 10.77.0.2:http");
	tcphs_ladder_summary(&ladder, true, text, sizeof(text));
	assert_string_equal(text, "three-way open 11.2 ms - four-way close, by client");
	assert_int_equal(tcphs_ladder_line_of(&ladder, 5), 4);
	assert_int_equal(tcphs_ladder_line_of(&ladder, 99), SIZE_MAX);
	assert_ptr_equal(tcphs_ladder_row_of(&ladder, 4), &analysis.row[3]);
	ladder.line[4].row = (uint32_t)analysis.rows; /* as a remark on the whole connection */
	assert_ptr_equal(tcphs_ladder_row_of(&ladder, 4), &analysis.row[analysis.rows - 1]);
	tcphs_ladder_free(&ladder);
	fixture_free(&analysis);
}

static void test_ends_otherwise(void **state)
{
	static const struct {
		enum tcphs_state state;
		bool expired;
		const char *line, *told;
	} cases[] = {
	    {TCPHS_CLOSED, true,
	     "             CLOSED ?      │ 2 MSL later                       │  CLOSED ?",
	     "The client is in CLOSED (assumed): the 240 s (2 MSL) of its TIME-WAIT are over.\n"
	     "The server stays in CLOSED (assumed).\n"},
	    {TCPHS_CLOSED, false,
	     "             CLOSED ?      │ in the end                        │  CLOSED ?",
	     "The client is in CLOSED (assumed): its ports are used again.\n"},
	};
	struct tcphs_analysis analysis;
	struct tcphs_ladder ladder = {0};
	char text[1400];

	(void)state;
	fixture_textbook(&analysis);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		analysis.connection.end[0].state = (uint8_t)cases[i].state;
		analysis.connection.end[0].certain = false;
		analysis.connection.end[0].expired = cases[i].expired;
		assert_true(tcphs_ladder_build(&ladder, &analysis, NULL));
		assert_int_equal(ladder.lines, 10);
		assert_int_equal(ladder.line[9].kind, TCPHS_LINE_END);
		assert_true(ladder.line[9].changed[0] && !ladder.line[9].changed[1]);
		assert_int_equal(ladder.line[9].bracket, TCPHS_BRACKET_NONE);
		line_text(&ladder, 9, 80, false, text, sizeof(text));
		assert_string_equal(text, cases[i].line);
		tcphs_ladder_explain(&ladder, 9, false, text, sizeof(text));
		assert_non_null(strstr(text, cases[i].told));
		tcphs_ladder_free(&ladder);
	}
	fixture_free(&analysis);
}

static void test_wrong_ack_in_ascii(void **state)
{
	static const char *const expected[] = {
	    "             CLOSED        | ISN 3284627151      ISN 708095274 |  LISTEN ?",
	    ",    0.000   SYN-SENT      |--- SYN  seq 0 ------------------->|  SYN-RECEIVED ?",
	    "|    5.871   SYN-SENT      |<-- SYN-ACK  seq 0 ack 7 BAD ------|  SYN-RECEIVED",
	    "|            x synack-ack-mismatch  ack is 7, must be 1 (client's ISN + 1)",
	    "`    5.902   SYN-SENT      |--- RST  seq 7 ------------------->|  LISTEN ?",
	    NULL,
	};
	struct tcphs_analysis analysis;
	struct tcphs_ladder ladder = {0};

	(void)state;
	fixture_wrong_ack(&analysis);
	assert_true(tcphs_ladder_build(&ladder, &analysis, NULL));
	assert_ladder(&ladder, 80, true, expected);
	tcphs_ladder_free(&ladder);
	fixture_free(&analysis);
}

static void test_lost_copied_crossing(void **state)
{
	static const char *const expected[] = {
	    "  1400.310   ESTABLISHED   ├─── seq 1  100 B ───────✗          │  ESTABLISHED ?",
	    "  1402.774   ESTABLISHED   ├─── seq 1  100 B  again ──────────▶│  ESTABLISHED ?",
	    "  1403.000   ESTABLISHED   │         ✗─── seq 1  1448 B ───────┤  ESTABLISHED ?",
	    "  1404.000   ESTABLISHED   │◀── seq 1  1448 B  copy ───────────┤  ESTABLISHED ?",
	    "┌ 1512.310   FIN-WAIT-1    ├─── FIN-ACK  seq 101 ack 1 ─────╲─▶│  ESTABLISHED ?",
	    "└ 1512.331   CLOSING ?     │◀── FIN-ACK  seq 1449 ack 101 ─────┤  FIN-WAIT-1",
	};
	struct tcphs_analysis analysis;
	struct tcphs_ladder ladder = {0};
	char text[1400];

	(void)state;
	fixture_troubled(&analysis);
	assert_true(tcphs_ladder_build(&ladder, &analysis, NULL));
	for (size_t i = 0; i < 6; i++) {
		line_text(&ladder, 4 + i, 80, false, text, sizeof(text));
		assert_string_equal(text, expected[i]);
	}
	tcphs_ladder_free(&ladder);
	fixture_free(&analysis);
}

/* Every fixture at every width, UTF-8 and ASCII, folded or not, raw or not: no line is wider
 * than asked for, the spans' own counts are true, and all but the narrowest show the verdict. */
static void check_width(const struct tcphs_ladder *ladder, unsigned width, bool ascii)
{
	for (size_t i = SIZE_MAX; i == SIZE_MAX || i < ladder->lines; i++) {
		struct tcphs_spans spans;
		unsigned columns = 0;

		tcphs_ladder_layout(ladder, i, width, ascii, &spans);
		assert_true(spans.count <= TCPHS_SPANS_MAX);
		for (size_t k = 0; k < spans.count; k++) {
			const struct tcphs_span *span = &spans.span[k];

			assert_int_equal(utf8_columns(span->text, span->length), span->columns);
			columns += span->columns;
			for (size_t n = 0; ascii && n < span->length; n++)
				assert_in_range((unsigned char)span->text[n], 0x20, 0x7e);
		}
		assert_true(columns <= width);
	}
}

static void test_every_width(void **state)
{
	static void (*const fill[])(struct tcphs_analysis *) = {fixture_textbook, fixture_wrong_ack,
	                                                        fixture_troubled};

	(void)state;
	for (size_t f = 0; f < sizeof(fill) / sizeof(fill[0]); f++) {
		for (unsigned variant = 0; variant < 8; variant++) {
			struct tcphs_ladder_options options = {.raw = variant & 1,
			                                       .no_fold = variant & 2,
			                                       .gaps = variant & 4,
			                                       .time = variant & 3};
			struct tcphs_analysis analysis;
			struct tcphs_ladder ladder = {0};

			fill[f](&analysis);
			for (unsigned width = 40; width <= 300; width += width < 120 ? 1 : 30) {
				options.wrap = width;
				assert_true(tcphs_ladder_build(&ladder, &analysis, &options));
				check_width(&ladder, width, false);
				check_width(&ladder, width, true);
			}
			tcphs_ladder_free(&ladder);
			fixture_free(&analysis);
		}
	}
}

/* Raw numbers of ten digits must not cost a digit at 80 columns. */
static void test_raw_numbers_fit_80_columns(void **state)
{
	struct tcphs_ladder_options options = {.raw = true};
	struct tcphs_analysis analysis;
	struct tcphs_ladder ladder = {0};
	char text[1400];

	(void)state;
	fixture_textbook(&analysis);
	assert_true(tcphs_ladder_build(&ladder, &analysis, &options));
	for (int ascii = 0; ascii < 2; ascii++) {
		line_text(&ladder, 2, 80, ascii, text, sizeof(text));
		assert_non_null(strstr(text, ascii ? "708095274 ack 3284627152 ok"
		                                   : "708095274 ack 3284627152 ✓"));
	}
	tcphs_ladder_free(&ladder);
	fixture_free(&analysis);
}

static void test_wrapped_remarks_lose_nothing(void **state)
{
	struct tcphs_ladder_options options = {.wrap = 60};
	struct tcphs_analysis analysis;
	struct tcphs_ladder ladder = {0};
	char whole[512], pieces[512];
	struct bounded out = bounded_start(pieces, sizeof(pieces));

	(void)state;
	fixture_troubled(&analysis);
	assert_true(tcphs_ladder_build(&ladder, &analysis, &options));
	tcphs_diagnosis_text(&analysis.connection, &analysis.diagnosis[0], true, whole,
	                     sizeof(whole));
	for (size_t i = 0; i < ladder.lines; i++) {
		char piece[512];

		if (ladder.line[i].kind != TCPHS_LINE_REMARK)
			continue;
		tcphs_ladder_remark(&ladder, i, false, piece, sizeof(piece));
		if (ladder.line[i].more)
			bounded_add(&out, " ");
		bounded_add(&out, piece);
	}
	assert_string_equal(pieces, whole);
	tcphs_ladder_free(&ladder);
	fixture_free(&analysis);
}

/* An ICMP error has no row: it stands where it came, not at the end. */
static void test_a_remark_without_a_row_has_its_place(void **state)
{
	struct tcphs_diagnosis whole = {.code = TCPHS_D_EVICTED, .row = UINT32_MAX};
	struct tcphs_diagnosis icmp = {.code = TCPHS_D_ICMP_ERROR, .row = UINT32_MAX, .packet = 6};
	struct tcphs_analysis analysis;
	struct tcphs_ladder ladder = {0};

	(void)state;
	fixture_textbook(&analysis);
	fixture_diagnosis(&analysis, whole);
	fixture_diagnosis(&analysis, icmp);
	assert_true(tcphs_ladder_build(&ladder, &analysis, NULL));
	assert_int_equal(ladder.line[4].kind, TCPHS_LINE_RUN);
	assert_int_equal(ladder.line[5].kind, TCPHS_LINE_REMARK);
	assert_int_equal(ladder.line[5].diagnosis, 1);
	assert_int_equal(ladder.line[6].kind, TCPHS_LINE_SEGMENT);
	assert_int_equal(ladder.line[ladder.lines - 1].kind, TCPHS_LINE_REMARK);
	assert_int_equal(ladder.line[ladder.lines - 1].diagnosis, 0);
	tcphs_ladder_free(&ladder);
	fixture_free(&analysis);
}

/* What a row does not keep, of the packet as it was read again. */
static void test_header(void **state)
{
	struct tcphs_segment header = {
	    .checksum = 0x1c46,
	    .checksum_state = TCPHS_CHECKSUM_BAD,
	    .data_offset = 11,
	    .reserved = 5,
	    .urgent = 9,
	    .options = {.present = TCPHS_OPT_MSS | TCPHS_OPT_WSCALE | TCPHS_OPT_TIMESTAMPS |
	                           TCPHS_OPT_SACK | TCPHS_OPT_TFO | TCPHS_OPT_MPTCP |
	                           TCPHS_OPT_MD5 | TCPHS_OPT_AO | TCPHS_OPT_ACCECN |
	                           TCPHS_OPT_OTHER | TCPHS_OPT_MALFORMED | TCPHS_OPT_CUT,
	                .mss = 1234,
	                .wscale = 15,
	                .tsval = 900,
	                .tsecr = 50,
	                .sack_blocks = 1,
	                .sack = {{11, 22}},
	                .tfo_length = 8,
	                .mptcp_subtype = 2,
	                .malformed_kind = 99,
	                .malformed_length = 1}};
	static const char *const expected[] = {
	    ", data offset 11 = 44 octets of header, reserved bits 5,",
	    ", checksum 0x1c46 (wrong), urgent pointer 9\n",
	    "\nMSS: the client takes segments of up to 1234 octets",
	    "\nWindow scale 15: later windows of the client count times 16384,",
	    "\ntimestamps: value 900, echo 50 ",
	    "\nSACK: the client also has 11 to 22. ",
	    "\noption: Fast Open, a cookie of 8 octets\n",
	    "\noption: Multipath TCP, RFC 8684, subtype 2\n",
	    "\noption: MD5 signature, RFC 2385\n",
	    "\noption: TCP-AO, RFC 5925\n",
	    "\noption: AccECN counters\n",
	    "\noption: one that is not known here\n",
	    "\noption: the rest was not captured\n",
	    "\noption: kind 99 of length 1, malformed\n",
	};
	struct tcphs_analysis analysis;
	struct tcphs_ladder ladder = {0};
	char text[4096];

	(void)state;
	fixture_textbook(&analysis);
	assert_true(tcphs_ladder_build(&ladder, &analysis, NULL));
	ladder.options.header = &header;
	header.packet = analysis.row[0].packet;
	tcphs_ladder_explain(&ladder, 1, false, text, sizeof(text));
	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
		if (strstr(text, expected[i]) == NULL)
			fail_msg("no \"%s\" in:\n%s", expected[i], text);
	}
	tcphs_ladder_explain(&ladder, 2, false, text, sizeof(text)); /* another segment's */
	assert_null(strstr(text, "checksum"));
	header.options = (struct tcphs_options){.present = 0};
	tcphs_ladder_explain(&ladder, 1, false, text, sizeof(text));
	assert_non_null(strstr(text, "\nno options\n"));
	header.options.present = TCPHS_OPT_TFO;
	tcphs_ladder_explain(&ladder, 1, false, text, sizeof(text));
	assert_non_null(strstr(text, "\noption: Fast Open, asks for a cookie\n"));
	tcphs_ladder_free(&ladder);
	fixture_free(&analysis);
}

/* All of them, whichever line is looked at; none while something is hidden. */
static void test_findings(void **state)
{
	struct tcphs_analysis analysis;
	struct tcphs_ladder ladder = {0};
	char text[1024];

	(void)state;
	fixture_wrong_ack(&analysis);
	assert_true(tcphs_ladder_build(&ladder, &analysis, NULL));
	tcphs_ladder_findings(&ladder, true, text, sizeof(text));
	assert_string_equal(text,
	                    "What was found in this connection:\nBAD synack-ack-mismatch, #2\n");
	ladder.options.hidden = 1;
	tcphs_ladder_findings(&ladder, true, text, sizeof(text));
	assert_string_equal(text, "");
	tcphs_ladder_free(&ladder);
	fixture_free(&analysis);
}

static void test_explanations(void **state)
{
	struct tcphs_analysis analysis;
	struct tcphs_ladder ladder = {0};
	char text[4096];

	(void)state;
	fixture_textbook(&analysis);
	assert_true(tcphs_ladder_build(&ladder, &analysis, NULL));
	tcphs_ladder_explain(&ladder, 2, false, text, sizeof(text));
	assert_non_null(strstr(text,
	                       "ack 3284627152 = the client's ISN 3284627151 + 1, because a SYN "
	                       "takes one number  ✓  RFC 9293 §3.4"));
	assert_non_null(strstr(text,
	                       "client: SYN-SENT → ESTABLISHED by receiving SYN-ACK, RFC 9293 "
	                       "§3.10.7.3; assumed"));
	assert_null(strstr(text, "checksum"));
	ladder.options.no_header = "No reason.";
	tcphs_ladder_explain(&ladder, 3, false, text, sizeof(text));
	assert_non_null(strstr(text, "\nThe rest of the header was not read. No reason.\n"));
	ladder.options.no_header = NULL;
	tcphs_ladder_explain(&ladder, 6, false, text, sizeof(text));
	assert_non_null(strstr(text, "ack 102 = the FIN's number 101 + 1"));
	for (size_t i = 0; i < ladder.lines; i++) {
		tcphs_ladder_explain(&ladder, i, true, text, sizeof(text));
		assert_true(text[0] != '\0' && text[strlen(text) - 1] == '\n');
		for (const char *at = text; *at != '\0'; at++)
			assert_true(*at == '\n' || (*at >= 0x20 && *at < 0x7f));
	}
	tcphs_ladder_free(&ladder);
	fixture_free(&analysis);
	fixture_wrong_ack(&analysis);
	assert_true(tcphs_ladder_build(&ladder, &analysis, NULL));
	tcphs_ladder_explain(&ladder, 2, false, text, sizeof(text));
	assert_non_null(
	    strstr(text, "ack 3284627158 ≠ 3284627152 = the client's ISN 3284627151 + 1"));
	tcphs_ladder_free(&ladder);
	fixture_free(&analysis);
}

static void test_no_fold_and_unfolded_range(void **state)
{
	struct tcphs_ladder_options options = {.unfold_first = 4, .unfold_last = 5};
	struct tcphs_analysis analysis;
	struct tcphs_ladder ladder = {0};

	(void)state;
	fixture_textbook(&analysis);
	assert_true(tcphs_ladder_build(&ladder, &analysis, &options));
	assert_int_equal(ladder.lines, 11); /* two segments, then the two left make a run */
	options = (struct tcphs_ladder_options){.no_fold = true};
	assert_true(tcphs_ladder_build(&ladder, &analysis, &options));
	assert_int_equal(ladder.lines, 12);
	tcphs_ladder_free(&ladder);
	fixture_free(&analysis);
}

static void test_endpoints(void **state)
{
	struct tcphs_endpoint end = {.address = {.family = 6, .octets = {0xfd}}, .port = 443};
	char text[64];

	(void)state;
	end.address.octets[15] = 1;
	tcphs_endpoint_text(&end, false, text, sizeof(text));
	assert_string_equal(text, "[fd00::1]:https");
	tcphs_endpoint_text(&end, true, text, sizeof(text));
	assert_string_equal(text, "[fd00::1]:443");
	assert_int_equal(tcphs_endpoint_text(&end, true, text, 5), 13);
	assert_string_equal(text, "[fd0");
}

static void test_empty_analysis(void **state)
{
	struct tcphs_analysis analysis = {0};
	struct tcphs_ladder ladder = {0};

	(void)state;
	assert_true(tcphs_ladder_build(&ladder, &analysis, NULL));
	assert_int_equal(ladder.lines, 0);
	check_width(&ladder, 80, false);
	tcphs_ladder_free(&ladder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_textbook),
	    cmocka_unit_test(test_ends_otherwise),
	    cmocka_unit_test(test_wrong_ack_in_ascii),
	    cmocka_unit_test(test_lost_copied_crossing),
	    cmocka_unit_test(test_every_width),
	    cmocka_unit_test(test_raw_numbers_fit_80_columns),
	    cmocka_unit_test(test_wrapped_remarks_lose_nothing),
	    cmocka_unit_test(test_a_remark_without_a_row_has_its_place),
	    cmocka_unit_test(test_explanations),
	    cmocka_unit_test(test_header),
	    cmocka_unit_test(test_findings),
	    cmocka_unit_test(test_no_fold_and_unfolded_range),
	    cmocka_unit_test(test_endpoints),
	    cmocka_unit_test(test_empty_analysis),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
