/* SPDX-License-Identifier: BSD-3-Clause */
/* The one event loop: terminal, source and clock. */
#include "tui/app.h"

#include "tui/clock.h"

#include <poll.h>

#define MILLISECOND 1000000
#define SLICE       (4 * MILLISECOND)  /* of reading or of a pass, between two looks at the keys */
#define FRAME       (60 * MILLISECOND) /* between redraws that only new packets ask for */
#define BEHIND      (2 * MILLISECOND)  /* between looks at a terminal that has not taken all yet */
#define STEP        512                /* packets: much less than a slice */

static void take_signals(struct app *app)
{
	unsigned events = signals_take(&app->signals);

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

static bool key_waits(const struct app *app)
{
	struct pollfd terminal = {.fd = app->term.fd, .events = POLLIN};

	return poll(&terminal, 1, 0) > 0 && (terminal.revents & POLLIN);
}

/* Reads for a slice, or until a key comes. */
static enum tcphs_source_state read_slice(struct app *app, struct tcphs_error *error)
{
	int64_t end = clock_now() + SLICE;
	enum tcphs_source_state state;

	do {
		state = tcphs_session_step(app->session, STEP, error);
	} while (state == TCPHS_SOURCE_MORE && clock_now() < end && !key_waits(app));
	return state;
}

/* True if there may be more to read at once. */
static bool read_packets(struct app *app)
{
	struct tcphs_error error = {0};
	enum tcphs_source_state state;
	uint64_t before;

	if (app->loaded) /* or a lesson's capture could not be opened: there is no session */
		return false;
	before = tcphs_session_packets(app->session);
	state = read_slice(app, &error);
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

/* When the loop must turn again though nothing comes. */
static int64_t next_turn(const struct app *app, int64_t drawn, int64_t now)
{
	int64_t until = INT64_MAX;

	if (app->top->ops->wakes != NULL)
		until = app->top->ops->wakes(app->top);
	if (!app->loaded && drawn + FRAME < until)
		until = drawn + FRAME > now ? drawn + FRAME : now + FRAME;
	if (app->rows.stale && now + FRAME * 2 < until)
		until = now + FRAME * 2;
	return until;
}

/* The screen may have something to do: a frame is over, or it asked to be woken. */
static void update_screen(struct app *app, int64_t drawn, int64_t now)
{
	const struct screen_ops *ops = app->top->ops;

	if (ops->update != NULL &&
	    (now - drawn >= FRAME || (ops->wakes != NULL && ops->wakes(app->top) <= now)))
		app->dirty |= ops->update(app->top, now);
}

/* A drawing waits until the terminal has taken the one before, and nothing waits for it. */
static void draw_if_ready(struct app *app, int64_t *drawn)
{
	if (!app->dirty || !term_is_ready(&app->term))
		return;
	app_draw(app);
	*drawn = clock_now();
}

static int64_t wait_until(const struct app *app, bool more, int64_t drawn)
{
	int64_t now = clock_now();

	if (more)
		return 0;
	if (app->dirty)
		return term_is_ready(&app->term) ? 0 : now + BEHIND;
	return next_turn(app, drawn, now);
}

/* One turn of the loop: keys first, then the screen, then a slice of work. */
void app_turn(struct app *app, int64_t *drawn)
{
	unsigned passes = app->rows.passes;
	bool more;
	int key;

	for (int i = 0; i < 64 && !app->quit && (key = term_key(&app->term)) != TERM_NONE; i++)
		app_take_key(app, key);
	if (app->quit)
		return;
	draw_if_ready(app, drawn);
	more = read_packets(app);
	/* A key comes before the second slice, too. */
	more |= rows_work(&app->rows, key_waits(app) ? 0 : clock_now() + SLICE / 2);
	app->dirty |= app->rows.passes != passes;
	update_screen(app, *drawn, clock_now());
	wait_for_events(app, wait_until(app, more, *drawn));
	take_signals(app);
}
