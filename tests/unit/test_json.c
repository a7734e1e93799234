/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/json.h"
#include "base/text.h"
#include "render/record.h"

#define MS INT64_C(1000000)

static bool to_text(void *context, const char *octets, size_t count)
{
	text_add_octets(context, octets, count);
	return true;
}

static bool refuse(void *context, const char *octets, size_t count)
{
	unsigned *calls = context;

	(void)octets;
	(void)count;
	++*calls;
	return false;
}

/* ---- the pieces ----------------------------------------------------------------------- */

static void check_string(const char *octets, size_t count, const char *expected)
{
	struct text text = {0};
	struct stream *out = stream_new(to_text, &text);

	assert_non_null(out);
	json_string_octets(out, octets, count);
	stream_flush(out);
	assert_string_equal(text.data, expected);
	text_free(&text);
	free(out);
}

static void strings_are_valid_json(void **state)
{
	(void)state;
	check_string("", 0, "\"\"");
	check_string("plain text", 10, "\"plain text\"");
	check_string("a\"b\\c", 5, "\"a\\\"b\\\\c\"");
	check_string("\n\033[2J\0x", 7, "\"\\u000a\\u001b[2J\\u0000x\"");
	check_string("\x7f", 1, "\"\\u007f\"");
	check_string("\xe2\x9c\x93 \xc2\xa7", 6, "\"\xe2\x9c\x93 \xc2\xa7\"");
	/* Damaged UTF-8 becomes U+FFFD, octet by octet. */
	check_string("\xff\xfe", 2, "\"\xef\xbf\xbd\xef\xbf\xbd\"");
	check_string("a\xe2\x9c", 3, "\"a\xef\xbf\xbd\xef\xbf\xbd\"");
}

static void check_cell(const char *cell, const char *expected)
{
	struct text text = {0};
	struct stream *out = stream_new(to_text, &text);

	assert_non_null(out);
	csv_cell(out, cell, strlen(cell));
	csv_end(out);
	stream_flush(out);
	assert_string_equal(text.data, expected);
	text_free(&text);
	free(out);
}

static void cells_are_strict_csv(void **state)
{
	(void)state;
	check_cell("", "\r\n");
	check_cell("plain", "plain\r\n");
	check_cell("a,b", "\"a,b\"\r\n");
	check_cell("say \"x\"", "\"say \"\"x\"\"\"\r\n");
	check_cell("two\nlines", "\"two\nlines\"\r\n");
	check_cell("-12.5", "-12.5\r\n");
	/* Formulas are not for spreadsheets to run. */
	check_cell("=1+1", "'=1+1\r\n");
	check_cell("-cmd", "'-cmd\r\n");
	check_cell("@SUM(A1,A2)", "\"'@SUM(A1,A2)\"\r\n");
}

static void long_output_is_whole(void **state)
{
	struct text text = {0}, expected = {0};
	struct stream *out = stream_new(to_text, &text);

	(void)state;
	assert_non_null(out);
	for (unsigned i = 0; i < 100000; i++) {
		stream_u64(out, i);
		stream_literal(out, ",");
		text_addf(&expected, "%u,", i);
	}
	assert_int_equal(out->total, expected.length);
	stream_flush(out);
	assert_int_equal(text.length, expected.length);
	assert_memory_equal(text.data, expected.data, text.length);
	text_free(&text);
	text_free(&expected);
	free(out);
}

static void a_failed_write_is_remembered(void **state)
{
	unsigned calls = 0;
	struct stream *out = stream_new(refuse, &calls);

	(void)state;
	assert_non_null(out);
	for (unsigned i = 0; i < 1000000; i++)
		stream_u64(out, i);
	stream_flush(out);
	assert_true(out->failed);
	assert_int_equal(calls, 1);
	free(out);
}

/* ---- the records ---------------------------------------------------------------------- */

static const char *path_of(void *context, uint32_t id)
{
	(void)context;
	return id == 3 ? "eth.vlan[7].ip" : NULL;
}

static struct tcphs_options syn_options = {
    .present = TCPHS_OPT_MSS | TCPHS_OPT_WSCALE | TCPHS_OPT_SACK_PERMITTED | TCPHS_OPT_TIMESTAMPS |
               TCPHS_OPT_TFO | TCPHS_OPT_MALFORMED,
    .mss = 1460,
    .wscale = 10,
    .tsval = 653936410,
    .tsecr = 2362663167,
    .tfo_length = 8,
    .malformed_kind = 5,
    .malformed_length = 1,
};

static struct tcphs_row rows[] = {
    {.packet = 2,
     .time = INT64_C(1795253187123456789),
     .from = TCPHS_SERVER,
     .role = TCPHS_ROLE_SYNACK,
     .fate = TCPHS_FATE_UNKNOWN,
     .flags = TCPHS_SYN | TCPHS_ACK,
     .window = 65160,
     .seq = 708095274,
     .ack = 3284627152,
     .state = {TCPHS_ESTABLISHED, TCPHS_SYN_RECEIVED},
     .certain = {false, true},
     .options = &syn_options,
     .diagnosis = 0,
     .diagnoses = 1},
    {.packet = 3, .is_run = 1},
    {.packet = 9,
     .time = -1,
     .from = TCPHS_CLIENT,
     .fate = TCPHS_LOST,
     .flags = TCPHS_RST,
     .seq = 4294967295,
     .length = 7},
};

static struct tcphs_diagnosis diagnoses[] = {
    {.code = TCPHS_D_SYNACK_ACK_MISMATCH,
     .severity = TCPHS_ERROR_SEVERITY,
     .numbers = 1,
     .packet = 2,
     .expected = 3284627152,
     .got = 3284627151},
};

static struct tcphs_analysis sample(void)
{
	struct tcphs_analysis analysis = {
	    .row = rows, .rows = 3, .diagnosis = diagnoses, .diagnoses = 1};
	struct tcphs_connection *c = &analysis.connection;

	c->id = 1;
	c->encap = 3;
	c->packets = 11;
	c->first_packet = 1;
	c->last_packet = 11;
	c->start = INT64_C(1795253187123456789);
	c->duration = INT64_C(188119000);
	c->end[TCPHS_CLIENT] =
	    (struct tcphs_endpoint){.address = {.octets = {10, 0, 0, 1}, .family = 4},
	                            .port = 40312,
	                            .isn_known = true,
	                            .isn = 3284627151,
	                            .state = TCPHS_TIME_WAIT,
	                            .packets = 6,
	                            .bytes = 78,
	                            .options_known = true,
	                            .mss = 1460,
	                            .wscale = 10,
	                            .sack = true,
	                            .timestamps = true};
	c->end[TCPHS_SERVER] =
	    (struct tcphs_endpoint){.address = {.octets = {10, 0, 0, 2}, .family = 4},
	                            .port = 80,
	                            .isn_inferred = true,
	                            .isn = 708095274,
	                            .state = TCPHS_CLOSED,
	                            .packets = 5,
	                            .bytes = 1256,
	                            .wscale = -1};
	c->open = (struct tcphs_open){.kind = TCPHS_OPEN_THREE_WAY,
	                              .complete = true,
	                              .packet = {1, 2, 3},
	                              .rtt = 11100000,
	                              .rtt_to_server = 11 * MS,
	                              .rtt_to_client = -1};
	c->close = (struct tcphs_close){
	    .kind = TCPHS_CLOSE_NONE, .initiator = TCPHS_NOBODY, .duration = -1};
	c->diagnoses = 1;
	c->worst = TCPHS_ERROR_SEVERITY;
	return analysis;
}

/* The text of what `add` writes; the caller frees. */
static char *written(const struct record_context *like, const struct tcphs_analysis *analysis,
                     void (*add)(const struct record_context *, const struct tcphs_analysis *))
{
	struct record_context record = *like;
	struct text text = {0};

	record.out = stream_new(to_text, &text);
	assert_non_null(record.out);
	add(&record, analysis);
	stream_flush(record.out);
	free(record.out);
	assert_non_null(text.data);
	return text.data;
}

static void connection_as_the_manual_has_it(void **state)
{
	static const char expected_start[] =
	    "{\"record\":\"connection/1\",\"id\":1,\"family\":4,"
	    "\"client\":{\"address\":\"10.0.0.1\",\"port\":40312,\"isn\":3284627151,"
	    "\"state\":\"TIME-WAIT\",\"packets\":6,\"bytes\":78,\"mss\":1460,\"wscale\":10,"
	    "\"sack\":true,\"timestamps\":true},"
	    "\"server\":{\"address\":\"10.0.0.2\",\"port\":80,\"isn\":708095274,"
	    "\"isn_inferred\":true,\"state\":\"CLOSED\",\"packets\":5,\"bytes\":1256,\"mss\":null,"
	    "\"wscale\":null,\"sack\":null,\"timestamps\":null},"
	    "\"encapsulation\":\"eth.vlan[7].ip\",\"packets\":11,\"first_packet\":1,"
	    "\"last_packet\":11,\"start\":\"2026-11-21T09:26:27.123456789Z\",\"duration\":0.188119,"
	    "\"open\":{\"kind\":\"three-way\",\"complete\":true,\"packets\":{\"syn\":1,\"synack\":"
	    "2,"
	    "\"ack\":3},\"syn_retransmissions\":0,\"synack_retransmissions\":0,"
	    "\"rtt\":{\"handshake\":0.0111,\"to_server\":0.011,\"to_client\":null},"
	    "\"data_in_syn\":0},"
	    "\"close\":{\"kind\":\"none\",\"complete\":false,\"initiator\":null,\"packets\":{},"
	    "\"half_close_bytes\":0,\"duration\":null},\"vantage\":null,\"verdict\":\"";
	static const char expected_end[] = "\"diagnoses\":[{\"packet\":2,\"code\":\"synack-ack-"
	                                   "mismatch\",\"severity\":\"error\"}]}\n";
	struct tcphs_analysis analysis = sample();
	struct record_context record = {.encapsulation = path_of};
	char *text = written(&record, &analysis, record_connection);

	(void)state;
	assert_memory_equal(text, expected_start, sizeof(expected_start) - 1);
	assert_string_equal(text + strlen(text) - (sizeof(expected_end) - 1), expected_end);
	free(text);
}

static void what_is_rare_appears_where_it_is(void **state)
{
	struct tcphs_analysis analysis = sample();
	struct record_context record = {.live = true};
	char *text;

	(void)state;
	analysis.connection.client_inferred = true;
	analysis.connection.final = TCPHS_FINAL_UNANSWERED;
	analysis.connection.rows_dropped = 5;
	analysis.connection.diagnoses_dropped = 6;
	text = written(&record, &analysis, record_connection);
	assert_non_null(strstr(text, "\"family\":4,\"client_inferred\":true,\"client\":"));
	assert_non_null(strstr(text, "\"encapsulation\":null"));
	assert_non_null(strstr(text, "\"diagnoses_dropped\":6,\"segments_dropped\":5,"
	                             "\"final\":\"unanswered\"}\n"));
	free(text);
}

static void add_first(const struct record_context *record, const struct tcphs_analysis *analysis)
{
	record_segment(record, analysis, 0);
}

static void add_last(const struct record_context *record, const struct tcphs_analysis *analysis)
{
	record_segment(record, analysis, 2);
}

static void segments_as_the_manual_has_them(void **state)
{
	struct tcphs_analysis analysis = sample();
	struct record_context record = {0};
	char *text = written(&record, &analysis, add_first);

	(void)state;
	assert_string_equal(
	    text,
	    "{\"record\":\"segment/1\",\"connection\":1,\"packet\":2,"
	    "\"time\":\"2026-11-21T09:26:27.123456789Z\",\"from\":\"server\","
	    "\"flags\":[\"SYN\",\"ACK\"],\"seq\":708095274,\"ack\":3284627152,\"length\":0,"
	    "\"window\":65160,\"options\":{\"mss\":1460,\"sack_permitted\":true,"
	    "\"timestamps\":[653936410,2362663167],\"wscale\":10,\"fast_open_cookie\":8,"
	    "\"malformed\":{\"kind\":5,\"length\":1}},"
	    "\"client_state\":\"ESTABLISHED\",\"server_state\":\"SYN-RECEIVED\","
	    "\"client_certain\":false,\"server_certain\":true,\"role\":\"synack\",\"fate\":null,"
	    "\"diagnoses\":[{\"code\":\"synack-ack-mismatch\",\"severity\":\"error\"}]}\n");
	free(text);
	/* Without ACK the field means nothing; without options kept they are not known; a time
	 * before 1970 is one too. */
	text = written(&record, &analysis, add_last);
	assert_non_null(strstr(text, "\"time\":\"1969-12-31T23:59:59.999999999Z\""));
	assert_non_null(strstr(text, "\"flags\":[\"RST\"],\"seq\":4294967295,\"ack\":null"));
	assert_non_null(strstr(text, "\"options\":null,\"client_state\":\"UNKNOWN\""));
	assert_non_null(strstr(text, "\"role\":null,\"fate\":\"lost\",\"diagnoses\":[]}"));
	free(text);
}

static void folded_runs_are_no_segments(void **state)
{
	struct tcphs_analysis analysis = sample();
	struct record_context record = {0};
	char *text = written(&record, &analysis, record_ladder);
	size_t lines = 0;

	(void)state;
	for (const char *at = text; (at = strchr(at, '\n')) != NULL; at++)
		lines++;
	assert_int_equal(lines, 3);
	free(text);
}

static void add_diagnosis(const struct record_context *record,
                          const struct tcphs_analysis *analysis)
{
	record_diagnosis(record, analysis, 0);
}

static void diagnoses_carry_their_numbers(void **state)
{
	static const char start[] =
	    "{\"record\":\"diagnosis/1\",\"connection\":1,\"packet\":2,"
	    "\"code\":\"synack-ack-mismatch\",\"severity\":\"error\",\"expected\":3284627152,"
	    "\"got\":3284627151,\"rfc\":\"9293\",\"section\":\"3.10.7.3\",\"text\":\"";
	struct tcphs_analysis analysis = sample();
	struct record_context record = {0};
	char *text = written(&record, &analysis, add_diagnosis);

	(void)state;
	assert_memory_equal(text, start, sizeof(start) - 1);
	free(text);
}

static void host_findings_have_no_connection(void **state)
{
	struct tcphs_isn_finding finding = {.host = {.octets = {192, 0, 2, 1}, .family = 4},
	                                    .code = TCPHS_D_ISN_CONSTANT,
	                                    .severity = TCPHS_ERROR_SEVERITY,
	                                    .packet = 5,
	                                    .text = "always 7"};
	struct text text = {0};
	struct record_context record = {.out = stream_new(to_text, &text)};

	(void)state;
	assert_non_null(record.out);
	record_finding(&record, &finding);
	stream_flush(record.out);
	assert_string_equal(
	    text.data, "{\"record\":\"diagnosis/1\",\"connection\":null,\"host\":\"192.0.2.1\","
	               "\"packet\":5,\"code\":\"isn-constant\",\"severity\":\"error\","
	               "\"expected\":null,\"got\":null,\"rfc\":\"9293\",\"section\":\"3.4.1\","
	               "\"text\":\"always 7\"}\n");
	text_free(&text);
	free(record.out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(strings_are_valid_json),
	    cmocka_unit_test(cells_are_strict_csv),
	    cmocka_unit_test(long_output_is_whole),
	    cmocka_unit_test(a_failed_write_is_remembered),
	    cmocka_unit_test(connection_as_the_manual_has_it),
	    cmocka_unit_test(what_is_rare_appears_where_it_is),
	    cmocka_unit_test(segments_as_the_manual_has_them),
	    cmocka_unit_test(folded_runs_are_no_segments),
	    cmocka_unit_test(diagnoses_carry_their_numbers),
	    cmocka_unit_test(host_findings_have_no_connection),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
