/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The fast path and the plain path say the same. Every capture of the project is read
 *   with all segments kept (nothing folded, no shapes: rows are asked for),
 *   folded,
 *   folded with another key of the flow table,
 *   and folded with a second thread reading ahead,
 * and each connection's summary and diagnoses must be equal. So must they where one side was not
 * captured, or only in the first or the second half.
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

/* Several captures as one stream, so many packets a step; *after: steps after the last packet. */
static struct tcphs_session *read_stepwise(const glob_t *paths, size_t packets, size_t *after)
{
	struct tcphs_error error = {0};
	struct tcphs_session *session = tcphs_session_open_files(
	    (const char *const *)paths->gl_pathv, paths->gl_pathc, NULL, &error);
	uint64_t before = 0;

	assert_non_null(session);
	for (*after = 0; tcphs_session_step(session, packets, &error) == TCPHS_SOURCE_MORE;) {
		*after = tcphs_session_packets(session) > before ? 0 : *after + 1;
		before = tcphs_session_packets(session);
	}
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
	assert_int_equal(a->next_known, b->next_known);
	if (a->next_known)
		assert_int_equal(a->next, b->next);
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

static size_t compare_trackers(struct tcphs_tracker *kept, struct tcphs_tracker *folded,
                               const char *path, int way)
{
	size_t count = tcphs_tracker_count(kept);
	struct tcphs_analysis plain = {0}, other = {0};

	assert_int_equal(tcphs_tracker_count(folded), count);
	for (size_t i = 0; i < count; i++) {
		assert_true(tcphs_tracker_analyse(kept, i, &plain));
		assert_true(tcphs_tracker_summarise(folded, i, &other));
		print_message("%s connection %zu way %d\n", path, i + 1, way);
		compare_connections(&plain.connection, &other.connection);
		compare_diagnoses(&plain, &other);
	}
	tcphs_analysis_free(&plain);
	tcphs_analysis_free(&other);
	return count;
}

static size_t compare_captures(const char *path)
{
	struct tcphs_session *session[WAYS];
	size_t count = 0;

	for (int way = 0; way < WAYS; way++)
		session[way] = read_capture(path, (enum way)way);
	for (int way = 1; way < WAYS; way++)
		count = compare_trackers(tcphs_session_tracker(session[0]),
		                         tcphs_session_tracker(session[way]), path, way);
	for (int way = 0; way < WAYS; way++)
		tcphs_session_close(session[way]);
	return count;
}

/* ---- one side ---------------------------------------------------------------------- */

/* Which side is missing, the one with the lower port or the other, and when. */
enum missing { ALWAYS, FIRST_HALF, SECOND_HALF, MISSING };

static bool is_missing(const struct tcphs_segment *s, bool low, enum missing when, uint64_t packets)
{
	if ((s->sport < s->dport) != low || s->kind != TCPHS_SEGMENT_TCP)
		return false;
	return when == ALWAYS || (when == FIRST_HALF) == (s->packet <= packets / 2);
}

static size_t read_segments(const char *path, struct tcphs_segment *segment, size_t room)
{
	struct tcphs_error error = {0};
	struct tcphs_source *source = tcphs_source_open_files(&path, 1, NULL, &error);
	struct tcphs_decoder *decoder = tcphs_decoder_new(NULL);
	enum tcphs_source_state state = TCPHS_SOURCE_MORE;
	struct tcphs_packet packet[64];
	size_t count = 0;

	assert_non_null(source);
	assert_non_null(decoder);
	while (state == TCPHS_SOURCE_MORE && count + 64 <= room) {
		size_t read = 0;

		state = tcphs_source_read(source, packet, 64, &read, &error);
		count += tcphs_decode(decoder, packet, read, segment + count);
	}
	tcphs_decoder_free(decoder);
	tcphs_source_close(source);
	return count;
}

static struct tcphs_tracker *track(const struct tcphs_segment *segment, size_t count, bool keep_all,
                                   bool low, enum missing when)
{
	const struct tcphs_tracker_options options = {.keep_all = keep_all, .seed = {1, 2}};
	struct tcphs_tracker *tracker = tcphs_tracker_new(&options);

	assert_non_null(tracker);
	for (size_t i = 0; i < count; i++)
		if (!is_missing(&segment[i], low, when, segment[count - 1].packet))
			assert_true(tcphs_tracker_add(tracker, &segment[i], 1));
	tcphs_tracker_finish(tracker);
	return tracker;
}

#define ROOM 4096u /* segments of a capture */

static void compare_one_sided(const char *path)
{
	static struct tcphs_segment segment[ROOM];
	size_t count = read_segments(path, segment, ROOM);

	for (int variant = 0; variant < 2 * MISSING; variant++) {
		bool low = variant % 2;
		struct tcphs_tracker *kept =
		    track(segment, count, true, low, (enum missing)(variant / 2));
		struct tcphs_tracker *folded =
		    track(segment, count, false, low, (enum missing)(variant / 2));

		compare_trackers(kept, folded, path, WAYS + variant);
		tcphs_tracker_free(kept);
		tcphs_tracker_free(folded);
	}
}

/* ---- every capture ----------------------------------------------------------------- */

static size_t for_each_capture(void (*what)(const char *path))
{
	const char *const patterns[] = {SOURCE_DIR "/captures/*.pcap",
	                                SOURCE_DIR "/captures/*.pcapng"};
	size_t captures = 0;
	glob_t found;

	for (size_t p = 0; p < 2; p++) {
		if (glob(patterns[p], 0, NULL, &found) != 0)
			continue;
		for (size_t i = 0; i < found.gl_pathc; i++)
			what(found.gl_pathv[i]);
		captures += found.gl_pathc;
		globfree(&found);
	}
	return captures;
}

static void compare_some(const char *path)
{
	assert_true(compare_captures(path) > 0);
}

static void test_every_capture(void **state)
{
	(void)state;
	assert_true(for_each_capture(compare_some) > 30);
}

static void test_one_sided(void **state)
{
	(void)state;
	assert_true(for_each_capture(compare_one_sided) > 30);
}

/* Who reads little at a time waits for little at the end, too, and gets the same. */
static void test_end_in_steps(void **state)
{
	struct tcphs_session *at_once, *stepwise;
	size_t after;
	glob_t found;

	(void)state;
	assert_int_equal(glob(SOURCE_DIR "/captures/*.pcap", 0, NULL, &found), 0);
	at_once = read_stepwise(&found, 1000, &after);
	stepwise = read_stepwise(&found, 1, &after);
	assert_true(after > 1);
	assert_true(tcphs_session_is_over(stepwise));
	assert_true(compare_trackers(tcphs_session_tracker(at_once),
	                             tcphs_session_tracker(stepwise), "all", 0) > 100);
	tcphs_session_close(at_once);
	tcphs_session_close(stepwise);
	globfree(&found);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_capture),
	    cmocka_unit_test(test_one_sided),
	    cmocka_unit_test(test_end_in_steps),
	};

	for (int i = 1; i < argc; i++) { /* captures of one's own */
		printf("%s: %zu connections\n", argv[i], compare_captures(argv[i]));
		compare_one_sided(argv[i]);
	}
	return argc > 1 ? 0 : cmocka_run_group_tests(tests, NULL, NULL);
}
