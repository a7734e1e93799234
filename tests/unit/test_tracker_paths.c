/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The fast path and the plain path say the same. Every capture of the project is read
 *   with all segments kept (nothing folded, no shapes: rows are asked for),
 *   folded,
 *   folded with another key of the flow table,
 *   and folded with a second thread reading ahead,
 * and each connection's summary and diagnoses must be equal.
 */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <tcphs/diagnosis.h>
#include <tcphs/session.h>

enum way { KEEP_ALL, FOLDED, OTHER_KEY, AHEAD, WAYS };

static struct tcphs_session *read_capture(const char *path, enum way way)
{
	struct tcphs_session_options options = {
	    .tracker = {.keep_all = way == KEEP_ALL,
			.seed = {way == OTHER_KEY ? 77 : 1, way == OTHER_KEY ? UINT64_MAX : 2}},
	    .read_ahead = way == AHEAD,
	};
	struct tcphs_error error = {0};
	struct tcphs_session *session = tcphs_session_open_files(&path, 1, &options, &error);

	assert_non_null(session);
	while (tcphs_session_step(session, 1000, &error) == TCPHS_SOURCE_MORE)
		;
	return session;
}

static void compare_ends(const struct tcphs_endpoint *a, const struct tcphs_endpoint *b)
{
	assert_int_equal(a->state, b->state);
	assert_int_equal(a->isn, b->isn);
	assert_int_equal(a->isn_known, b->isn_known);
	assert_int_equal(a->isn_inferred, b->isn_inferred);
	assert_int_equal(a->packets, b->packets);
	assert_int_equal(a->bytes, b->bytes);
	assert_int_equal(a->port, b->port);
	assert_int_equal(a->mss, b->mss);
	assert_int_equal(a->wscale, b->wscale);
}

static void compare_connections(const struct tcphs_connection *a, const struct tcphs_connection *b)
{
	for (int x = 0; x < 2; x++)
		compare_ends(&a->end[x], &b->end[x]);
	assert_int_equal(a->id, b->id);
	assert_int_equal(a->packets, b->packets);
	assert_int_equal(a->first_packet, b->first_packet);
	assert_int_equal(a->last_packet, b->last_packet);
	assert_int_equal(a->duration, b->duration);
	assert_int_equal(a->vantage, b->vantage);
	assert_memory_equal(&a->open, &b->open, sizeof(a->open));
	assert_int_equal(a->close.kind, b->close.kind);
	assert_int_equal(a->close.complete, b->close.complete);
	assert_int_equal(a->close.initiator, b->close.initiator);
	assert_memory_equal(a->close.packet, b->close.packet, sizeof(a->close.packet));
	assert_int_equal(a->close.half_close_bytes, b->close.half_close_bytes);
	assert_int_equal(a->close.duration, b->close.duration);
}

static void compare_diagnoses(const struct tcphs_analysis *a, const struct tcphs_analysis *b)
{
	assert_int_equal(a->diagnoses, b->diagnoses);
	for (size_t i = 0; i < a->diagnoses; i++) {
		const struct tcphs_diagnosis *x = &a->diagnosis[i], *y = &b->diagnosis[i];

		assert_string_equal(tcphs_code_info(x->code)->name, tcphs_code_info(y->code)->name);
		assert_int_equal(x->packet, y->packet);
		assert_int_equal(x->severity, y->severity);
		assert_int_equal(x->expected, y->expected);
		assert_int_equal(x->got, y->got);
		assert_int_equal(x->detail[0], y->detail[0]);
		assert_int_equal(x->detail[1], y->detail[1]);
	}
}

static size_t compare_captures(const char *path)
{
	struct tcphs_session *session[WAYS];
	struct tcphs_analysis plain = {0}, other = {0};
	size_t count;

	for (int way = 0; way < WAYS; way++)
		session[way] = read_capture(path, (enum way)way);
	count = tcphs_tracker_count(tcphs_session_tracker(session[0]));
	for (int way = 1; way < WAYS; way++) {
		assert_int_equal(tcphs_tracker_count(tcphs_session_tracker(session[way])), count);
		for (size_t i = 0; i < count; i++) {
			assert_true(tcphs_tracker_analyse(tcphs_session_tracker(session[0]), i, &plain));
			assert_true(tcphs_tracker_summarise(tcphs_session_tracker(session[way]), i, &other));
			print_message("%s connection %zu way %d\n", path, i + 1, way);
			compare_connections(&plain.connection, &other.connection);
			compare_diagnoses(&plain, &other);
		}
	}
	for (int way = 0; way < WAYS; way++)
		tcphs_session_close(session[way]);
	tcphs_analysis_free(&plain);
	tcphs_analysis_free(&other);
	return count;
}

static void test_every_capture(void **state)
{
	const char *const patterns[] = {SOURCE_DIR "/captures/*.pcap", SOURCE_DIR "/captures/*.pcapng"};
	size_t connections = 0;
	glob_t found;

	(void)state;
	for (size_t p = 0; p < 2; p++) {
		if (glob(patterns[p], 0, NULL, &found) != 0)
			continue;
		for (size_t i = 0; i < found.gl_pathc; i++)
			connections += compare_captures(found.gl_pathv[i]);
		globfree(&found);
	}
	assert_true(connections > 30);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_capture)};

	for (int i = 1; i < argc; i++) /* captures of one's own */
		printf("%s: %zu connections\n", argv[i], compare_captures(argv[i]));
	return argc > 1 ? 0 : cmocka_run_group_tests(tests, NULL, NULL);
}
