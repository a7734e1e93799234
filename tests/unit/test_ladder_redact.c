/* SPDX-License-Identifier: BSD-3-Clause */
#include <tcphs/ladder.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static struct tcphs_address v4(uint32_t number)
{
	return (struct tcphs_address){
	    .family = 4,
	    .octets = {10, (uint8_t)(number >> 16), (uint8_t)(number >> 8), (uint8_t)number}};
}

static void assert_address(const struct tcphs_address *address, const char *expected)
{
	char text[64];

	tcphs_address_text(address, text, sizeof(text));
	assert_string_equal(text, expected);
}

static void test_same_address_same_substitute(void **state)
{
	struct tcphs_redaction *redaction = tcphs_redaction_new();
	struct tcphs_analysis a = {0}, b = {0};

	(void)state;
	assert_non_null(redaction);
	a.connection.end[0].address = v4(1);
	a.connection.end[0].port = 40000;
	a.connection.end[1].address = v4(2);
	b.connection.end[0].address = v4(3);
	b.connection.end[1].address = v4(1);
	assert_true(tcphs_redaction_apply(redaction, &a));
	assert_true(tcphs_redaction_apply(redaction, &b));
	assert_address(&a.connection.end[0].address, "192.0.2.1");
	assert_address(&a.connection.end[1].address, "192.0.2.2");
	assert_address(&b.connection.end[0].address, "192.0.2.3");
	assert_address(&b.connection.end[1].address, "192.0.2.1");
	assert_int_equal(a.connection.end[0].port, 40000);
	tcphs_redaction_free(redaction);
}

/* Who sent an ICMP error is an address, too. */
static void test_diagnoses(void **state)
{
	struct tcphs_redaction *redaction = tcphs_redaction_new();
	struct tcphs_diagnosis said[2] = {{.by = v4(9)}, {.by = {.family = 0}}};
	struct tcphs_analysis a = {.diagnosis = said, .diagnoses = 2};

	(void)state;
	a.connection.end[0].address = v4(1);
	a.connection.end[1].address = v4(2);
	assert_true(tcphs_redaction_apply(redaction, &a));
	assert_address(&said[0].by, "192.0.2.3");
	assert_int_equal(said[1].by.family, 0);
	tcphs_redaction_free(redaction);
}

static void test_many_addresses_stay_apart(void **state)
{
	struct tcphs_redaction *redaction = tcphs_redaction_new();
	char text[64], before[64] = "";

	(void)state;
	for (uint32_t i = 0; i < 2000; i++) {
		struct tcphs_analysis analysis = {0};
		struct tcphs_connection *connection = &analysis.connection;

		connection->end[0].address = v4(i);
		connection->end[1].address = (struct tcphs_address){.family = 6, .octets = {0xfe}};
		connection->end[1].address.octets[15] = (uint8_t)i;
		assert_true(tcphs_redaction_apply(redaction, &analysis));
		tcphs_address_text(&connection->end[0].address, text, sizeof(text));
		assert_true(strncmp(text, "10.", 3) != 0);
		assert_string_not_equal(text, before);
		memcpy(before, text, sizeof(text));
		tcphs_address_text(&connection->end[1].address, text, sizeof(text));
		assert_memory_equal(text, "2001:db8::", 10);
	}
	tcphs_redaction_free(redaction);
	tcphs_redaction_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_same_address_same_substitute),
	    cmocka_unit_test(test_diagnoses),
	    cmocka_unit_test(test_many_addresses_stay_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
