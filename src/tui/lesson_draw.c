/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/lesson.h"

#include "base/wrap.h"

#include <stdio.h>
#include <string.h>

#define WIDEST     100 /* prose in longer lines is hard to read */
#define TEXT_LEAST 3

static size_t prose_width(void)
{
	return (size_t)(COLS - 3 > WIDEST ? WIDEST : COLS - 3);
}

/* The block's words in lines; false if memory is exhausted. */
static bool wrap_block(const struct lesson_block *block, struct text *lines)
{
	text_clear(lines);
	if (block->words.data != NULL)
		wrap_add(lines, block->words.data, 0, prose_width());
	return !lines->failed && !block->words.failed && lines->data != NULL;
}

static int count_lines(const struct text *lines)
{
	int count = 0;

	for (const char *at = lines->data; (at = strchr(at, '\n')) != NULL; at++)
		count++;
	return count;
}

static bool has_gap(const struct lesson_view *view, size_t index)
{
	return index > 0 && !view->block[index].close;
}

static void measure(struct lesson_view *view)
{
	struct text lines = {0};

	view->lines = view->fresh_line = 0;
	for (size_t i = 0; i < view->blocks; i++) {
		view->lines += has_gap(view, i);
		if (i == view->fresh)
			view->fresh_line = view->lines;
		if (wrap_block(&view->block[i], &lines))
			view->lines += count_lines(&lines);
	}
	if (view->fresh >= view->blocks) /* only the ladder grew: the text stays where it ends */
		view->fresh_line = view->lines;
	text_free(&lines);
}

/* The ladder gets what it needs, but leaves the text at least three fifths of the room. */
static void split(struct lesson_view *view)
{
	const int height = app_screen_height(view->ladder.screen.app);
	const int shown = (int)(view->ladder.shown < 9999 ? view->ladder.shown : 9999);
	const int head = shown > 0 ? 3 : 2; /* title, column heads, rule */
	int room = height - head, most = room - view->lines;

	if (most < room * 2 / 5)
		most = room * 2 / 5;
	if (most > room - TEXT_LEAST)
		most = room - TEXT_LEAST;
	if (most < 1)
		most = 1;
	view->ladder.height = shown < most ? shown : most;
	view->height = room - view->ladder.height > 0 ? room - view->ladder.height : 0;
}

void lesson_layout(struct lesson_view *view, bool follow)
{
	/* As wide as ladder_draw_part() draws it: a remark breaks where the line ends. */
	const unsigned width = COLS > 303 ? 300 : (unsigned)(COLS > 43 ? COLS - 3 : 40);

	if (view->session != NULL && view->ladder.options.wrap != width) {
		view->ladder.options.wrap = width;
		ladder_rebuild(&view->ladder);
		lesson_show_again(view);
	}
	if (view->ladder.shown != view->shown) { /* somebody stepped on in the diagram */
		view->ladder.play.speed = 0;
		lesson_show_again(view);
	}
	measure(view);
	split(view);
	if (view->ladder.height > 0)
		ladder_scroll(&view->ladder);
	if (follow) {
		view->top = view->lines - view->height;
		if (view->top > view->fresh_line)
			view->top = view->fresh_line;
	}
	if (view->top > view->lines - view->height)
		view->top = view->lines - view->height;
	if (view->top < 0)
		view->top = 0;
}

bool lesson_has_more(const struct lesson_view *view)
{
	return view->top + view->height < view->lines;
}

static void draw_head(const struct lesson_view *view, const struct canvas *canvas)
{
	const struct lesson_score *score = &view->given->score;
	char right[80], page[40] = "";
	int width;

	if (view->pages > 0)
		snprintf(page, sizeof(page), "page %u of %u", view->page > 0 ? view->page : 1,
		         view->pages);
	if (score->asked > 0)
		snprintf(right, sizeof(right), "%s  %u of %u right", page, score->right,
		         score->asked);
	else
		snprintf(right, sizeof(right), "%s", page);
	width = canvas_columns(canvas, right);
	canvas_field(canvas, 0, 1, canvas->width - width - 4, false, TCPHS_S_TITLE,
	             view->lesson->title.data);
	canvas_text(canvas, 0, canvas->width - 1 - width, TCPHS_S_DIM, right);
}

static void draw_block(const struct lesson_view *view, const struct canvas *canvas, size_t index,
                       int *line, struct text *lines)
{
	const struct lesson_block *block = &view->block[index];
	const char *at;

	*line += has_gap(view, index);
	if (!wrap_block(block, lines))
		return;
	at = lines->data;
	while (*at != '\0') {
		const size_t length = strcspn(at, "\n");
		const int y = (*line)++ - view->top;

		if (y >= 0 && y < canvas->height)
			canvas_octets(canvas, y, 1, canvas->width - 2, block->style, at, length);
		at += length + (at[length] == '\n');
	}
}

static void draw_text(const struct lesson_view *view, const struct canvas *canvas)
{
	struct text lines = {0};
	int line = 0;

	for (size_t i = 0; i < view->blocks; i++)
		draw_block(view, canvas, i, &line, &lines);
	text_free(&lines);
	canvas_scrollbar(canvas, (size_t)view->top, (size_t)view->height, (size_t)view->lines);
}

/* What Space will do stands in the rule, if it is not to turn the page. */
static void draw_rule(const struct lesson_view *view, const struct canvas *canvas)
{
	const char *word = "";

	canvas_rule(canvas, 0);
	if (lesson_has_more(view))
		word = " more below ";
	else if (view->reveal_last > 0)
		word = " the next packet: Space ";
	else if (view->question != NULL && view->ladder.screen.app->prompt.kind == NULL)
		word = " Space: to the question ";
	canvas_text(canvas, 0, canvas->width - 2 - canvas_columns(canvas, word), VIEW_KEY, word);
}

void lesson_draw(struct screen *screen, const struct canvas *canvas)
{
	struct lesson_view *view = (struct lesson_view *)screen;
	struct ladder_view *ladder = &view->ladder;
	struct canvas part;
	int y = 1;

	lesson_layout(view, false);
	draw_head(view, canvas);
	if (ladder->shown > 0) {
		part = canvas_part(canvas, 1, 1 + ladder->height);
		ladder_draw_part(ladder, &part);
		ladder->first_line = 2;
		y += 1 + ladder->height;
	}
	part = canvas_part(canvas, y, 1);
	draw_rule(view, &part);
	part = canvas_part(canvas, y + 1, view->height);
	draw_text(view, &part);
}
