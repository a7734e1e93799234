/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Lessons: text files with captures beside them, in the format of docs/lessons.md. A lesson is
 * a list of items to be gone through in order: pages, text, pieces of a ladder, questions.
 */
#ifndef TEACH_LESSON_H
#define TEACH_LESSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/error.h>
#include "base/text.h"

#define LESSON_MOST        (1u << 20) /* octets of a lesson's file */
#define LESSON_ITEMS_MAX   2000
#define LESSON_ANSWERS_MAX 32 /* of one question */

enum lesson_kind {
	LESSON_PAGE,       /* text: its title */
	LESSON_TEXT,       /* paragraphs, '\n' between them, empty ones are blank lines */
	LESSON_CAPTURE,    /* text: the path, relative to the lesson */
	LESSON_CONNECTION, /* first: the id */
	LESSON_SHOW,       /* packets first..last of the ladder */
	LESSON_EXPLAIN,    /* packet first, in words */
	LESSON_ASK,        /* text: the question */
};

struct lesson_answer {
	bool right;
	struct text words; /* alternatives, '|' between them; empty: whatever else is said */
	struct text why;   /* paragraphs */
};

struct lesson_item {
	enum lesson_kind kind;
	unsigned line; /* in the file, from 1 */
	struct text text;
	uint64_t first, last;
	struct lesson_answer *answer;
	size_t answers;
};

struct lesson {
	struct text title, source;
	struct lesson_item *item;
	size_t items;
};

/* Reads text[0..length) of the file `name` (escaped). NULL and an error with the line's number
 * if it is not right. The caller frees. */
struct lesson *lesson_compile(const char *text, size_t length, const char *name,
                              struct tcphs_error *error);
void lesson_free(struct lesson *lesson); /* NULL is fine */

/* The answer that `said` meets: a right or wrong one by its words, else the one for anything
 * else, else NULL. Case, blanks and - _ , + / make no difference. */
const struct lesson_answer *lesson_judge(const struct lesson_item *question, const char *said);
/* The first right answer's first alternative, into text. As snprintf. */
size_t lesson_right_answer(const struct lesson_item *question, char *text, size_t size);

#endif
