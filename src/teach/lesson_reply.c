/* SPDX-License-Identifier: BSD-3-Clause */
#include "teach/lesson_reply.h"

#include <string.h>

static void add_why(struct text *text, const struct lesson_answer *answer)
{
	if (answer != NULL && answer->why.length > 0)
		text_addf(text, " %s", answer->why.data);
}

static const struct lesson_answer *first_right(const struct lesson_item *question)
{
	for (size_t i = 0; i < question->answers; i++)
		if (question->answer[i].right)
			return &question->answer[i];
	return NULL;
}

static void tell(const struct lesson_item *question, struct text *told)
{
	char answer[128];

	lesson_right_answer(question, answer, sizeof(answer));
	text_addf(told, "It is: %s.", answer);
	add_why(told, first_right(question));
}

enum lesson_reply lesson_reply(const struct lesson_item *question, const char *said,
                               struct lesson_score *score, struct text *verdict, struct text *told)
{
	const bool gives_up = strcmp(said, "?") == 0;
	const struct lesson_answer *answer = gives_up ? NULL : lesson_judge(question, said);
	const bool right = answer != NULL && answer->right;

	text_clear(verdict);
	text_clear(told);
	if (*said == '\0') {
		text_add(verdict, "Write an answer; ? tells it.");
		return LESSON_AGAIN;
	}
	score->tried++;
	if (!gives_up) {
		text_add(verdict, right ? "Right." : "No.");
		add_why(verdict, answer);
	}
	if (!right && !gives_up && score->tried < LESSON_TRIES)
		return LESSON_AGAIN;
	score->asked++;
	score->right += right && score->tried == 1;
	score->tried = 0;
	if (right)
		return LESSON_RIGHT;
	tell(question, told);
	return LESSON_TOLD;
}
