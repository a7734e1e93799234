/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The full-screen view: the list of a session's connections and, a key away, their ladders.
 *
 * A thin shell: it draws and reads keys. What it shows comes from the tracker, the query and
 * the ladder, which the text output stands on as well.
 */
#ifndef TUI_TUI_H
#define TUI_TUI_H

#include <stdbool.h>
#include <stddef.h>
#include <tcphs/error.h>
#include <tcphs/ladder.h>
#include <tcphs/query.h>
#include <tcphs/session.h>
#include "teach/lesson_reply.h"

enum tui_color { TUI_COLOR_AUTO, TUI_COLOR_ALWAYS, TUI_COLOR_NEVER };

extern const char *const tui_themes[]; /* their names, NULL-terminated */

struct tui_options {
	struct tcphs_session *session; /* open and not yet read; the caller closes it */
	size_t path_count; /* captures: packets are named by pairs if there are several */
	uint64_t groups_memory, isn_memory; /* octets that each may take; 0: no bound */
	const char *query;                  /* the first query, or NULL */
	const char *theme; /* of tui_themes, or NULL: the configuration's, else the terminal's */
	enum tui_color color;
	bool ascii; /* ASCII glyphs even if the locale has UTF-8 */
	bool raw, numeric;
	enum tcphs_time_mode time;
	bool sandboxed;      /* files can be saved in some folders only */
	const char *sandbox; /* its state in words, for the help; or NULL */
};

/* A lesson to go through in the view. */
struct tui_lesson {
	const struct lesson *lesson;
	/* Opens a capture that the lesson names, without reading it; NULL: see the error. */
	struct tcphs_session *(*open)(void *context, const char *name, struct tcphs_error *error);
	void *context;
	const char *next;          /* the name of the lesson after this one, or NULL */
	struct lesson_score score; /* when it is over */
};

/* A quiz about a session's connections. */
struct tui_quiz {
	const struct tcphs_query *query; /* about these only, or NULL */
	uint64_t count, seed;            /* how many questions, 0: as usual; which ones */
	unsigned asked, right;           /* when it is over */
};

/* Whether the view can open: standard output is a terminal and keys can be read. */
bool tui_possible(void);

/*
 * Runs the view until the user leaves it, the terminal goes away or a signal ends it; the
 * terminal is as before then. The status is that of the input (TCPHS_DAMAGED after a cut
 * file), or TCPHS_USAGE for a terminal or a configuration that can't be used.
 */
enum tcphs_status tui_run(const struct tui_options *options, struct tcphs_error *error);
/* The same for a lesson; options->session is NULL. */
enum tcphs_status tui_run_lesson(const struct tui_options *options, struct tui_lesson *lesson,
                                 struct tcphs_error *error);
/* The same for a quiz instead of the list. */
enum tcphs_status tui_run_quiz(const struct tui_options *options, struct tui_quiz *quiz,
                               struct tcphs_error *error);

#endif
