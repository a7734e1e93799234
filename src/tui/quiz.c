/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The quiz screen: the ladder of each question's connection up to the segment that is asked
 * about. src/teach chooses and judges, ladder_predict.c asks; this walks from one to the next.
 */
#include "tui/ladder.h"
#include "tui/clock.h"
#include "tui/screens.h"

#include "teach/quiz_pool.h"
#include "tui/wrap.h"

#include <stdio.h>
#include <stdlib.h>

#define SLICE 4000000 /* ns of collecting, between two looks at the keys */

struct quiz_view {
	struct ladder_view ladder; /* first: the ladder's commands work on it */
	struct tui_quiz *given;
	struct quiz_pool pool; /* connections by their ids */
	size_t collected;      /* connections of the tracker */
	size_t at;             /* the question that is asked; pool.count: it is over */
	bool begun, failed, leaving;
};

static bool is_over(const struct quiz_view *view)
{
	return view->begun && view->at + view->ladder.predict.answered >= view->pool.count;
}

static void fail(struct quiz_view *view)
{
	view->failed = true;
	app_message(view->ladder.screen.app, TCPHS_S_ERROR, "memory is exhausted");
}

/* Puts the connection of the question on the table, if another one lies there. */
static bool turn_to(struct quiz_view *view, uint64_t id)
{
	struct ladder_view *ladder = &view->ladder;

	if (ladder->id == id)
		return true;
	ladder->id = id;
	ladder->packets = 0;
	ladder->analysis.rows = 0;
	ladder->selected = ladder->top = ladder->shown = 0;
	ladder->play.speed = 0;
	if (ladder_rebuild(ladder))
		return true;
	tcphs_ladder_free(&ladder->ladder); /* of another connection, or none */
	ladder->shown = 0;
	ladder->id = 0;
	return false;
}

static void ask(struct quiz_view *view)
{
	const bool last = view->at + 1 == view->pool.count;
	char number[48];

	if (!turn_to(view, view->pool.connection[view->at])) {
		fail(view);
		return;
	}
	snprintf(number, sizeof(number), "%zu/%zu ", view->at + 1, view->pool.count);
	ladder_predict_ask(&view->ladder, &view->pool.question[view->at], number,
	                   last ? "that was the last one" : "Space goes on");
}

/* Space: the question again, if it was left for a look around, else the next one. */
static void go_on(struct quiz_view *view)
{
	struct ladder_view *ladder = &view->ladder;

	if (!view->begun || view->failed || view->pool.count == 0)
		return;
	if (view->at < view->pool.count && ladder->predict.answered)
		view->at++;
	if (view->at < view->pool.count) {
		ask(view);
		return;
	}
	ladder_show_all(ladder);
	app_message(ladder->screen.app, TCPHS_S_DIM,
	            "that was the last question: %u of %u right; q ends", ladder->predict.right,
	            ladder->predict.asked);
}

static bool is_asked_about(const struct quiz_view *view, const struct tcphs_analysis *analysis)
{
	const struct app *app = view->ladder.screen.app;
	const struct tcphs_query_subject subject = {
	    analysis, tcphs_decoder_encapsulation(tcphs_session_decoder(app->session),
	                                          analysis->connection.encap)};

	return view->given->query == NULL || tcphs_query_matches(view->given->query, &subject);
}

/* Looks for questions for a slice of time; they are chosen when all connections were seen. */
static void collect(struct quiz_view *view, int64_t until)
{
	struct tcphs_tracker *tracker = view->ladder.screen.app->tracker;
	struct tcphs_analysis *analysis = &view->ladder.analysis;
	const size_t count = tcphs_tracker_count(tracker);

	while (view->collected < count && !quiz_pool_is_full(&view->pool)) {
		if (!tcphs_tracker_analyse(tracker, view->collected++, analysis) ||
		    (is_asked_about(view, analysis) &&
		     !quiz_pool_add(&view->pool, analysis, analysis->connection.id))) {
			fail(view);
			return;
		}
		if (clock_now() >= until)
			return;
	}
	quiz_pool_choose(&view->pool, view->given->count, view->given->seed);
	view->begun = true;
	go_on(view);
}

static bool update(struct screen *screen, int64_t now)
{
	struct quiz_view *view = (struct quiz_view *)screen;

	if (view->begun || view->failed)
		return false;
	if (screen->app->loaded)
		collect(view, now + SLICE);
	return true;
}

static int64_t wakes(const struct screen *screen)
{
	const struct quiz_view *view = (const struct quiz_view *)screen;

	return screen->app->loaded && !view->begun && !view->failed ? 0 : INT64_MAX;
}

/* A slip on Esc must not cost the score: it wants to be pressed twice. */
static bool leaves(struct quiz_view *view)
{
	if (is_over(view) || view->leaving || view->ladder.predict.asked == 0)
		return true;
	view->leaving = true;
	app_message(view->ladder.screen.app, TCPHS_S_WARNING,
	            "the quiz is not over; once more leaves it");
	return false;
}

static bool command(struct screen *screen, enum command command)
{
	struct quiz_view *view = (struct quiz_view *)screen;

	if (command == CMD_BACK && view->ladder.in_pane)
		return ladder_command(screen, command);
	if (command == CMD_BACK)
		return !leaves(view);
	view->leaving = false;
	if (command == CMD_GO_ON || command == CMD_PREDICT) {
		go_on(view);
		return true;
	}
	/* The others look; until there is a ladder, only those of the whole view do anything. */
	return view->ladder.id != 0 && ladder_command(screen, command);
}

static void draw(struct screen *screen, const struct canvas *canvas)
{
	struct quiz_view *view = (struct quiz_view *)screen;
	char text[160];

	if (view->ladder.id != 0) {
		ladder_draw(screen, canvas);
		return;
	}
	if (view->failed)
		snprintf(text, sizeof(text), "Memory is exhausted: nothing more is asked.");
	else if (view->begun)
		snprintf(text, sizeof(text),
		         "There is no connection here of which a next segment follows.");
	else
		snprintf(text, sizeof(text), "reading: %llu packets",
		         (unsigned long long)tcphs_session_packets(screen->app->session));
	wrap_sentence(canvas, 1, 3, text);
}

static void close_quiz(struct screen *screen)
{
	struct quiz_view *view = (struct quiz_view *)screen;

	view->given->asked = view->ladder.predict.asked;
	view->given->right = view->ladder.predict.right;
	quiz_pool_free(&view->pool);
	ladder_clear(&view->ladder);
	free(view);
}

static const struct screen_ops quiz_ops = {
    .place = IN_QUIZ,
    .draw = draw,
    .command = command,
    .update = update,
    .wakes = wakes,
    .close = close_quiz,
};

bool screen_quiz_open(struct app *app, struct tui_quiz *given)
{
	struct quiz_view *view = calloc(1, sizeof(*view));

	if (view == NULL)
		return false;
	view->ladder.screen.ops = &quiz_ops;
	view->given = given;
	app_push(app, &view->ladder.screen);
	return true;
}
