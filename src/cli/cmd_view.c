/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs view: the list and the ladders on the whole terminal. */
#include "cli/command.h"
#include "cli/copy.h"
#include "cli/message.h"
#include "cli/run.h"
#include "cli/sandbox.h"
#include "cli/terminal.h"
#include "cli/view_options.h"

#include "tui/tui.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of --max-memory. A connection held takes 100 octets at least, and in each of four orders (shown,
 * next, merging, to be given back) 24. */
#define PARTS_OF_ORDER  6u
#define PARTS_OF_GROUPS 2u
#define PARTS_OF_ISNS   2u
#define BESIDE          (PARTS_OF_ORDER + PARTS_OF_GROUPS + PARTS_OF_ISNS)

/* What the library reports becomes a line and a code. */
static int say(const struct tcphs_error *error)
{
	if (error->status == TCPHS_OK)
		return EXIT_DONE;
	message("%s", error->text);
	return error->status == TCPHS_DAMAGED ? EXIT_DAMAGED : EXIT_USAGE;
}

static bool on_opened(void *context, struct tcphs_error *error)
{
	const struct sandbox_plan *plan = context;

	return plan == NULL || sandbox_enter(plan, error);
}

struct tui_options view_options(const struct options *options, struct tcphs_session *session,
                                const char *sandbox)
{
	return (struct tui_options){
	    .session = session,
	    .path_count = options->argument_count,
	    .query = options->query,
	    .groups_memory = run_memory_part(options, PARTS_OF_GROUPS),
	    .isn_memory = run_memory_part(options, PARTS_OF_ISNS),
	    .theme = options->theme,
	    .color = options->color == WHEN_ALWAYS  ? TUI_COLOR_ALWAYS
	             : options->color == WHEN_NEVER ? TUI_COLOR_NEVER
	                                            : TUI_COLOR_AUTO,
	    .ascii = options->ascii,
	    .raw = options->absolute,
	    .numeric = options->numeric,
	    .time = (enum tcphs_time_mode)options->time,
	    .sandboxed = !options->no_sandbox,
	    .sandbox = sandbox,
	};
}

bool view_is_wanted(const struct options *options)
{
	const char *term = getenv("TERM");

	return !options->plain && tui_possible() && terminal_is(STDIN_FILENO) && term != NULL &&
	       term[0] != '\0' && strcmp(term, "dumb") != 0;
}

static struct tcphs_session_options view_session_options(const struct options *options)
{
	struct tcphs_session_options session_options = run_session_options(options);

	/* What has ended stays on the screen: nothing is final while somebody looks. */
	session_options.tracker.live = false;
	if (options->max_memory == 0 && run_is_endless(options))
		session_options.tracker.max_memory = ENDLESS_MEMORY;
	session_options.tracker.max_memory -=
	    session_options.tracker.max_memory / PARTS_OF_MEMORY * BESIDE;
	session_options.read_ahead = false; /* the view looks at the source while it loads */
	session_options.tracker.even = true;
	session_options.max_connections = options->stop_connections;
	session_options.max_octets = options->stop_octets;
	session_options.max_time = options->stop_after;
	return session_options;
}

int view_open(const struct options *options, struct tui_quiz *quiz)
{
	struct tcphs_session_options session_options;
	struct tcphs_query *query = NULL;
	struct tcphs_session *session;
	struct tcphs_error opening = {0}, viewing = {0};
	struct tui_options view;
	struct sandbox_plan plan = sandbox_plan(options);
	char sandbox[200];
	int code, other, copying;
	bool help = false;

	/* A query that is wrong is said before the terminal is taken. */
	if (!run_query(options, &query, &help))
		return help ? EXIT_DONE : EXIT_USAGE;
	session_options = view_session_options(options);
	plan.needs |= NEED_VIEW;
	/* Now: inside the sandbox nobody may ask. */
	sandbox_describe_view(options->no_sandbox ? NULL : &plan, sandbox, sizeof(sandbox));
	session_options.source.opened = on_opened;
	session_options.source.opened_context = options->no_sandbox ? NULL : &plan;
	session = run_session_open(options, &session_options, &opening);
	if (session == NULL) {
		tcphs_query_free(query);
		return say(&opening);
	}
	view = view_options(options, session, sandbox);
	if (quiz != NULL) {
		quiz->query = query;
		tui_run_quiz(&view, quiz, &viewing);
	} else {
		tui_run(&view, &viewing);
	}
	tcphs_query_free(query);
	/* Only now is there a place to say it. */
	code = say(&opening);
	other = say(&viewing);
	copying = copy_wait(tcphs_session_source(session), options);
	tcphs_session_close(session);
	code = code > copying ? code : copying;
	return code > other ? code : other;
}

int cmd_view(const struct options *options)
{
	if (!tui_possible())
		return print_list_and_ladders(options);
	if (options->write_path != NULL && options->interface == NULL) {
		message("view: -w writes what is sniffed; 'tcphs list -w FILE -Y QUERY CAPTURE' "
		        "writes the packets of connections, and so does the key o");
		return EXIT_USAGE;
	}
	return view_open(options, NULL);
}
