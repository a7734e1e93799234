/* SPDX-License-Identifier: BSD-3-Clause */
/* A connection read again for its every segment is the one that a tracker shows that kept all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <glob.h>
#include <string.h>

#include <tcphs/session.h>

static struct tcphs_session *read_capture(const char *path, bool keep_all)
{
	const struct tcphs_session_options options = {
	    .tracker = {.seed = {1, 2}, .keep_all = keep_all},
	};
	struct tcphs_error error = {0};
	struct tcphs_session *session = tcphs_session_open_files(&path, 1, &options, &error);

	if (session == NULL)
		fail_msg("%s", error.text);
	while (tcphs_session_step(session, 1000, &error) == TCPHS_SOURCE_MORE)
		;
	return session;
}

static bool rows_equal(const struct tcphs_row *a, const struct tcphs_row *b)
{
	return a->packet == b->packet && a->time == b->time && a->from == b->from &&
	       a->is_run == b->is_run && a->role == b->role && a->fate == b->fate &&
	       a->flags == b->flags && a->seq == b->seq && a->ack == b->ack &&
	       a->length == b->length && a->again == b->again && a->late == b->late &&
	       memcmp(a->state, b->state, sizeof(a->state)) == 0 &&
	       memcmp(a->certain, b->certain, sizeof(a->certain)) == 0;
}

static void assert_same(const char *path, const struct tcphs_analysis *unfolded,
                        const struct tcphs_analysis *kept)
{
	unsigned long long id = kept->connection.id;

	if (unfolded->rows != kept->rows)
		fail_msg("%s, connection %llu: %zu rows, not %zu", path, id, unfolded->rows,
		         kept->rows);
	for (size_t i = 0; i < kept->rows; i++)
		if (!rows_equal(&unfolded->row[i], &kept->row[i]))
			fail_msg("%s, connection %llu: row %zu", path, id, i);
	if (unfolded->diagnoses != kept->diagnoses)
		fail_msg("%s, connection %llu: %zu diagnoses, not %zu", path, id,
		         unfolded->diagnoses, kept->diagnoses);
	for (size_t i = 0; i < kept->diagnoses; i++)
		if (unfolded->diagnosis[i].code != kept->diagnosis[i].code ||
		    unfolded->diagnosis[i].packet != kept->diagnosis[i].packet)
			fail_msg("%s, connection %llu: diagnosis %zu", path, id, i);
	assert_int_equal(unfolded->connection.open.kind, kept->connection.open.kind);
	assert_int_equal(unfolded->connection.close.kind, kept->connection.close.kind);
}

/* The header of each segment, read again by itself, has the options that were kept of it; but for
 * what came in fragments. */
static void read_headers(const char *path, struct tcphs_session *session,
                         const struct tcphs_analysis *kept)
{
	for (size_t i = 0; i < kept->rows; i++) {
		const struct tcphs_row *row = &kept->row[i];
		struct tcphs_segment segment = {0};
		struct tcphs_error error = {0};

		if (!tcphs_session_header(session, &kept->connection, row, &segment, &error)) {
			if (strstr(path, "fragments") == NULL)
				fail_msg("%s: %s", path, error.text);
			assert_non_null(strstr(error.text, "alone does not hold it"));
			continue;
		}
		if (segment.packet != row->packet || segment.seq != row->seq)
			fail_msg("%s: packet %llu", path, (unsigned long long)row->packet);
		if (row->options == NULL)
			continue;
		assert_int_equal(segment.options.present, row->options->present);
		if ((segment.options.present & TCPHS_OPT_TIMESTAMPS) == 0)
			continue;
		assert_int_equal(segment.options.tsval, row->options->tsval);
		assert_int_equal(segment.options.tsecr, row->options->tsecr);
	}
}

static void unfold_all(const char *path)
{
	struct tcphs_session *folded = read_capture(path, false);
	struct tcphs_session *whole = read_capture(path, true);
	struct tcphs_analysis unfolded = {0}, kept = {0};
	struct tcphs_error error = {0};
	size_t count = tcphs_tracker_count(tcphs_session_tracker(folded));

	assert_int_equal(count, tcphs_tracker_count(tcphs_session_tracker(whole)));
	for (size_t i = 0; i < count; i++) {
		assert_true(tcphs_tracker_analyse(tcphs_session_tracker(whole), i, &kept));
		if (!tcphs_session_unfold(folded, i, &unfolded, &error))
			fail_msg("%s", error.text);
		assert_same(path, &unfolded, &kept);
		read_headers(path, folded, &kept);
	}
	tcphs_analysis_free(&unfolded);
	tcphs_analysis_free(&kept);
	tcphs_session_close(folded);
	tcphs_session_close(whole);
}

static void every_connection_of_every_capture(void **state)
{
	glob_t captures;

	(void)state;
	assert_int_equal(glob(SOURCE_DIR "/captures/*.pcap", 0, NULL, &captures), 0);
	for (size_t i = 0; i < captures.gl_pathc; i++)
		unfold_all(captures.gl_pathv[i]);
	globfree(&captures);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_connection_of_every_capture),
	};

	/* By hand, of other captures. */
	for (int i = 1; i < argc; i++)
		unfold_all(argv[i]);
	return argc > 1 ? 0 : cmocka_run_group_tests(tests, NULL, NULL);
}
