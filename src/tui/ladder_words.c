/* SPDX-License-Identifier: BSD-3-Clause */
/* i: the words of the selected line, explained as `tcphs explain` does. */
#include "tui/ladder.h"

#include "tui/screens.h"

#include "base/text.h"
#include "teach/explain.h"

#include <string.h>
#include <tcphs/diagnosis.h>

#define WORDS_MAX 8
#define WIDTH     76
#define MARGIN    4 /* of a screen of text: its own, and the scroll bar */

struct words {
	const char *word[WORDS_MAX];
	enum teach_kind kind[WORDS_MAX]; /* "three-way" opens and closes: which is meant */
	size_t count;
	struct tcphs_label label;
};

static void add_word(struct words *words, const char *word, enum teach_kind kind)
{
	for (size_t i = 0; i < words->count; i++) {
		if (words->kind[i] == kind && strcmp(words->word[i], word) == 0)
			return;
	}
	if (word[0] == '\0' || words->count >= WORDS_MAX)
		return;
	words->kind[words->count] = kind;
	words->word[words->count++] = word;
}

/* The findings first, then the states that change, then how it opened and closed, at last the
 * flags. */
static void collect(const struct ladder_view *view, struct words *words)
{
	const struct tcphs_analysis *analysis = &view->analysis;
	const struct tcphs_line *line = &view->ladder.line[view->selected];
	const struct tcphs_row *row = line->row < analysis->rows ? &analysis->row[line->row] : NULL;

	if (line->kind == TCPHS_LINE_REMARK && line->diagnosis < analysis->diagnoses)
		add_word(words, tcphs_code_info(analysis->diagnosis[line->diagnosis].code)->name,
		         TEACH_CODE);
	for (uint32_t i = 0; row != NULL && i < row->diagnoses; i++)
		add_word(words, tcphs_code_info(analysis->diagnosis[row->diagnosis + i].code)->name,
		         TEACH_CODE);
	for (int side = 0; row != NULL && side < 2; side++) {
		if (line->changed[side])
			add_word(words, tcphs_state_name(row->state[side]), TEACH_STATE);
	}
	if (line->part == TCPHS_PART_OPEN)
		add_word(words, tcphs_open_name(analysis->connection.open.kind), TEACH_OPEN);
	if (line->part == TCPHS_PART_CLOSE)
		add_word(words, tcphs_close_name(analysis->connection.close.kind), TEACH_CLOSE);
	if (row != NULL && words->count == 0)
		add_word(words, tcphs_state_name(row->state[row->from]), TEACH_STATE);
	if (line->kind == TCPHS_LINE_SEGMENT) {
		tcphs_ladder_label(&view->ladder, view->selected, &words->label);
		add_word(words, words->label.flags, TEACH_FLAG);
	}
}

void ladder_words_add(const struct ladder_view *view, struct text *text)
{
	const struct teach_entry *entry[4];
	struct words words = {.count = 0};
	size_t width = COLS - MARGIN < WIDTH ? (size_t)(COLS - MARGIN) : WIDTH;

	collect(view, &words);
	for (size_t i = 0; i < words.count; i++) {
		size_t count = teach_find(words.word[i], entry, 4);

		for (size_t j = 0; j < count && j < 4; j++) {
			if (entry[j]->kind != words.kind[i])
				continue;
			if (text->length > 0)
				text_add(text, "\n\n");
			teach_explain(text, entry[j], width);
		}
	}
}

void ladder_explain_words(struct ladder_view *view)
{
	struct app *app = view->screen.app;
	struct text text = {0};

	if (view->ladder.lines == 0)
		return;
	ladder_words_add(view, &text);
	if (text.data == NULL || text.failed)
		app_message(app, TCPHS_S_DIM, "nothing to explain here");
	else
		screen_text_open(app, "Explained", text.data, 0);
	text_free(&text);
}
