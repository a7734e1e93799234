/* SPDX-License-Identifier: BSD-3-Clause */
#include "model/sentence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define MS INT64_C(1000000)

static struct tcphs_connection opened(void)
{
	struct tcphs_connection connection = {.packets = 11, .final = TCPHS_FINAL_END};

	connection.end[0].packets = 6;
	connection.end[1].packets = 5;
	connection.end[1].port = 80;
	connection.open.complete = true;
	connection.open.rtt = 11 * MS;
	connection.close.complete = true;
	connection.close.initiator = TCPHS_NOBODY;
	return connection;
}

static void test_common_verdicts(void **state)
{
	struct tcphs_connection connection = opened();
	char text[1024];

	(void)state;
	connection.close.kind = TCPHS_CLOSE_FOUR_WAY;
	connection.close.initiator = TCPHS_CLIENT;
	tcphs_connection_verdict(&connection, text, sizeof(text));
	assert_string_equal(text, "Opened in three segments in 11 ms; closed by the client in four "
	                          "segments.");
	connection = (struct tcphs_connection){
	    .packets = 5, .duration = 11000 * MS, .final = TCPHS_FINAL_UNANSWERED};
	connection.open.kind = TCPHS_OPEN_NO_ANSWER;
	connection.open.syn_retransmissions = 4;
	connection.end[0].packets = 5;
	tcphs_connection_verdict(&connection, text, sizeof(text));
	assert_string_equal(text,
	                    "Nobody answered 5 SYNs over 11 s: filtered, down, or the answers "
	                    "took another path; capture at the server to tell.");
}

static void says(const struct tcphs_connection *connection, const char *expected)
{
	char text[1024];

	tcphs_connection_verdict(connection, text, sizeof(text));
	assert_string_equal(text, expected);
}

/* While the capture goes on nothing is said to have failed to happen. */
static void test_so_far(void **state)
{
	struct tcphs_connection connection = opened();

	(void)state;
	says(&connection,
	     "Opened in three segments in 11 ms; not closed by the end of the capture.");
	connection.final = TCPHS_FINAL_NO;
	says(&connection, "Opened in three segments in 11 ms; still open.");
	connection.close.kind = TCPHS_CLOSE_HALF;
	connection.close.initiator = TCPHS_SERVER;
	says(&connection,
	     "Opened in three segments in 11 ms; closed by the server only; the "
	     "client's direction is still open: the client's application still sends, or "
	     "forgot to close.");
	connection = (struct tcphs_connection){.packets = 2, .duration = 1000 * MS};
	connection.open.kind = TCPHS_OPEN_NO_ANSWER;
	connection.open.syn_retransmissions = 1;
	connection.end[0].packets = 2;
	says(&connection, "Nobody has answered 2 SYNs over 1 s yet.");
	connection = opened();
	connection.final = TCPHS_FINAL_NO;
	connection.open.kind = TCPHS_OPEN_HALF;
	connection.open.complete = false;
	says(&connection, "Half open: the third segment has not come yet after 1 SYN-ACK.");
}

static void expect_blamed(struct tcphs_connection *connection, uint8_t last, uint8_t code,
                          const char *expected)
{
	struct tcphs_address by = {.family = 4, .octets = {192, 0, 2, last}};
	char text[1024];

	connection->icmp_by = by;
	connection->icmp_code = code;
	tcphs_connection_verdict(connection, text, sizeof(text));
	assert_non_null(strstr(text, expected));
}

/* Who sent the ICMP error, and what it said of the way. */
static void test_blame(struct tcphs_connection *connection)
{
	connection->end[1].address = (struct tcphs_address){.family = 4, .octets = {192, 0, 2, 2}};
	expect_blamed(connection, 2, 3, "Turned away by 192.0.2.2: ");
	expect_blamed(connection, 2, 3, "the server itself, by a firewall");
	expect_blamed(connection, 2, 2, "the server itself, which speaks no TCP, or whose firewall");
	expect_blamed(connection, 9, 2, "a router or a firewall on the way");
	expect_blamed(connection, 9, 13, "Turned away by 192.0.2.9: ");
	expect_blamed(connection, 9, 13, "a firewall on the way");
	expect_blamed(connection, 9, 1, "host unreachable (type 3, code 1): a router that knows");
	expect_blamed(connection, 9, 7, "host unknown (type 3, code 7): a router that knows");
	expect_blamed(connection, 2, 1, "the server's own firewall, or a router that stands in");
}

static void test_went_well(void **state)
{
	struct tcphs_connection connection = opened();

	(void)state;
	assert_true(tcphs_connection_went_well(&connection));
	connection.cause = TCPHS_CAUSE_STUCK_LARGE; /* data never arrived: no tick */
	assert_false(tcphs_connection_went_well(&connection));
	connection.cause = TCPHS_CAUSE_NONE;
	connection.close.kind = TCPHS_CLOSE_FIN_RESET;
	assert_false(tcphs_connection_went_well(&connection));
}

/* What the diagnoses tell of the cause takes the place of the guess. */
static void test_causes(void **state)
{
	struct tcphs_connection connection = {.packets = 1, .cause = TCPHS_CAUSE_ICMP};
	char text[1024];

	(void)state;
	connection.open.kind = TCPHS_OPEN_NO_ANSWER;
	connection.end[0].address.family = 4;
	connection.icmp_type = 3;
	connection.icmp_code = 3;
	tcphs_connection_verdict(&connection, text, sizeof(text));
	assert_non_null(strstr(text, "the only SYN got an ICMP error, port unreachable (type 3, "));
	assert_null(strstr(text, "Nobody answered"));
	test_blame(&connection);
	connection = opened();
	connection.close.kind = TCPHS_CLOSE_RESET;
	connection.close.initiator = TCPHS_CLIENT;
	connection.cause = TCPHS_CAUSE_SILENT_PEER;
	tcphs_connection_verdict(&connection, text, sizeof(text));
	assert_non_null(strstr(text, "nobody answered its keepalives, so the server is down"));
	assert_null(strstr(text, "gave up"));
}

/* Two SYN-ACKs: the ends were open at different times, and the number is the client's. */
static void test_late_server(void **state)
{
	struct tcphs_connection connection = opened();
	char text[1024];

	(void)state;
	connection.open.synack_retransmissions = 1;
	tcphs_connection_verdict(&connection, text, sizeof(text));
	assert_non_null(
	    strstr(text, "in 11 ms for the client; for the server later, after 2 SYN-"));
}

static uint16_t longest_code(void)
{
	uint16_t longest = 0;

	for (uint16_t code = 0; code < TCPHS_CODE_COUNT; code++)
		if (strlen(tcphs_code_info(code)->sentence) >
		    strlen(tcphs_code_info(longest)->sentence))
			longest = code;
	return longest;
}

/* Every kind of open and close, from every cause, gives a whole sentence that fits the callers'
 * rooms. */
static void test_every_kind(void **state)
{
	char text[TCPHS_VERDICT_MAX];

	(void)state;
	for (uint8_t open = 0; open < TCPHS_OPEN_COUNT; open++)
		for (uint8_t close = 0; close < TCPHS_CLOSE_COUNT; close++)
			for (unsigned n = 0; n < (TCPHS_NOBODY + 1) * TCPHS_CAUSE_COUNT; n++) {
				struct tcphs_connection connection = opened();
				uint8_t who = (uint8_t)(n % (TCPHS_NOBODY + 1));
				size_t length;

				connection.cause = (uint8_t)(n / (TCPHS_NOBODY + 1));
				connection.final = who & 1 ? TCPHS_FINAL_END : TCPHS_FINAL_NO;
				connection.open.kind = open;
				connection.open.complete = who & 1;
				connection.open.rtt = who & 1 ? 5 * MS : -1;
				connection.close.kind = close;
				connection.close.complete = who & 2;
				connection.close.initiator = who;
				connection.diagnoses = 1;
				connection.worst = TCPHS_ERROR_SEVERITY;
				connection.worst_code = longest_code();
				connection.client_inferred = true;
				connection.close.half_close_bytes = UINT64_MAX;
				connection.open.syn_retransmissions = who * 1000;
				connection.open.synack_retransmissions = who * 1000;
				length = tcphs_connection_verdict(&connection, text, sizeof(text));
				assert_true(length < sizeof(text));
				assert_null(strpbrk(text, "{}"));
				assert_int_equal(text[length - 1], '.');
			}
}

static void test_one_direction_is_said(void **state)
{
	struct tcphs_connection connection = opened();
	char text[1024];

	(void)state;
	connection.open.kind = TCPHS_OPEN_MIDSTREAM;
	connection.end[0].packets = 0;
	tcphs_connection_verdict(&connection, text, sizeof(text));
	assert_non_null(strstr(text, "Only the server's packets are in the capture"));
}

static void test_sentence_has_the_numbers(void **state)
{
	struct tcphs_connection connection = {0};
	struct tcphs_diagnosis diagnosis = {.code = TCPHS_D_SYNACK_ACK_MISMATCH,
	                                    .from = TCPHS_SERVER,
	                                    .numbers = 1,
	                                    .expected = 1000001,
	                                    .got = 1000007};
	char text[512];

	(void)state;
	connection.end[0].isn = 1000000;
	connection.end[0].isn_known = true;
	tcphs_diagnosis_text(&connection, &diagnosis, false, text, sizeof(text));
	assert_string_equal(text, "ack is 1000007, must be 1000001 (client's ISN + 1)");
	tcphs_diagnosis_text(&connection, &diagnosis, true, text, sizeof(text));
	assert_string_equal(text, "ack is 7, must be 1 (client's ISN + 1)");
	diagnosis.numbers = 0;
	tcphs_diagnosis_text(&connection, &diagnosis, false, text, sizeof(text));
	assert_string_equal(text, tcphs_code_info(TCPHS_D_SYNACK_ACK_MISMATCH)->sentence);
	diagnosis = (struct tcphs_diagnosis){
	    .code = TCPHS_D_SYN_RTO, .detail = {5, 15000 * MS}, .apart = {10, 20, 41, 80}};
	tcphs_diagnosis_text(&connection, &diagnosis, false, text, sizeof(text));
	assert_string_equal(text, "5 SYNs, 1, 2, 4.1 and 8 s apart: the standard back-off");
	tcphs_diagnosis_text(NULL, &diagnosis, false, text, sizeof(text));
	assert_string_equal(text, tcphs_code_info(TCPHS_D_SYN_RTO)->sentence);
}

/* With all numbers there, with none, for each side: no brace is left, the text is short. */
static void test_every_sentence(void **state)
{
	struct tcphs_connection connection = {0};
	char text[512];

	(void)state;
	for (uint16_t code = 0; code < TCPHS_CODE_COUNT; code++)
		for (int variant = 0; variant < 8; variant++) {
			struct tcphs_diagnosis diagnosis = {
			    .code = code,
			    .from = variant & 1,
			    .numbers = (variant & 2) != 0,
			    .segment = (variant & 2) != 0,
			    .seq = UINT32_MAX - 7,
			    .ack = UINT32_MAX,
			    .end = UINT32_MAX,
			    .expected = UINT32_MAX,
			    .got = UINT32_MAX - 1,
			    .detail = {variant & 4 ? 3 : 0, variant & 4 ? 13 : 0}};
			size_t length = tcphs_diagnosis_text(&connection, &diagnosis, variant & 4,
			                                     text, sizeof(text));

			assert_in_range(length, 4, 160);
			assert_null(strpbrk(text, "{}\n"));
			if (sentence_template(code) != NULL && variant == 7)
				assert_string_not_equal(text, tcphs_code_info(code)->sentence);
		}
}

static void test_icmp_in_words(void **state)
{
	struct tcphs_connection connection = {0};
	struct tcphs_diagnosis diagnosis = {.code = TCPHS_D_ICMP_ERROR,
	                                    .detail = {3, 1},
	                                    .by = {.family = 4, .octets = {10, 0, 0, 1}}};
	char text[512];

	(void)state;
	connection.end[0].address.family = 4;
	tcphs_diagnosis_text(&connection, &diagnosis, false, text, sizeof(text));
	assert_string_equal(text, "10.0.0.1 answers by ICMP: host unreachable (type 3, code 1)");
	connection.end[0].address.family = diagnosis.by.family = 6;
	tcphs_diagnosis_text(&connection, &diagnosis, false, text, sizeof(text));
	assert_string_equal(
	    text, "a00:1:: answers by ICMP: fragment reassembly time exceeded (type 3, code 1)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_common_verdicts),
	    cmocka_unit_test(test_so_far),
	    cmocka_unit_test(test_causes),
	    cmocka_unit_test(test_went_well),
	    cmocka_unit_test(test_late_server),
	    cmocka_unit_test(test_every_kind),
	    cmocka_unit_test(test_one_direction_is_said),
	    cmocka_unit_test(test_sentence_has_the_numbers),
	    cmocka_unit_test(test_every_sentence),
	    cmocka_unit_test(test_icmp_in_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
