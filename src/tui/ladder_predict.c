/* SPDX-License-Identifier: BSD-3-Clause */
/* Q: the ladder stops before a segment that can be predicted, and asks. */
#include "tui/ladder.h"

#include <stdio.h>
#include <string.h>

#define NONE UINT32_MAX

/* Whether a line that is hidden now shows this row as a segment of its own. */
static bool is_ahead(const struct ladder_view *view, uint32_t row, size_t from)
{
	const size_t line = tcphs_ladder_line_of(&view->ladder, row);

	return line != SIZE_MAX && line >= from &&
	       view->ladder.line[line].kind == TCPHS_LINE_SEGMENT;
}

/* The next question on a line from `from` on; its row is NONE if there is none. Which of the
 * questions of a row it is changes from row to row. */
static struct quiz_question next_question(const struct ladder_view *view, size_t from)
{
	struct quiz_question question[QUIZ_PER_ROW] = {{.row = NONE}};

	for (uint32_t row = 0; row < view->analysis.rows; row++) {
		size_t count;

		if (!is_ahead(view, row, from))
			continue;
		count = quiz_questions(&view->analysis, row, question);
		if (count > 0)
			return question[(row + view->predict.asked) % count];
	}
	return (struct quiz_question){.row = NONE};
}

/* Lines before `end` are seen. */
static void show_before(struct ladder_view *view, size_t end)
{
	view->shown = end;
	view->stepped = true;
	view->play.speed = 0;
	ladder_hide(view);
	ladder_select(view, end > 0 ? end - 1 : 0);
}

/* The segment and its remarks appear; the pane below says why. */
static void reveal(struct ladder_view *view)
{
	const size_t line = tcphs_ladder_line_of(&view->ladder, view->predict.question.row);
	size_t end = line + 1;

	while (end < view->ladder.lines && view->ladder.line[end].kind == TCPHS_LINE_REMARK)
		end++;
	view->shown = end;
	ladder_hide(view);
	ladder_select(view, line);
}

static const char *const hint[QUIZ_KINDS] = {
    [QUIZ_FLAGS] = "flags are asked for, as SYN-ACK; ? tells",
    [QUIZ_SEQ] = "a number, raw or from the ISN; ? tells",
    [QUIZ_ACK] = "a number, raw or from the ISN; ? tells",
    [QUIZ_STATE] = "a state is asked for, as SYN-SENT; ? tells",
};

static bool accept(void *context, const char *text, struct tcphs_error *error)
{
	struct ladder_view *view = context;
	const struct quiz_question *question = &view->predict.question;
	const bool given_up = strchr(text, '?') != NULL;
	enum quiz_verdict verdict = QUIZ_WRONG;
	char answer[64];

	/* The rows may have been made anew while the question stood there. */
	if (question->row >= view->analysis.rows || !quiz_can_ask(&view->analysis, question))
		return true;
	if (!given_up)
		verdict = quiz_check(&view->analysis, question, text);
	if (verdict == QUIZ_UNREADABLE) {
		tcphs_error_set(error, TCPHS_USAGE, "%s", hint[question->kind]);
		return false;
	}
	view->predict.answered = true;
	view->predict.asked++;
	view->predict.right += verdict == QUIZ_RIGHT;
	quiz_answer(&view->analysis, question, answer, sizeof(answer));
	reveal(view);
	app_message(view->screen.app, verdict == QUIZ_RIGHT ? TCPHS_S_OK : TCPHS_S_WARNING,
	            "%s %s. %u of %u right; %s",
	            verdict == QUIZ_RIGHT ? "Right:"
	            : given_up            ? "It is"
	                                  : "No: it is",
	            answer, view->predict.right, view->predict.asked, view->predict.then);
	return true;
}

void ladder_predict_ask(struct ladder_view *view, const struct quiz_question *question,
                        const char *number, const char *then)
{
	char prompt[128];

	view->predict.question = *question;
	view->predict.then = then;
	view->predict.answered = false;
	quiz_prompt_short(&view->analysis, question, prompt, sizeof(prompt));
	snprintf(view->predict.label, sizeof(view->predict.label), "%s%s", number, prompt);
	view->predict.prompt = (struct prompt_kind){.label = view->predict.label,
	                                            .history = HISTORY_COUNT,
	                                            .clears = true,
	                                            .accept = accept};
	show_before(view, tcphs_ladder_line_of(&view->ladder, question->row));
	prompt_open(view->screen.app, &view->predict.prompt, view, "");
}

void ladder_predict(struct ladder_view *view)
{
	const size_t from = ladder_is_stepping(view) ? view->shown : 0;
	const struct quiz_question question = next_question(view, from);

	if (question.row == NONE) {
		ladder_show_all(view);
		app_message(view->screen.app, TCPHS_S_DIM,
		            view->predict.asked > 0
		                ? "no more questions: %u of %u right; Q begins again"
		                : "nothing here follows from what came before",
		            view->predict.right, view->predict.asked);
		view->predict.asked = view->predict.right = 0;
		return;
	}
	ladder_predict_ask(view, &question, "", "Q goes on");
}
