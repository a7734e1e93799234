/* SPDX-License-Identifier: BSD-3-Clause */
/* A lesson and its captures fit together: said before the first page, not on the fifth. */
#include "cli/learn.h"

#include "cli/run.h"

#include "base/escape.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define STEP 65536 /* packets a turn */

struct checker {
	const struct options *options;
	const char *path;
	const struct lesson_item *item;
	struct tcphs_session *session; /* of the capture on the table */
	const char *capture;           /* its name in the lesson */
	struct tcphs_analysis analysis;
	uint64_t connection;
	struct tcphs_error *error;
};

bool learn_capture_path(const char *path, const char *name, struct text *capture)
{
	const char *slash = strrchr(path, '/');

	text_clear(capture);
	if (name[0] != '/' && slash != NULL)
		text_add_octets(capture, path, (size_t)(slash + 1 - path));
	text_add(capture, name);
	return !capture->failed;
}

struct tcphs_session *learn_open(const struct options *options, const char *capture,
                                 struct tcphs_error *error)
{
	struct tcphs_session_options session = run_session_options(options);

	session.read_ahead = false;
	session.source.spool = 0;
	return tcphs_session_open_files(&capture, 1, &session, error);
}

static bool wrong(struct checker *checker, const char *what)
{
	char path[256];

	escape_into(path, sizeof(path), checker->path);
	tcphs_error_set(checker->error, TCPHS_USAGE, "%s line %u: %s", path, checker->item->line,
	                what);
	return false;
}

static bool analyse(struct checker *checker, uint64_t id)
{
	const struct tcphs_tracker *tracker = tcphs_session_tracker(checker->session);
	const size_t count = tcphs_tracker_count(tracker);
	char name[160], what[320];

	checker->connection = id;
	if (id > 0 && id <= count)
		return tcphs_tracker_analyse(tracker, (size_t)id - 1, &checker->analysis) ||
		       wrong(checker, "memory is exhausted");
	escape_into(name, sizeof(name), checker->capture);
	if (count == 0)
		snprintf(what, sizeof(what), "%s has no TCP connection", name);
	else
		snprintf(what, sizeof(what),
		         "%s has %zu connection%s, and none with the number %" PRIu64
		         "; 'tcphs list' shows them",
		         name, count, count == 1 ? "" : "s", id);
	return wrong(checker, what);
}

static bool open_capture(struct checker *checker)
{
	enum tcphs_source_state state = TCPHS_SOURCE_MORE;
	struct tcphs_error error = {0};
	struct text path = {0};
	bool good = false;

	tcphs_session_close(checker->session);
	checker->session = NULL;
	checker->capture = checker->item->text.data;
	if (!learn_capture_path(checker->path, checker->capture, &path)) {
		wrong(checker, "memory is exhausted");
		goto out;
	}
	checker->session = learn_open(checker->options, path.data, &error);
	while (checker->session != NULL && state == TCPHS_SOURCE_MORE)
		state = tcphs_session_step(checker->session, STEP, &error);
	good = checker->session != NULL && error.text[0] == '\0';
	if (!good)
		wrong(checker, error.text);
	good = good && analyse(checker, 1);
out:
	text_free(&path);
	return good;
}

/* Whether any line of the connection's ladder would show one of the packets first..last. */
static bool has_packets(struct checker *checker, bool whole)
{
	const struct tcphs_analysis *analysis = &checker->analysis;
	const struct lesson_item *item = checker->item;
	const uint64_t last = whole ? item->last : item->first;
	char what[200];

	for (size_t i = 0; i < analysis->rows; i++) {
		const struct tcphs_row *row = &analysis->row[i];
		const uint64_t to = row->is_run && whole ? row->run_last_packet : row->packet;

		if (to >= item->first && row->packet <= last)
			return true;
	}
	snprintf(what, sizeof(what),
	         "packet %" PRIu64 " is none of connection %" PRIu64 "; 'tcphs show -Y id:%" PRIu64
	         " --json' has their numbers",
	         item->first, checker->connection, checker->connection);
	return wrong(checker, what);
}

static bool check_item(struct checker *checker)
{
	switch (checker->item->kind) {
	case LESSON_CAPTURE:
		return open_capture(checker);
	case LESSON_CONNECTION:
		return analyse(checker, checker->item->first);
	case LESSON_SHOW:
	case LESSON_EXPLAIN:
		return has_packets(checker, checker->item->kind == LESSON_SHOW);
	default:
		return true;
	}
}

bool learn_check(const struct options *options, const char *path, const struct lesson *lesson,
                 struct tcphs_error *error)
{
	struct checker checker = {.options = options, .path = path, .error = error};
	bool good = true;

	for (size_t i = 0; good && i < lesson->items; i++) {
		checker.item = &lesson->item[i];
		good = check_item(&checker);
	}
	tcphs_analysis_free(&checker.analysis);
	tcphs_session_close(checker.session);
	return good;
}
