/* SPDX-License-Identifier: BSD-3-Clause */
/* Step and play: what is not revealed yet stays hidden. */
#include "tui/ladder.h"

#include "tui/clock.h"

#include <stdio.h>

#define SECOND      INT64_C(1000000000)
#define PAUSE_LEAST (SECOND / 20)
#define PAUSE_MOST  (SECOND * 5) /* nobody waits through the silences */

static const struct {
	const char *name;
	int64_t divisor; /* of the recorded time; 0: one line a second */
} speeds[] = {{"", 0}, {"one a second", 0}, {"1x", 1}, {"10x", 10}, {"100x", 100}};
#define SPEEDS (sizeof(speeds) / sizeof(speeds[0]))

bool ladder_is_stepping(const struct ladder_view *view)
{
	return view->shown < view->ladder.lines;
}

/* What stands above what is shown must not give away what comes. */
void ladder_hide(struct ladder_view *view)
{
	uint32_t rows = (uint32_t)view->analysis.rows, seen = 0;

	for (size_t i = 0; i < view->shown && i < view->ladder.lines; i++) {
		const struct tcphs_line *line = &view->ladder.line[i];

		if (line->kind == TCPHS_LINE_SEGMENT || line->kind == TCPHS_LINE_RUN)
			seen = line->last_row + 1;
	}
	view->ladder.options.hidden = ladder_is_stepping(view) && seen < rows ? rows - seen : 0;
}

void ladder_show_all(struct ladder_view *view)
{
	view->shown = view->ladder.lines;
	view->play.speed = 0;
	ladder_hide(view);
}

/* A remark comes with its segment, the states before the first packet with the first, those in the
 * end with the last. */
static bool comes_with(const struct ladder_view *view, size_t line)
{
	return line < view->ladder.lines && (view->ladder.line[line].kind == TCPHS_LINE_REMARK ||
	                                     view->ladder.line[line].kind == TCPHS_LINE_END);
}

void ladder_step(struct ladder_view *view, int by)
{
	if (!ladder_is_stepping(view)) {
		if (view->shown == 0)
			return;
		/* At the very end (all revealed) Space has nothing more to show. */
		if (by > 0 && view->selected + 1 == view->ladder.lines && view->ladder.lines > 1 &&
		    view->stepped) {
			view->stepped = false;
			app_message(view->screen.app, TCPHS_S_DIM,
			            "this was the last packet; Space begins again");
			return;
		}
		view->shown = by > 0 ? 1 : view->ladder.lines - 1;
		view->stepped = true;
	} else if (by > 0) {
		view->shown++;
	} else if (view->shown > 1) {
		view->shown--;
	}
	/* The time before a segment passes with it. */
	while (by > 0 && view->shown < view->ladder.lines &&
	       view->ladder.line[view->shown - 1].kind == TCPHS_LINE_GAP)
		view->shown++;
	while (by > 0 && comes_with(view, view->shown))
		view->shown++;
	while (by < 0 && view->shown > 1 &&
	       (comes_with(view, view->shown) ||
	        view->ladder.line[view->shown - 1].kind == TCPHS_LINE_GAP))
		view->shown--;
	ladder_hide(view);
	ladder_select(view, view->shown - 1);
	while (view->selected > 0 && comes_with(view, view->selected))
		view->selected--;
}

/* When the next line is due, by the time between the packets. */
static int64_t pause_of(const struct ladder_view *view)
{
	int64_t divisor = speeds[view->play.speed].divisor, pause = SECOND;
	size_t next = view->shown;

	if (divisor > 0 && next > 0 && next < view->ladder.lines && view->analysis.rows > 0)
		pause = (tcphs_ladder_row_of(&view->ladder, next)->time -
		         tcphs_ladder_row_of(&view->ladder, next - 1)->time) /
		        divisor;
	return pause < PAUSE_LEAST ? PAUSE_LEAST : pause > PAUSE_MOST ? PAUSE_MOST : pause;
}

void ladder_play(struct ladder_view *view)
{
	view->play.speed = (view->play.speed + 1) % SPEEDS;
	if (view->play.speed == 0 || view->analysis.rows == 0) {
		view->play.speed = 0;
		return;
	}
	if (!ladder_is_stepping(view)) {
		view->stepped = false;
		ladder_step(view, 1);
	}
	view->play.due = clock_now() + pause_of(view);
}

bool ladder_play_on(struct ladder_view *view, int64_t now)
{
	if (view->play.speed == 0 || now < view->play.due)
		return false;
	ladder_step(view, 1);
	view->play.due = now + pause_of(view);
	if (!ladder_is_stepping(view))
		view->play.speed = 0;
	return true;
}

/* What Space shows one by one; where a remark breaks must not change their number. */
static size_t steps_in(const struct ladder_view *view, size_t lines)
{
	size_t steps = 0;

	for (size_t i = 0; i < lines; i++)
		steps += view->ladder.line[i].kind != TCPHS_LINE_START &&
		         view->ladder.line[i].kind != TCPHS_LINE_REMARK &&
		         view->ladder.line[i].kind != TCPHS_LINE_GAP &&
		         view->ladder.line[i].kind != TCPHS_LINE_END;
	return steps;
}

void ladder_step_text(const struct ladder_view *view, char *text, size_t size)
{
	if (view->play.speed > 0)
		snprintf(text, size, "playing, %s", speeds[view->play.speed].name);
	else if (ladder_is_stepping(view))
		snprintf(text, size, "step %zu of %zu", steps_in(view, view->shown),
		         steps_in(view, view->ladder.lines));
	else
		snprintf(text, size, "%s", "");
}
