/* SPDX-License-Identifier: BSD-3-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <tcphs/diagnosis.h>
#include <tcphs/query.h>

#define MS     INT64_C(1000000)
#define SECOND INT64_C(1000000000)

/* 2026-11-21T12:00:05.5Z */
#define START (INT64_C(1795262405) * SECOND + 500 * MS)

static struct tcphs_diagnosis diagnoses[] = {
    {.code = TCPHS_D_SYN_RETX, .severity = TCPHS_NOTE},
    {.code = TCPHS_D_RETX, .severity = TCPHS_WARNING},
};

/* #7: 10.0.0.5:40000 → 192.168.1.9:443, three-way, 120 ms, closed by the server. */
static struct tcphs_analysis sample(void)
{
	struct tcphs_analysis analysis = {.diagnosis = diagnoses, .diagnoses = 2};
	struct tcphs_connection *c = &analysis.connection;

	c->id = 7;
	c->packets = 1500;
	c->first_packet = 100;
	c->last_packet = 2000;
	c->start = START;
	c->duration = 61 * SECOND;
	c->end[TCPHS_CLIENT] = (struct tcphs_endpoint){
	    .address = {.octets = {10, 0, 0, 5}, .family = 4},
	    .port = 40000,
	    .isn_known = true,
	    .isn = 708095274,
	    .state = TCPHS_TIME_WAIT,
	    .bytes = 600000,
	};
	c->end[TCPHS_SERVER] = (struct tcphs_endpoint){
	    .address = {.octets = {192, 168, 1, 9}, .family = 4},
	    .port = 443,
	    .state = TCPHS_CLOSED,
	    .bytes = 600000,
	};
	c->open = (struct tcphs_open){
	    .kind = TCPHS_OPEN_THREE_WAY, .rtt = 120 * MS, .syn_retransmissions = 2};
	c->close = (struct tcphs_close){.kind = TCPHS_CLOSE_FOUR_WAY, .initiator = TCPHS_SERVER};
	return analysis;
}

static bool holds(const char *text, const struct tcphs_analysis *analysis)
{
	struct tcphs_query_subject subject = {analysis, "eth.vlan[7].ip"};
	struct tcphs_error error = {0};
	struct tcphs_query *query = tcphs_query_compile(text, NULL, NULL, &error);
	bool result;

	if (query == NULL)
		fail_msg("%s: %s", text, error.text);
	result = tcphs_query_matches(query, &subject);
	tcphs_query_free(query);
	return result;
}

static void check_all(const char *const *texts, const struct tcphs_analysis *analysis,
                      bool expected)
{
	for (; *texts != NULL; texts++)
		if (holds(*texts, analysis) != expected)
			fail_msg("'%s' should %shold", *texts, expected ? "" : "not ");
}

static void what_holds(void **state)
{
	static const char *const texts[] = {
	    "",
	    "  ",
	    "id:7",
	    "id:3,7-9",
	    "id:5-",
	    "id=7",
	    "-id:8",
	    "!id:8",
	    "host:10.0.0.5",
	    "host:1.2.3.4,192.168.1.9",
	    "net:10.0.0.0/8",
	    "net:192.168.1.8/31",
	    "net:0.0.0.0/0",
	    "client:10.0.0.5",
	    "client:10.0.0.5:40000",
	    "client::40000",
	    "server:192.168.1.9:443",
	    "server:192.168.0.0/16",
	    "port:443",
	    "port:https",
	    "port:400-500",
	    "port>30000",
	    "open:three-way",
	    "open:refused,three-way",
	    "close:four-way",
	    "closer:server",
	    "state:TIME-WAIT",
	    "state:closed",
	    "has:syn-retx",
	    "has:warning",
	    "has:error,note",
	    "-has:error",
	    "rtt>100ms",
	    "rtt>=120ms",
	    "rtt<=120ms",
	    "rtt<0.2s",
	    "rtt:120ms",
	    "rtt=0.12",
	    "rtt:>100ms",
	    "syn-rtx>=1",
	    "syn-rtx:2",
	    "synack-rtx=0",
	    "packet:1234",
	    "packet:100",
	    "isn:708095274",
	    "isn:0x2a34ad2a",
	    "encap:vlan",
	    "encap:vlan[7]",
	    "packets>1000",
	    "packets>1.4k",
	    "bytes>1M",
	    "bytes<=1200k",
	    "duration>60s",
	    "duration>1m",
	    "-midstream",
	    "open:three-way rtt>100ms -port:80",
	    "after:2026-11-21T12:00:05Z",
	    "after:2026-11-21",
	    "before:2026-11-21T12:00:06Z",
	    "after:12:00:05",
	    "after:12:00:05.5",
	    "before:12:00:05.500000001",
	    "vantage:unknown",
	    NULL,
	};
	struct tcphs_analysis analysis = sample();

	(void)state;
	check_all(texts, &analysis, true);
}

static void what_does_not(void **state)
{
	static const char *const texts[] = {
	    "id:8",
	    "-id:7",
	    "id:1-6",
	    "host:10.0.0.6",
	    "host:fd00::1",
	    "net:10.0.0.0/30",
	    "net:192.168.1.10/31",
	    "client:192.168.1.9",
	    "client:10.0.0.5:443",
	    "server::40000",
	    "port:80",
	    "port:http",
	    "open:refused",
	    "close:reset",
	    "closer:client,both",
	    "state:listen",
	    "has:error",
	    "has:retx-spurious",
	    "rtt>120ms",
	    "rtt<120ms",
	    "syn-rtx>2",
	    "synack-rtx>=1",
	    "packet:99",
	    "packet:2001",
	    "isn:0",
	    "encap:gre",
	    "packets>1500",
	    "bytes>1.2M",
	    "duration>61s",
	    "midstream",
	    "id:7 port:80",
	    "after:2026-11-21T12:00:06Z",
	    "before:2026-11-21T12:00:05Z",
	    "after:12:00:06",
	    "before:12:00",
	    "vantage:client",
	    NULL,
	};
	struct tcphs_analysis analysis = sample();

	(void)state;
	check_all(texts, &analysis, false);
}

static void unknown_holds_for_nothing(void **state)
{
	struct tcphs_analysis analysis = sample();

	(void)state;
	analysis.connection.open.rtt = -1;
	assert_false(holds("rtt>0", &analysis));
	assert_false(holds("rtt<1s", &analysis));
	assert_true(holds("-rtt<1s", &analysis));
}

static void ipv6_hosts(void **state)
{
	struct tcphs_analysis analysis = sample();
	struct tcphs_address *address = &analysis.connection.end[TCPHS_SERVER].address;

	(void)state;
	address->family = 6;
	assert_int_equal(inet_pton(AF_INET6, "fd77::2", address->octets), 1);
	assert_true(holds("host:fd77::2", &analysis));
	assert_true(holds("server:[fd77::2]:443", &analysis));
	assert_true(holds("server:[fd77::2]", &analysis));
	assert_true(holds("net:fd77::/16", &analysis));
	assert_true(holds("net:fc00::/7", &analysis));
	assert_false(holds("net:fd78::/16", &analysis));
	assert_false(holds("server:[fd77::2]:80", &analysis));
	assert_true(holds("host:10.0.0.5", &analysis));
}

static void rows_make_packet_exact(void **state)
{
	struct tcphs_row rows[] = {
	    {.packet = 100},
	    {.packet = 300, .is_run = 1, .run_last_packet = 400},
	    {.packet = 2000},
	};
	struct tcphs_analysis analysis = sample();

	(void)state;
	analysis.row = rows;
	analysis.rows = 3;
	assert_true(holds("packet:100", &analysis));
	assert_true(holds("packet:350", &analysis));
	assert_false(holds("packet:101", &analysis));
	assert_true(holds("packet:101,2000", &analysis));
	assert_true(holds("packet:101-299,301", &analysis));
}

static void every_word_is_the_models(void **state)
{
	const struct tcphs_query_key *key;

	(void)state;
	for (size_t i = 0; (key = tcphs_query_key(i)) != NULL; i++) {
		const char *(*name)(int) = NULL;

		if (strcmp(key->name, "open") == 0)
			name = (const char *(*)(int))tcphs_open_name;
		else if (strcmp(key->name, "close") == 0)
			name = (const char *(*)(int))tcphs_close_name;
		else if (strcmp(key->name, "state") == 0)
			name = (const char *(*)(int))tcphs_state_name;
		else if (strcmp(key->name, "closer") == 0)
			name = (const char *(*)(int))tcphs_side_name;
		for (int w = 0; name != NULL && key->words[w] != NULL; w++)
			assert_string_equal(key->words[w], name(w));
		assert_non_null(key->help);
	}
}

struct bad {
	const char *text;
	const char *underlined;
	const char *says;
};

static const struct bad bads[] = {
    {"prot:80", "prot", "did you mean port?"},
    {"id:1 opn:refused", "opn", "did you mean open?"},
    {"refused", "refused", "did you mean open:refused?"},
    {"192.0.2.1", "192.0.2.1", "did you mean host:192.0.2.1?"},
    {"2001:db8::1", "2001", "did you mean host:2001:db8::1?"},
    {"443", "443", "did you mean port:443?"},
    {"-retx", "retx", "did you mean has:retx?"},
    {"not open:refused", "not", "-open:refused"},
    {"id:1 and id:2", "and", "leave it out"},
    {"open:refused || id:1", "||", "open:refused,no-answer"},
    {"wibble:3", "wibble", "-Y help"},
    {"open:refusd", "refusd", "did you mean open:refused?"},
    {"open:three-way,wobbly", "wobbly", "three-way, four-way"},
    {"has:syn-rtex", "syn-rtex", "did you mean has:syn-retx?"},
    {"has:frobnicated", "frobnicated", "tcphs-checks(7)"},
    {"port:70000", "70000", "a port"},
    {"port:no-such", "no-such", "a port"},
    {"id:x", "x", "a number"},
    {"id:9-7", "9-7", "a number or a range"},
    {"id:1,,2", "", "a value"},
    {"rtt>fast", "fast", "a duration"},
    {"rtt>", "", "a duration"},
    {"net:10.0.0.0/33", "10.0.0.0/33", "an address or network"},
    {"host:example.org", "example.org", "an address or network"},
    {"after:noon", "noon", "a time"},
    {"after:25:00", "25:00", "a time"},
    {"open>three-way", ">", "not compared"},
    {"open", "open", "needs a value"},
    {"midstream:yes", "midstream:yes", "stands alone"},
    {"packets>99999999999999999999", "99999999999999999999", "a number"},
};

static void errors_point_at_the_word(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bads) / sizeof(bads[0]); i++) {
		const struct bad *bad = &bads[i];
		struct tcphs_error error = {0};
		size_t at = 999, length = 999;

		assert_null(tcphs_query_compile(bad->text, &at, &length, &error));
		if (strstr(error.text, bad->says) == NULL)
			fail_msg("'%s' says: %s", bad->text, error.text);
		if (length != strlen(bad->underlined) ||
		    strncmp(bad->text + at, bad->underlined, length) != 0)
			fail_msg("'%s' underlines %zu+%zu", bad->text, at, length);
		assert_int_equal(error.status, TCPHS_USAGE);
	}
}

static void long_queries_are_refused(void **state)
{
	struct tcphs_error error = {0};
	char *text = malloc(10000);

	(void)state;
	assert_non_null(text);
	memset(text, 'x', 9999);
	text[9999] = '\0';
	assert_null(tcphs_query_compile(text, NULL, NULL, &error));
	assert_non_null(strstr(error.text, "octets"));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_holds),
	    cmocka_unit_test(what_does_not),
	    cmocka_unit_test(unknown_holds_for_nothing),
	    cmocka_unit_test(ipv6_hosts),
	    cmocka_unit_test(rows_make_packet_exact),
	    cmocka_unit_test(every_word_is_the_models),
	    cmocka_unit_test(errors_point_at_the_word),
	    cmocka_unit_test(long_queries_are_refused),
	};

	setenv("TZ", "UTC", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
