/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/ladder.h"

#include "tui/wrap.h"

#include <stdio.h>
#include <string.h>

#define PANE_LEAST    3 /* lines of text, without its rule */
#define PANE_LARGE    5 /* with its rule */
#define VERDICT_LINES 3
/* Lines of a screen on which the verdict has one: below that, the summary stands for it. */
#define VERDICT_HEIGHT 12

/* How many lines of the screen are the head, the ladder and the pane. */
struct split {
	int head, ladder, pane; /* pane: with its rule; 0: there is no room */
};

/* What it came to, and where it was captured; while stepping, nothing of that. */
static void verdict_text(const struct ladder_view *view, char *text, size_t size)
{
	static const char *const where[] = {
	    [TCPHS_VANTAGE_UNKNOWN] = "",
	    [TCPHS_AT_CLIENT] = " Captured at the client.",
	    [TCPHS_AT_SERVER] = " Captured at the server.",
	    [TCPHS_IN_MIDDLE] = " Captured on the way between them.",
	};
	char verdict[TCPHS_VERDICT_MAX];

	if (ladder_is_stepping(view)) {
		snprintf(text, size, "%s",
		         view->of_list
		             ? "The rest is hidden: Space shows it, Q asks, Esc shows all."
		             : "What comes next is hidden until you have said what it is; ? tells. "
		               "Esc to look around, Space to the question.");
		return;
	}
	tcphs_connection_verdict(&view->analysis.connection, verdict, sizeof(verdict));
	snprintf(text, size, "%s%s", verdict, where[view->analysis.connection.vantage]);
}

/* The title, one to three lines for the verdict, the column heads. */
static int head_height(const struct ladder_view *view, const struct canvas *canvas)
{
	char verdict[TCPHS_VERDICT_MAX + 64];
	int lines;

	if (canvas->height < VERDICT_HEIGHT)
		return 2;
	verdict_text(view, verdict, sizeof(verdict));
	lines = canvas->height > 22 ? wrap_sentence_lines(canvas, verdict) : 1;
	return 2 + (lines < VERDICT_LINES ? lines : VERDICT_LINES);
}

/* The ladder gets what it needs up to two thirds; what it leaves is the pane's. In the large
 * form a line takes two, and the pane says only what matters. */
static struct split split_screen(const struct ladder_view *view, const struct canvas *canvas)
{
	struct split split = {.head = head_height(view, canvas)};
	bool large = view->large;
	int room = canvas->height - split.head, step = large ? 2 : 1;
	int lines = (int)(view->shown < 9999 ? view->shown : 9999) * step;
	int most = large ? room - PANE_LARGE : room - room / 3;

	most -= view->pane_extra;
	if (room < 4 + PANE_LEAST) {
		split.ladder = room;
		return split;
	}
	if (most < 3)
		most = 3;
	if (most > room - PANE_LEAST - 1)
		most = room - PANE_LEAST - 1;
	split.ladder = lines < most && view->pane_extra == 0 && !ladder_is_stepping(view) && !large
	                   ? lines
	                   : most;
	split.pane = room - split.ladder;
	return split;
}

/* How it opened, in `room` cells: "three-way open 21.5 ms", or without the word that a narrow
 * terminal has no room for. */
static void open_text(const struct ladder_view *view, bool ascii, int room, char *text, size_t size)
{
	char *word;

	tcphs_ladder_part_name(&view->ladder, TCPHS_PART_OPEN, ascii, text, size);
	word = strstr(text, " open");
	if (word != NULL && (int)strlen(text) > room)
		memmove(word, word + strlen(" open"), strlen(word + strlen(" open")) + 1);
}

/* Title at the left; at the right what it came to, or how far the stepping is. */
static void draw_head(const struct ladder_view *view, const struct canvas *canvas, int height)
{
	char title[200], right[200], verdict[TCPHS_VERDICT_MAX + 64];
	int x, width;
	unsigned style = VIEW_KEY;

	tcphs_ladder_title(&view->ladder, canvas->ascii, title, sizeof(title));
	ladder_step_text(view, right, sizeof(right));
	x = 1 + canvas_columns(canvas, title);
	if (right[0] == '\0') {
		tcphs_ladder_summary(&view->ladder, canvas->ascii, right, sizeof(right));
		style = TCPHS_S_DIM;
	} else if (x + 3 + canvas_columns(canvas, right) >= canvas->width) { /* rather than none */
		x = canvas->width - 4 - canvas_columns(canvas, right);
	}
	width = canvas_columns(canvas, right);
	canvas_field(canvas, 0, 1, x - 1, false, TCPHS_S_TITLE, title);
	if (x + 3 + width < canvas->width)
		canvas_text(canvas, 0, canvas->width - 1 - width, style, right);
	else if (height < 3 && x + 12 < canvas->width) { /* there is no verdict to say it */
		if (!ladder_is_stepping(view))
			open_text(view, canvas->ascii, canvas->width - x - 3, right, sizeof(right));
		canvas_field(canvas, 0, x + 2, canvas->width - x - 3, false, style, right);
	}
	if (height < 3)
		return;
	verdict_text(view, verdict, sizeof(verdict));
	wrap_sentence(canvas, 1, height - 2, verdict);
}

void ladder_draw(struct screen *screen, const struct canvas *canvas)
{
	struct ladder_view *view = (struct ladder_view *)screen;
	struct split split;
	struct canvas part;

	ladder_fit(view, canvas);
	split = split_screen(view, canvas);
	view->first_line = split.head;
	view->height = view->large ? (split.ladder + 1) / 2 : split.ladder;
	ladder_scroll(view);
	draw_head(view, canvas, split.head);
	part = canvas_part(canvas, split.head - 1, split.ladder + 1);
	ladder_draw_part(view, &part);
	if (split.pane > 0) {
		part = canvas_part(canvas, split.head + split.ladder, split.pane);
		ladder_draw_pane(view, &part);
	}
}
