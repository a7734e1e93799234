/* SPDX-License-Identifier: BSD-3-Clause */
#include "teach/lesson.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void lesson_free(struct lesson *lesson)
{
	if (lesson == NULL)
		return;
	for (size_t i = 0; i < lesson->items; i++) {
		struct lesson_item *item = &lesson->item[i];

		for (size_t j = 0; j < item->answers; j++) {
			text_free(&item->answer[j].words);
			text_free(&item->answer[j].why);
		}
		free(item->answer);
		text_free(&item->text);
	}
	free(lesson->item);
	text_free(&lesson->title);
	text_free(&lesson->source);
	free(lesson);
}

/* ---- judging ---------------------------------------------------------------------------- */

static bool separates(char c)
{
	return isspace((unsigned char)c) || c == '-' || c == '_' || c == ',' || c == '+' ||
	       c == '/';
}

/* The next character that counts, in lower case; 0 at the end. */
static int next_of(const char **at, const char *end)
{
	while (*at < end && separates(**at))
		(*at)++;
	return *at < end ? tolower((unsigned char)*(*at)++) : 0;
}

static bool says(const char *said, const char *words, size_t length)
{
	const char *said_end = said + strlen(said), *end = words + length;
	int a, b;

	do {
		a = next_of(&said, said_end);
		b = next_of(&words, end);
		if (a != b)
			return false;
	} while (a != 0);
	return true;
}

static bool is_met(const struct lesson_answer *answer, const char *said)
{
	const char *at = answer->words.data;

	while (at != NULL && *at != '\0') {
		const size_t length = strcspn(at, "|");

		if (says(said, at, length))
			return true;
		at += length + (at[length] == '|');
	}
	return false;
}

const struct lesson_answer *lesson_judge(const struct lesson_item *question, const char *said)
{
	const struct lesson_answer *other = NULL;

	for (size_t i = 0; i < question->answers; i++) {
		if (is_met(&question->answer[i], said))
			return &question->answer[i];
		if (question->answer[i].words.length == 0)
			other = &question->answer[i];
	}
	return other;
}

size_t lesson_right_answer(const struct lesson_item *question, char *text, size_t size)
{
	for (size_t i = 0; i < question->answers; i++) {
		const char *words = question->answer[i].words.data;

		if (question->answer[i].right && words != NULL)
			return (size_t)snprintf(text, size, "%.*s", (int)strcspn(words, "|"),
			                        words);
	}
	return (size_t)snprintf(text, size, "?");
}
