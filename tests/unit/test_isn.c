/* SPDX-License-Identifier: BSD-3-Clause */
/* What the accumulator does with single samples, connections, copies and caps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <tcphs/isn.h>

#include "base/text.h"
#include "teach/isn_hosts.h"

#define SECOND INT64_C(1000000000)

static struct tcphs_address host_number(uint32_t number)
{
	struct tcphs_address address = {.family = 4};

	address.octets[0] = 10;
	address.octets[1] = (uint8_t)(number >> 16);
	address.octets[2] = (uint8_t)(number >> 8);
	address.octets[3] = (uint8_t)number;
	return address;
}

static struct tcphs_isn_sample sample(uint16_t port, uint32_t isn, int64_t seconds)
{
	return (struct tcphs_isn_sample){
	    .host = host_number(1),
	    .peer = host_number(2),
	    .port = 80,
	    .peer_port = port,
	    .isn = isn,
	    .peer_isn = port * 2654435761u,
	    .peer_isn_known = true,
	    .time = seconds * SECOND,
	    .time_known = true,
	    .packet = (uint64_t)seconds + 1,
	};
}

static int has(const struct tcphs_isn_report *report, enum tcphs_code code)
{
	return report->codes >> (code - TCPHS_D_ISN_ZERO) & 1;
}

/* The report on host 0 after these ISNs, each on a 4-tuple of its own, uneven times apart. */
static struct tcphs_isn_report report_on(const uint32_t *isns, size_t count)
{
	struct tcphs_isn *isn = tcphs_isn_new(NULL);
	struct tcphs_isn_report report;

	assert_non_null(isn);
	for (size_t i = 0; i < count; i++) {
		struct tcphs_isn_sample one =
		    sample((uint16_t)(40000 + i), isns[i], (int64_t)(i * i));

		assert_true(tcphs_isn_add_sample(isn, &one));
	}
	assert_true(tcphs_isn_report(isn, 0, &report));
	tcphs_isn_free(isn);
	return report;
}

static void small_samples(void **state)
{
	static const uint32_t constant[] = {7, 7, 7}, twice[] = {7, 7}, zero[] = {0};
	static const uint32_t historic[] = {5, 64005, 192005, 256005};
	static const uint32_t steps[] = {4294967290u, 100, 101, 60000};
	static const uint32_t large[] = {5, 64006, 192005, 256005};
	struct tcphs_isn_report report;

	(void)state;
	report = report_on(constant, 3);
	assert_int_equal(report.verdict, TCPHS_ISN_CONSTANT);
	assert_false(has(&report, TCPHS_D_ISN_REPEAT));
	report = report_on(twice, 2);
	assert_int_equal(report.verdict, TCPHS_ISN_REPEATED);
	report = report_on(zero, 1);
	assert_int_equal(report.verdict, TCPHS_ISN_TOO_FEW);
	assert_true(has(&report, TCPHS_D_ISN_ZERO));
	report = report_on(historic, 4);
	assert_true(has(&report, TCPHS_D_ISN_STEP_64K));
	assert_false(has(&report, TCPHS_D_ISN_STEP_SMALL));
	report = report_on(historic, 3);
	assert_int_equal(report.verdict, TCPHS_ISN_TOO_FEW);
	report = report_on(steps, 4);
	assert_true(has(&report, TCPHS_D_ISN_STEP_SMALL));
	report = report_on(large, 4);
	assert_int_equal(report.verdict, TCPHS_ISN_TOO_FEW);
}

static void sentence(void **state)
{
	static const uint32_t some[12] = {1000000, 3000000000u, 5, 900000000};
	uint32_t isns[12];
	char text[128];
	struct tcphs_isn_report report;

	(void)state;
	for (uint32_t i = 0; i < 12; i++)
		isns[i] = some[i % 4] + i * i * i * 99991u;
	report = report_on(isns, 12);
	tcphs_isn_report_text(&report, text, sizeof(text));
	assert_string_equal(text, "too few samples: 12 of 16");
}

static void copies(void **state)
{
	struct tcphs_isn *isn = tcphs_isn_new(NULL);
	struct tcphs_isn_sample one = sample(40000, 1234567, 1), other;
	struct tcphs_isn_report report;

	(void)state;
	/* The same 4-tuple in another encapsulation. */
	assert_true(tcphs_isn_add_sample(isn, &one));
	assert_true(tcphs_isn_add_sample(isn, &one));
	assert_true(tcphs_isn_report(isn, 0, &report));
	assert_int_equal(report.samples, 1);
	assert_int_equal(report.connections, 1);
	assert_int_equal(report.codes, 0);
	/* Both sides of an address translator: another 4-tuple, both ISNs the same. */
	other = one;
	other.peer = host_number(3);
	assert_true(tcphs_isn_add_sample(isn, &other));
	assert_true(tcphs_isn_report(isn, 0, &report));
	assert_int_equal(report.samples, 1);
	assert_int_equal(report.codes, 0);
	/* The other side's ISN differs: that is a repetition. */
	other.peer_port++;
	other.peer_isn++;
	other.packet = 77;
	assert_true(tcphs_isn_add_sample(isn, &other));
	assert_true(tcphs_isn_report(isn, 0, &report));
	assert_int_equal(report.samples, 2);
	assert_true(has(&report, TCPHS_D_ISN_REPEAT));
	tcphs_isn_free(isn);
}

static void one_tuple(void **state)
{
	struct tcphs_isn *isn = tcphs_isn_new(NULL);
	struct tcphs_isn_report report;
	struct tcphs_isn_sample at;

	(void)state;
	for (int64_t i = 0; i < 6; i++) {
		const int64_t seconds = 10 * i * i;

		at = sample(40000, (uint32_t)(999 + seconds * 15625000), seconds);
		at.next = at.isn + 1000;
		at.next_known = true;
		assert_true(tcphs_isn_add_sample(isn, &at));
	}
	assert_true(tcphs_isn_report(isn, 0, &report));
	assert_int_equal(report.samples, 1);
	assert_int_equal(report.reused, 1);
	assert_int_equal(report.tuple_samples, 6);
	assert_true(report.tuple_rate > 15.62e6 && report.tuple_rate < 15.63e6);
	assert_true(has(&report, TCPHS_D_ISN_CLOCK_TUPLE));
	assert_false(has(&report, TCPHS_D_ISN_TUPLE_BACK));

	at = sample(40000, at.next - 1, 251);
	at.next = at.isn + 10;
	at.next_known = at.closed_by_fin = true;
	assert_true(tcphs_isn_add_sample(isn, &at));
	assert_true(tcphs_isn_report(isn, 0, &report));
	assert_true(has(&report, TCPHS_D_ISN_TUPLE_BACK));
	at = sample(40000, at.next + 65537, 252);
	assert_true(tcphs_isn_add_sample(isn, &at));
	assert_true(tcphs_isn_report(isn, 0, &report));
	assert_true(has(&report, TCPHS_D_ISN_TW_STEP));
	tcphs_isn_free(isn);
}

static struct tcphs_connection connection_between(uint32_t client_isn, uint32_t server_isn)
{
	struct tcphs_connection connection = {.id = 1, .first_packet = 1, .start = SECOND};

	for (int side = 0; side < 2; side++) {
		connection.end[side].address = host_number((uint32_t)side + 1);
		connection.end[side].port = side == 0 ? 40000 : 80;
		connection.end[side].isn_known = true;
		connection.end[side].isn = side == 0 ? client_isn : server_isn;
	}
	connection.open.packet[TCPHS_P_SYN] = 1;
	connection.open.packet[TCPHS_P_SYNACK] = 2;
	return connection;
}

struct heard {
	struct tcphs_isn_finding finding[4];
	size_t count;
};

static bool hear(void *context, const struct tcphs_isn_finding *finding)
{
	struct heard *heard = context;

	assert_true(heard->count < 4);
	heard->finding[heard->count++] = *finding;
	return true;
}

static void connections(void **state)
{
	struct tcphs_isn *isn = tcphs_isn_new(NULL);
	struct tcphs_connection connection = connection_between(42, 42);
	struct heard heard = {.count = 0};

	(void)state;
	assert_true(tcphs_isn_add(isn, &connection));
	assert_int_equal(tcphs_isn_hosts(isn), 2);
	assert_true(tcphs_isn_diagnose(isn, hear, &heard));
	assert_int_equal(heard.count, 1);
	assert_int_equal(heard.finding[0].code, TCPHS_D_ISN_EQUAL);
	assert_int_equal(heard.finding[0].packet, 2);
	assert_int_equal(heard.finding[0].host.octets[3], 2);
	tcphs_isn_free(isn);

	/* Inferred numbers and a socket connected to itself say nothing. */
	isn = tcphs_isn_new(NULL);
	connection.end[TCPHS_SERVER].isn_inferred = true;
	assert_true(tcphs_isn_add(isn, &connection));
	connection.end[TCPHS_SERVER].isn_inferred = false;
	connection.open.kind = TCPHS_OPEN_SELF;
	connection.end[TCPHS_CLIENT].isn = 43;
	connection.end[TCPHS_SERVER] = connection.end[TCPHS_CLIENT];
	assert_true(tcphs_isn_add(isn, &connection));
	heard.count = 0;
	assert_true(tcphs_isn_diagnose(isn, hear, &heard));
	assert_int_equal(heard.count, 0);
	tcphs_isn_free(isn);
}

/* So many samples, of so many hosts in turn. */
static void add_hosts(struct tcphs_isn *isn, uint32_t samples, uint32_t hosts)
{
	for (uint32_t i = 0; i < samples; i++) {
		struct tcphs_isn_sample at = sample(1, i * 2654435761u, i);

		at.host = host_number(i % hosts);
		at.port = (uint16_t)i;
		assert_true(tcphs_isn_add_sample(isn, &at));
	}
}

static void caps(void **state)
{
	const struct tcphs_isn_options options = {.hosts_max = 100, .samples_max = 150};
	struct tcphs_isn *isn = tcphs_isn_new(&options);
	struct tcphs_isn_report report;

	(void)state;
	add_hosts(isn, 400, 200);
	assert_int_equal(tcphs_isn_hosts(isn), 100);
	assert_int_equal(tcphs_isn_left_out(isn).hosts, 200);
	assert_int_equal(tcphs_isn_left_out(isn).isns, 50);
	assert_int_equal(tcphs_isn_left_out(isn).hosts_max, 100);
	assert_int_equal(tcphs_isn_left_out(isn).samples_max, 150);
	assert_true(tcphs_isn_report(isn, 0, &report));
	assert_int_equal(report.samples, 2);
	assert_true(tcphs_isn_report(isn, 99, &report));
	assert_int_equal(report.samples, 1);
	assert_int_equal(report.left_out, 1);
	tcphs_isn_free(isn);
}

/* What is said names the bound that was reached, not the one that would be without it. */
static void caps_by_memory(void **state)
{
	const struct tcphs_isn_options options = {.max_memory = 1};
	struct tcphs_isn *isn = tcphs_isn_new(&options);
	struct text out = {0};

	(void)state;
	add_hosts(isn, 3000, 2000);
	isn_hosts_end(&out, isn, 0);
	assert_non_null(strstr(out.data, "beyond the first 1024 were not looked at: more do not "
	                                 "fit into --max-memory\n"));
	assert_non_null(strstr(out.data, " 1024 in all are: more do not fit into --max-memory\n"));
	text_free(&out);
	tcphs_isn_free(isn);
}

static void add_many(struct tcphs_isn *isn, uint32_t host, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		struct tcphs_isn_sample at = sample(1, (host * 65536 + i) * 2654435761u, i);

		at.host = host_number(host);
		at.port = (uint16_t)i;
		assert_true(tcphs_isn_add_sample(isn, &at));
	}
}

/* Busy hosts leave room for those that come later. */
static void quiet_after_busy(void **state)
{
	const struct tcphs_isn_options options = {.samples_max = 100000};
	struct tcphs_isn *isn = tcphs_isn_new(&options);
	struct tcphs_isn_report report;

	(void)state;
	for (uint32_t host = 0; host < 10; host++)
		add_many(isn, host, 20000);
	for (uint32_t host = 10; host < 110; host++)
		add_many(isn, host, TCPHS_ISN_NEED_ENTROPY);
	assert_true(tcphs_isn_report(isn, 0, &report));
	assert_int_equal(report.samples, TCPHS_ISN_PER_HOST);
	for (uint32_t host = 10; host < 110; host++) {
		assert_true(tcphs_isn_report(isn, host, &report));
		assert_int_equal(report.samples, TCPHS_ISN_NEED_ENTROPY);
		assert_int_equal(report.left_out, 0);
	}
	tcphs_isn_free(isn);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(small_samples),    cmocka_unit_test(sentence),
	    cmocka_unit_test(copies),           cmocka_unit_test(one_tuple),
	    cmocka_unit_test(connections),      cmocka_unit_test(caps),
		cmocka_unit_test(caps_by_memory),
	    cmocka_unit_test(quiet_after_busy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
