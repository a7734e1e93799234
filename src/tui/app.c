/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/app.h"

#include "tui/screens.h"

#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MILLISECOND 1000000
#define SLICE       (5 * MILLISECOND)  /* of reading or of a pass, between two looks at the keys */
#define FRAME       (60 * MILLISECOND) /* between redraws that only new packets ask for */
#define STEP_MAX    65536              /* packets */

void app_push(struct app *app, struct screen *screen)
{
	screen->app = app;
	screen->below = app->top;
	app->top = screen;
	app->dirty = true;
}

void app_pop(struct app *app)
{
	struct screen *screen = app->top;

	app->top = screen->below;
	screen->ops->close(screen);
	app->dirty = true;
	if (app->top == NULL)
		app->quit = true;
}

void app_message(struct app *app, unsigned style, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(app->message, sizeof(app->message), format, args);
	va_end(args);
	app->message_style = style;
	app->dirty = true;
}

size_t app_find(const struct app *app, uint64_t id)
{
	size_t low = 0, high = tcphs_tracker_count(app->tracker);
	struct tcphs_connection connection;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		tcphs_tracker_peek(app->tracker, middle, &connection);
		if (connection.id == id)
			return middle;
		if (connection.id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return SIZE_MAX;
}

static void next_theme(struct app *app)
{
	size_t next = theme_name(app->theme.index + 1) != NULL ? app->theme.index + 1 : 0;

	app->chosen_theme = true;
	theme_use(&app->theme, next, app->term.color);
	app_message(app, TCPHS_S_DIM, "theme %s%s", theme_name(next),
	            app->term.color ? "" : ", without colours here");
}

static void run_command(struct app *app, enum command command)
{
	if (command == CMD_NONE || app->top->ops->command(app->top, command))
		return;
	if (command == CMD_BACK)
		app_pop(app);
	else if (command == CMD_QUIT)
		app->quit = true;
	else if (command == CMD_THEME)
		next_theme(app);
	else if (command == CMD_HELP)
		screen_help_open(app, app->top->ops->place);
	else if (command == CMD_REDRAW)
		clearok(curscr, TRUE);
}

static void take_mouse(struct app *app)
{
	MEVENT event;
	enum mouse mouse = MOUSE_PRESS;

	if (getmouse(&event) != OK || app->prompt.kind != NULL || app->top->ops->mouse == NULL ||
	    event.y >= app_screen_height(app))
		return;
	if (event.bstate & BUTTON4_PRESSED)
		mouse = MOUSE_WHEEL_UP;
	else if (event.bstate & BUTTON5_PRESSED)
		mouse = MOUSE_WHEEL_DOWN;
	else if (event.bstate & BUTTON1_DOUBLE_CLICKED)
		mouse = MOUSE_DOUBLE;
	else if (!(event.bstate & BUTTON1_PRESSED))
		return;
	app->top->ops->mouse(app->top, mouse, event.y, event.x);
}

static void take_key(struct app *app, int key)
{
	unsigned place;

	app->dirty = true;
	if (key == TERM_BACKGROUND) {
		if (!app->chosen_theme)
			theme_use(&app->theme, theme_for_background(app->term.light),
			          app->term.color);
		return;
	}
	if (key == TERM_KEY(KEY_RESIZE))
		return;
	app->message[0] = '\0';
	if (key == TERM_KEY(KEY_MOUSE)) {
		take_mouse(app);
	} else if (app->prompt.kind != NULL) {
		prompt_key(app, key);
	} else {
		place = app->top->ops->place | (app->live ? (unsigned)IN_LIVE : 0);
		run_command(app, keymap_find(&app->config.keys, place, key));
	}
}

static void take_signals(struct app *app)
{
	unsigned events = signals_take();

	if (events & SIGNAL_QUIT)
		app->quit = true;
	if (events & SIGNAL_SUSPEND) {
		term_leave(&app->term);
		signals_stop();
		events |= SIGNAL_RESUMED;
	}
	if (events & SIGNAL_RESUMED) {
		term_enter(&app->term);
		app->dirty = true;
	}
	if (events & SIGNAL_RESIZE) {
		term_resize(&app->term);
		app->dirty = true;
	}
}

/* Reads for about one slice; true if there may be more at once. */
static bool read_packets(struct app *app)
{
	int64_t began = clock_now(), took;
	uint64_t before = tcphs_session_packets(app->session);
	struct tcphs_error error = {0};
	enum tcphs_source_state state;

	if (app->loaded)
		return false;
	state = tcphs_session_step(app->session, app->step, &error);
	took = clock_now() - began;
	if (took > SLICE && app->step > 16)
		app->step /= 2;
	else if (took < SLICE / 2 && state == TCPHS_SOURCE_MORE && app->step < STEP_MAX)
		app->step *= 2;
	if (tcphs_session_packets(app->session) != before)
		rows_touch(&app->rows);
	if (state == TCPHS_SOURCE_END || state == TCPHS_SOURCE_ERROR) {
		app->loaded = true;
		app->dirty = true;
		rows_loaded(&app->rows);
		if (error.text[0] != '\0') {
			app->status = error.status != TCPHS_OK ? error.status : TCPHS_DAMAGED;
			app->load_error = error;
			app_message(app, TCPHS_S_ERROR, "%s", error.text);
		}
	} else if (state == TCPHS_SOURCE_IDLE && error.text[0] != '\0') {
		/* The interface went down or came back. */
		app_message(app, TCPHS_S_WARNING, "%s", error.text);
		app->dirty = true;
	}
	return state == TCPHS_SOURCE_MORE;
}

static void wait_for_events(struct app *app, int64_t until)
{
	struct pollfd fds[2] = {
	    {.fd = app->term.fd, .events = POLLIN},
	    {.fd = app->loaded ? -1 : tcphs_source_fd(tcphs_session_source(app->session)),
	     .events = POLLIN},
	};
	int64_t left = until == INT64_MAX ? -1 : until - clock_now();
	struct timespec timeout = {.tv_sec = left / 1000000000, .tv_nsec = left % 1000000000};
	int ready;

	if (until != INT64_MAX && left < 0)
		timeout = (struct timespec){0};
	ready = ppoll(fds, 2, until == INT64_MAX ? NULL : &timeout, &app->signals.waiting);
	if (ready <= 0)
		return;
	if ((fds[0].revents & (POLLHUP | POLLERR | POLLNVAL)) ||
	    ((fds[0].revents & POLLIN) && term_is_gone(&app->term)))
		app->quit = true; /* the terminal was closed */
}

/* One turn of the loop: keys first, then a slice of work, then the screen. */
static void turn(struct app *app, int64_t *drawn)
{
	unsigned passes = app->rows.passes;
	bool more;
	int64_t now, until = INT64_MAX;
	int key;

	for (int i = 0; i < 64 && !app->quit && (key = term_key(&app->term)) != TERM_NONE; i++)
		take_key(app, key);
	if (app->quit)
		return;
	if (app->dirty) {
		app_draw(app);
		*drawn = clock_now();
	}
	more = read_packets(app);
	more |= rows_work(&app->rows, clock_now() + SLICE / 2);
	app->dirty |= app->rows.passes != passes;
	now = clock_now();
	if (app->top->ops->wakes != NULL)
		until = app->top->ops->wakes(app->top);
	if (app->top->ops->update != NULL && (now - *drawn >= FRAME || until <= now)) {
		app->dirty |= app->top->ops->update(app->top, now);
		if (app->top->ops->wakes != NULL)
			until = app->top->ops->wakes(app->top);
	}
	if (!app->loaded && *drawn + FRAME < until)
		until = *drawn + FRAME > now ? *drawn + FRAME : now + FRAME;
	if (app->rows.stale && now + FRAME * 2 < until)
		until = now + FRAME * 2;
	wait_for_events(app, more || app->dirty ? 0 : until);
	take_signals(app);
}

static enum tcphs_status open_app(struct app *app, struct tcphs_error *error)
{
	const struct tui_options *options = app->options;
	const char *theme = options->theme != NULL ? options->theme : app->config.theme;
	const char *no_color = getenv("NO_COLOR");
	bool color =
	    options->color == TUI_COLOR_ALWAYS ||
	    (options->color == TUI_COLOR_AUTO && (no_color == NULL || no_color[0] == '\0'));
	enum tcphs_status status;

	if (theme[0] != '\0' && theme_name(theme_find(theme)) == NULL)
		return tcphs_error_set(error, TCPHS_USAGE,
		                       "there is no theme '%.40s'; use dark, light, safe or mono",
		                       theme);
	status = term_open(&app->term, options->ascii, color, error);
	if (status != TCPHS_OK)
		return status;
	if (!app->config.mouse)
		mousemask(0, NULL);
	app->chosen_theme = theme[0] != '\0';
	theme_use(&app->theme, app->chosen_theme ? theme_find(theme) : theme_for_background(false),
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

enum tcphs_status tui_run(const struct tui_options *options, struct tcphs_error *error)
{
	struct app *app = calloc(1, sizeof(*app));
	enum tcphs_status status;
	int64_t drawn = 0;

	if (app == NULL)
		return tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
	app->options = options;
	app->session = options->session;
	app->tracker = tcphs_session_tracker(options->session);
	app->live = tcphs_source_is_live(tcphs_session_source(options->session));
	app->step = 256;
	rows_init(&app->rows, app->tracker, tcphs_session_decoder(options->session));
	app->rows.loading = !app->live;
	status = config_load(&app->config, error);
	if (status != TCPHS_OK)
		goto out;
	app->raw = options->raw || app->config.raw;
	app->time = options->time != TCPHS_TIME_RELATIVE ? options->time : app->config.time;
	signals_open(&app->signals);
	status = open_app(app, error);
	if (status == TCPHS_OK && !screen_list_open(app))
		status = tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
	while (status == TCPHS_OK && !app->quit)
		turn(app, &drawn);
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
