/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/tui.h"

#include "tui/app.h"
#include "tui/screens.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static enum tcphs_status open_app(struct app *app, struct tcphs_error *error)
{
	const struct tui_options *options = app->options;
	const char *theme = options->theme != NULL ? options->theme : app->config.theme;
	const char *no_color = getenv("NO_COLOR");
	bool color =
	    options->color == TUI_COLOR_ALWAYS ||
	    (options->color == TUI_COLOR_AUTO && (no_color == NULL || no_color[0] == '\0'));
	enum tcphs_status status;

	status = term_open(&app->term, options->ascii, color, error);
	if (status != TCPHS_OK)
		return status;
	if (!app->config.mouse)
		mousemask(0, NULL);
	app->chosen_theme = theme[0] != '\0';
	theme_use(&app->theme,
	          app->chosen_theme ? theme_find(theme) : theme_for_background(app->term.light),
	          app->term.color);
	return TCPHS_OK;
}

static void close_app(struct app *app)
{
	while (app->top != NULL)
		app_pop(app);
	rows_free(&app->rows);
	for (size_t i = 0; i < HISTORY_COUNT; i++)
		history_free(&app->history[i]);
	term_close(&app->term);
}

bool tui_possible(void)
{
	int fd;

	if (!isatty(STDOUT_FILENO))
		return false;
	if (isatty(STDIN_FILENO))
		return true;
	fd = open("/dev/tty", O_RDONLY | O_CLOEXEC);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static void take_session(struct app *app, struct tcphs_session *session)
{
	app->session = session;
	if (session == NULL) { /* a lesson brings its own, one after the other, and reads them */
		app->loaded = true;
		return;
	}
	app->tracker = tcphs_session_tracker(session);
	app->live = tcphs_source_is_live(tcphs_session_source(session));
	rows_init(&app->rows, app->tracker, tcphs_session_decoder(session));
	/* Of five passes: shown, next, both of them before the query that is being typed, to be
	 * given back. */
	app->rows.groups_most = (size_t)(app->options->groups_memory / 5 / FOLDS_OCTETS);
	app->rows.loading = !app->live;
}

/* What stands on the screen first: the list, or one of these. */
struct beginning {
	struct tui_lesson *lesson;
	struct tui_quiz *quiz;
};

static bool begin(struct app *app, const struct beginning *with)
{
	if (with->lesson != NULL)
		return screen_lesson_open(app, with->lesson);
	if (with->quiz != NULL)
		return screen_quiz_open(app, with->quiz);
	return screen_list_open(app);
}

static enum tcphs_status run(const struct tui_options *options, struct beginning with,
                             struct tcphs_error *error)
{
	struct app *app = calloc(1, sizeof(*app));
	enum tcphs_status status;
	int64_t drawn = 0;

	if (app == NULL)
		return tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
	app->options = options;
	take_session(app, options->session);
	status = config_load(&app->config, error);
	if (status != TCPHS_OK)
		goto out;
	app->raw = options->raw || app->config.raw;
	app->gaps = app->config.gaps;
	app->large = app->config.large;
	app->time = options->time != TCPHS_TIME_RELATIVE ? options->time : app->config.time;
	signals_open(&app->signals);
	status = open_app(app, error);
	if (status == TCPHS_OK && !begin(app, &with))
		status = tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
	if (status == TCPHS_OK && app->config.note[0] != '\0')
		app_message(app, TCPHS_S_WARNING, "%s", app->config.note);
	while (status == TCPHS_OK && !app->quit)
		app_turn(app, &drawn);
	close_app(app);
	signals_close(&app->signals);
	if (status == TCPHS_OK && app->status != TCPHS_OK) {
		status = app->status;
		if (error != NULL)
			*error = app->load_error;
	}
out:
	rows_free(&app->rows);
	free(app);
	return status;
}

enum tcphs_status tui_run(const struct tui_options *options, struct tcphs_error *error)
{
	return run(options, (struct beginning){0}, error);
}

enum tcphs_status tui_run_lesson(const struct tui_options *options, struct tui_lesson *lesson,
                                 struct tcphs_error *error)
{
	return run(options, (struct beginning){.lesson = lesson}, error);
}

enum tcphs_status tui_run_quiz(const struct tui_options *options, struct tui_quiz *quiz,
                               struct tcphs_error *error)
{
	return run(options, (struct beginning){.quiz = quiz}, error);
}
