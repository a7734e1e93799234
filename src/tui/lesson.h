/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The lesson screen: the ladder as far as the lesson has shown it, the page's text below, and
 * questions in the line at the bottom. src/teach holds the lesson and judges; this shows.
 */
#ifndef TUI_LESSON_H
#define TUI_LESSON_H

#include "tui/ladder.h"

#include "base/text.h"
#include "teach/lesson_reply.h"

/* A paragraph of the page, a question, an answer, a reply. */
struct lesson_block {
	unsigned style;
	bool close; /* no empty line before it */
	struct text words;
};

struct lesson_view {
	struct ladder_view ladder; /* first: the ladder's commands work on it */
	struct tui_lesson *given;
	const struct lesson *lesson;
	struct tcphs_session *session; /* of the capture on the table, or NULL; owned */
	size_t at;                     /* the item that comes next */
	size_t furthest;               /* items before it were gone through once */
	unsigned page, pages;
	size_t shown;         /* lines of the ladder, as the lesson left it */
	uint64_t packet;      /* the ladder is seen up to this one; 0: not at all */
	uint64_t reveal_last; /* and is to be stepped through up to this one; 0: it was */
	const struct lesson_item *question; /* that waits for its answer, or NULL */
	struct lesson_block *block;         /* the page */
	size_t blocks;
	size_t fresh; /* blocks from here on came with the last key */
	bool ended, failed, leaving;
	struct prompt_kind prompt;
	int top, lines, height, fresh_line; /* of the text, in lines */
};

/* lesson_table.c: the capture on the table. False after a message. */
bool lesson_take_capture(struct lesson_view *view, const char *name);
bool lesson_take_connection(struct lesson_view *view, uint64_t id);
/* Shows the next line of the ladder whose packets lie between first and last; true if another
 * one follows. */
bool lesson_reveal(struct lesson_view *view, uint64_t first, uint64_t last);
/* After the ladder was built anew: as much of it is seen as before. */
void lesson_show_again(struct lesson_view *view);

/* lesson_walk.c */
void lesson_go_on(struct lesson_view *view);
void lesson_page_before(struct lesson_view *view);
/* Opens the prompt for the question that waits, once all of the text can be seen. */
void lesson_ask(struct lesson_view *view);
void lesson_clear(struct lesson_view *view);

/* lesson_draw.c */
void lesson_draw(struct screen *screen, const struct canvas *canvas);
/* Where everything stands for the terminal's size; follows the text that is fresh. */
void lesson_layout(struct lesson_view *view, bool follow);
bool lesson_has_more(const struct lesson_view *view);

#endif
