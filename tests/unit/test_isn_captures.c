/* SPDX-License-Identifier: BSD-3-Clause */
/* From a capture to the diagnoses about its hosts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <tcphs/isn.h>
#include <tcphs/session.h>

struct heard {
	uint32_t codes; /* bit i: TCPHS_D_ISN_ZERO + i */
	uint64_t packet;
	unsigned count;
};

static bool hear(void *context, const struct tcphs_isn_finding *finding)
{
	struct heard *heard = context;

	heard->codes |= 1u << (finding->code - TCPHS_D_ISN_ZERO);
	heard->packet = finding->packet;
	heard->count++;
	assert_true(finding->text[0] != '\0');
	return true;
}

static struct tcphs_isn *read_capture(const char *path)
{
	const struct tcphs_session_options options = {.tracker = {.seed = {1, 2}}};
	struct tcphs_error error = {0};
	struct tcphs_session *session = tcphs_session_open_files(&path, 1, &options, &error);
	struct tcphs_isn *isn = tcphs_isn_new(NULL);
	struct tcphs_analysis analysis = {0};
	struct tcphs_tracker *tracker;

	if (session == NULL)
		fail_msg("%s", error.text);
	while (tcphs_session_step(session, 1000, &error) == TCPHS_SOURCE_MORE)
		;
	tracker = tcphs_session_tracker(session);
	for (size_t i = 0; i < tcphs_tracker_count(tracker); i++) {
		assert_true(tcphs_tracker_summarise(tracker, i, &analysis));
		assert_true(tcphs_isn_add(isn, &analysis.connection));
	}
	tcphs_analysis_free(&analysis);
	tcphs_session_close(session);
	return isn;
}

static struct heard findings(const char *path)
{
	struct tcphs_isn *isn = read_capture(path);
	struct heard heard = {0};

	assert_true(tcphs_isn_diagnose(isn, hear, &heard));
	tcphs_isn_free(isn);
	return heard;
}

#define BIT(code) (1u << ((code)-TCPHS_D_ISN_ZERO))

static void healthy_host(void **state)
{
	(void)state;
	assert_int_equal(findings(SOURCE_DIR "/captures/isn-healthy.pcap").codes, 0);
}

/* Enough samples to say so, and the clock of 64 ns behind the one 4-tuple that came back. */
static void linux_host(void **state)
{
	struct tcphs_isn *isn = read_capture(SOURCE_DIR "/captures/isn-linux.pcap");
	struct tcphs_isn_report report;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		assert_true(tcphs_isn_report(isn, i, &report));
		assert_int_equal(report.verdict, TCPHS_ISN_NO_PATTERN);
		assert_int_equal(report.samples, 21);
		assert_int_equal(report.tuple_samples, 8);
		assert_true(report.tuple_rate > 15.6e6 && report.tuple_rate < 15.65e6);
		assert_int_equal(report.codes, BIT(TCPHS_D_ISN_CLOCK_TUPLE));
	}
	tcphs_isn_free(isn);
}

static void predictable_host(void **state)
{
	(void)state;
	assert_int_equal(findings(SOURCE_DIR "/captures/isn-predictable.pcap").codes,
	                 BIT(TCPHS_D_ISN_STEP_64K));
}

static void repeating_host(void **state)
{
	const struct heard heard = findings(SOURCE_DIR "/captures/isn-repeat.pcap");

	(void)state;
	assert_int_equal(heard.codes, BIT(TCPHS_D_ISN_REPEAT));
	assert_int_equal(heard.count, 1);
}

/* The same 4-tuple reopened out of TIME-WAIT. */
static void reused_tuple(void **state)
{
	struct tcphs_isn *isn = read_capture(SOURCE_DIR "/captures/port-reuse.pcap");
	struct tcphs_isn_report report;

	(void)state;
	assert_int_equal(tcphs_isn_hosts(isn), 2);
	for (size_t i = 0; i < 2; i++) {
		assert_true(tcphs_isn_report(isn, i, &report));
		assert_int_equal(report.samples, 1);
		assert_int_equal(report.connections, 2);
		assert_int_equal(report.reused, 1);
	}
	tcphs_isn_free(isn);
}

/* A mirror port's copies and a socket connected to itself are one connection, one number. */
static void one_of_each(void **state)
{
	(void)state;
	assert_int_equal(findings(SOURCE_DIR "/captures/mirror-copies.pcap").codes, 0);
	assert_int_equal(findings(SOURCE_DIR "/captures/self-connect.pcap").codes, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(healthy_host),     cmocka_unit_test(linux_host),
	    cmocka_unit_test(predictable_host), cmocka_unit_test(repeating_host),
	    cmocka_unit_test(reused_tuple),     cmocka_unit_test(one_of_each),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
