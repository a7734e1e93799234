/* SPDX-License-Identifier: BSD-3-Clause */
/* Going through a lesson: what each key brings, and the questions. */
#include "tui/lesson.h"

#include "teach/line_words.h"

#include <stdio.h>
#include <stdlib.h>

#define BLOCKS_MAX 4000 /* of a page: its items, and what was answered */

void lesson_clear(struct lesson_view *view)
{
	for (size_t i = 0; i < view->blocks; i++)
		text_free(&view->block[i].words);
	free(view->block);
	view->block = NULL;
	view->blocks = view->fresh = 0;
	view->top = 0;
}

static void add_block(struct lesson_view *view, unsigned style, bool close, const char *words)
{
	struct lesson_block *block = NULL;

	if (words == NULL || words[0] == '\0')
		return;
	if (view->blocks < BLOCKS_MAX)
		block = realloc(view->block, (view->blocks + 1) * sizeof(*block));
	if (block == NULL) {
		app_message(view->ladder.screen.app, TCPHS_S_ERROR, "memory is exhausted");
		return;
	}
	view->block = block;
	block += view->blocks++;
	*block = (struct lesson_block){.style = style, .close = close};
	text_add(&block->words, words);
}

/* ---- questions ---------------------------------------------------------------------------- */

static bool accept(void *context, const char *said, struct tcphs_error *error)
{
	struct lesson_view *view = context;
	const bool again = view->at <= view->furthest; /* it was answered before: no score */
	struct lesson_score aside = {.tried = view->given->score.tried};
	struct lesson_score *score = again ? &aside : &view->given->score;
	struct text verdict = {0}, told = {0}, line = {0};
	enum lesson_reply reply;

	if (said[0] == '\0') {
		tcphs_error_set(error, TCPHS_USAGE,
		                "write an answer; ? tells it, Esc lets you look around");
		return false;
	}
	text_addf(&line, "> %s", said);
	view->fresh = view->blocks;
	add_block(view, TCPHS_S_DIM, false, line.data);
	reply = lesson_reply(view->question, said, score, &verdict, &told);
	view->given->score.tried = score->tried;
	add_block(view, reply == LESSON_RIGHT ? TCPHS_S_OK : TCPHS_S_WARNING, true, verdict.data);
	add_block(view, TCPHS_S_PLAIN, true, told.data);
	if (reply != LESSON_AGAIN) {
		view->question = NULL;
		if (view->furthest < view->at)
			view->furthest = view->at;
	}
	text_free(&verdict);
	text_free(&told);
	text_free(&line);
	lesson_layout(view, true);
	lesson_ask(view);
	return true;
}

void lesson_ask(struct lesson_view *view)
{
	if (view->question == NULL || lesson_has_more(view))
		return;
	view->prompt = (struct prompt_kind){
	    .label = "answer (? tells it):", .history = HISTORY_COUNT, .accept = accept};
	prompt_open(view->ladder.screen.app, &view->prompt, view, "");
}

/* ---- items -------------------------------------------------------------------------------- */

static void explain(struct lesson_view *view, uint64_t packet)
{
	const struct ladder_view *ladder = &view->ladder;
	char words[LINE_WORDS_ROOM];

	for (size_t i = 0; i < ladder->ladder.lines; i++) {
		const struct tcphs_line *line = &ladder->ladder.line[i];

		if (line->kind != TCPHS_LINE_SEGMENT ||
		    ladder->analysis.row[line->row].packet != packet)
			continue;
		line_words(&ladder->ladder, i, words);
		add_block(view, TCPHS_S_NOTE, false, words);
		return;
	}
}

static void fail(struct lesson_view *view)
{
	view->failed = view->ended = true;
}

/* Does one item; true if the reader has something to look at or to do before the next. */
static bool do_item(struct lesson_view *view, const struct lesson_item *item)
{
	switch (item->kind) {
	case LESSON_PAGE:
		lesson_clear(view);
		view->page++;
		add_block(view, TCPHS_S_TITLE, false, item->text.data);
		return false;
	case LESSON_TEXT:
		add_block(view, TCPHS_S_PLAIN, false, item->text.data);
		return false;
	case LESSON_CAPTURE:
		if (!lesson_take_capture(view, item->text.data))
			fail(view);
		return view->failed;
	case LESSON_CONNECTION:
		if (!lesson_take_connection(view, item->first))
			fail(view);
		return view->failed;
	case LESSON_SHOW:
		view->reveal_last = lesson_reveal(view, item->first, item->last) ? item->last : 0;
		return view->reveal_last > 0;
	case LESSON_EXPLAIN:
		explain(view, item->first);
		return false;
	case LESSON_ASK:
		add_block(view, TCPHS_S_TITLE, false, item->text.data);
		view->question = item;
		view->given->score.tried = 0;
		return true;
	}
	return false;
}

static void end(struct lesson_view *view)
{
	const struct lesson_score *score = &view->given->score;
	struct text text = {0};

	view->ended = true;
	if (score->asked > 0)
		text_addf(&text, "%u of %u right at the first try.", score->right, score->asked);
	add_block(view, TCPHS_S_TITLE, false, text.data);
	text_clear(&text);
	if (view->lesson->source.length > 0)
		text_addf(&text, "Read on: %s.", view->lesson->source.data);
	if (view->given->next != NULL)
		text_addf(&text, "%sThe next lesson: tcphs learn %s", text.length > 0 ? "\n" : "",
		          view->given->next);
	add_block(view, TCPHS_S_PLAIN, true, text.data);
	text_free(&text);
}

/* Does the item wait for a key of its own, after what this one has brought? */
static bool waits(const struct lesson_item *item, bool moved, bool revealed)
{
	switch (item->kind) {
	case LESSON_PAGE:
		return moved;
	case LESSON_CAPTURE:
	case LESSON_CONNECTION: /* the segment that just came would go before it was seen */
		return revealed;
	default:
		return false;
	}
}

static void next_items(struct lesson_view *view)
{
	bool moved = false, revealed = false, stop = false;

	if (view->reveal_last > 0) {
		if (!lesson_reveal(view, view->packet + 1, view->reveal_last))
			view->reveal_last = 0;
		stop = view->reveal_last > 0;
		moved = revealed = true;
	}
	while (!stop && view->at < view->lesson->items) {
		const struct lesson_item *item = &view->lesson->item[view->at];

		if (waits(item, moved, revealed))
			break;
		view->at++;
		stop = do_item(view, item);
		revealed = revealed || item->kind == LESSON_SHOW;
		moved = moved || item->kind == LESSON_TEXT || item->kind == LESSON_SHOW;
	}
	if (!stop && view->at == view->lesson->items)
		end(view);
	if (view->furthest + 1 < view->at)
		view->furthest = view->at - 1;
}

void lesson_go_on(struct lesson_view *view)
{
	if (lesson_has_more(view)) {
		view->top += view->height > 2 ? view->height - 1 : 1;
		lesson_layout(view, false);
	} else if (view->question == NULL && view->ended) {
		app_message(view->ladder.screen.app, TCPHS_S_DIM,
		            "this was the last page; q ends the lesson");
		return;
	} else if (view->question == NULL) {
		view->fresh = view->blocks;
		next_items(view);
		if (view->fresh > view->blocks)
			view->fresh = 0; /* a new page */
		lesson_layout(view, true);
	}
	lesson_ask(view);
}

/* ---- back --------------------------------------------------------------------------------- */

/* What lay on the table where item `end` begins, and how much of it was seen. */
static bool lay_table(struct lesson_view *view, size_t end)
{
	size_t capture = SIZE_MAX, connection = SIZE_MAX;

	for (size_t i = 0; i < end; i++) {
		const enum lesson_kind kind = view->lesson->item[i].kind;

		if (kind == LESSON_CAPTURE) {
			capture = i;
			connection = SIZE_MAX;
		} else if (kind == LESSON_CONNECTION) {
			connection = i;
		}
	}
	if (capture == SIZE_MAX)
		return true;
	if (!lesson_take_capture(view, view->lesson->item[capture].text.data) ||
	    (connection != SIZE_MAX &&
	     !lesson_take_connection(view, view->lesson->item[connection].first)))
		return false;
	for (size_t i = connection != SIZE_MAX ? connection : capture; i < end; i++)
		if (view->lesson->item[i].kind == LESSON_SHOW)
			view->packet = view->lesson->item[i].last;
	lesson_show_again(view);
	return true;
}

void lesson_page_before(struct lesson_view *view)
{
	const unsigned wanted = view->page > 1 ? view->page - 1 : 1;
	size_t at = 0;
	unsigned pages = 0;

	for (; at < view->lesson->items; at++)
		if (view->lesson->item[at].kind == LESSON_PAGE && ++pages == wanted)
			break;
	if (at == view->lesson->items || view->failed)
		return;
	view->question = NULL;
	view->ended = false;
	view->reveal_last = 0;
	view->page = wanted - 1;
	lesson_clear(view);
	if (!lay_table(view, at)) {
		fail(view);
		return;
	}
	view->at = at;
	lesson_layout(view, true);
	lesson_go_on(view);
}
