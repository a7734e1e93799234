/* SPDX-License-Identifier: BSD-3-Clause */
/* From a lesson's file to its items, in the format of docs/lessons.md. */
#include "teach/lesson.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/nearest.h"
#include "base/units.h"

struct reader {
	struct lesson *lesson;
	const char *name;
	unsigned line;
	enum lesson_kind kind; /* of the directive at hand */
	struct text *prose;    /* where lines of prose go, NULL: nowhere */
	bool blank;            /* an empty line came before */
	bool reply;            /* prose is what an answer is told; an empty line ends it */
	struct tcphs_error *error;
};

static bool wrong(struct reader *reader, const char *what)
{
	tcphs_error_set(reader->error, TCPHS_USAGE, "%s line %u: %s", reader->name, reader->line,
	                what);
	return false;
}

static struct lesson_item *add_item(struct reader *reader, enum lesson_kind kind)
{
	struct lesson *lesson = reader->lesson;
	struct lesson_item *item;

	if (lesson->items == LESSON_ITEMS_MAX)
		return NULL;
	item = realloc(lesson->item, (lesson->items + 1) * sizeof(*item));
	if (item == NULL)
		return NULL;
	lesson->item = item;
	item = &lesson->item[lesson->items++];
	*item = (struct lesson_item){.kind = kind, .line = reader->line};
	reader->prose = NULL;
	reader->reply = false;
	return item;
}

static bool no_room(struct reader *reader)
{
	return wrong(reader, "the lesson is too long, or memory is exhausted");
}

/* An item that is one line of text: a page's title, a question, a capture. */
static bool read_titled(struct reader *reader, const char *rest, size_t length)
{
	struct lesson_item *item = add_item(reader, reader->kind);

	if (item == NULL)
		return no_room(reader);
	if (length == 0)
		return wrong(reader, "something must follow the word on its line");
	if (reader->kind == LESSON_CAPTURE)
		text_add_octets(&item->text, rest, length);
	else
		text_add_escaped(&item->text, rest, length);
	return !item->text.failed || no_room(reader);
}

static bool read_title(struct reader *reader, const char *rest, size_t length)
{
	text_clear(&reader->lesson->title);
	text_add_escaped(&reader->lesson->title, rest, length);
	reader->prose = NULL;
	return !reader->lesson->title.failed || no_room(reader);
}

static bool read_source(struct reader *reader, const char *rest, size_t length)
{
	if (reader->lesson->source.length > 0)
		text_add(&reader->lesson->source, ", ");
	text_add_escaped(&reader->lesson->source, rest, length);
	return !reader->lesson->source.failed || no_room(reader);
}

/* "7" or "3-7". */
static bool read_range(const char *rest, size_t length, uint64_t *first, uint64_t *last)
{
	const char *dash = memchr(rest, '-', length);
	const size_t before = dash != NULL ? (size_t)(dash - rest) : length;

	if (!units_parse_number(rest, before, first))
		return false;
	*last = *first;
	return dash == NULL ||
	       (units_parse_number(dash + 1, length - before - 1, last) && *first <= *last);
}

static bool read_numbered(struct reader *reader, const char *rest, size_t length)
{
	struct lesson_item *item = add_item(reader, reader->kind);

	if (item == NULL)
		return no_room(reader);
	if (!read_range(rest, length, &item->first, &item->last))
		return wrong(reader, "a number, or two as 3-7, must follow the word on its line");
	return true;
}

static bool read_answer(struct reader *reader, bool right, const char *rest, size_t length)
{
	struct lesson *lesson = reader->lesson;
	struct lesson_item *question = lesson->items > 0 ? &lesson->item[lesson->items - 1] : NULL;
	struct lesson_answer *answer;

	if (question == NULL || question->kind != LESSON_ASK)
		return wrong(reader, "an answer must come after its .ask");
	if (question->answers == LESSON_ANSWERS_MAX)
		return no_room(reader);
	answer = realloc(question->answer, (question->answers + 1) * sizeof(*answer));
	if (answer == NULL)
		return no_room(reader);
	question->answer = answer;
	answer = &question->answer[question->answers++];
	*answer = (struct lesson_answer){.right = right};
	text_add_escaped(&answer->words, rest, length);
	reader->prose = &answer->why;
	reader->reply = true;
	return !answer->words.failed || no_room(reader);
}

static bool read_right(struct reader *reader, const char *rest, size_t length)
{
	if (length == 0)
		return wrong(reader, "the right answer must follow on its line");
	return read_answer(reader, true, rest, length);
}

static bool read_wrong(struct reader *reader, const char *rest, size_t length)
{
	if (length == 0)
		return wrong(reader,
		             "the wrong answer must follow on its line; .else takes the others");
	return read_answer(reader, false, rest, length);
}

static bool read_else(struct reader *reader, const char *rest, size_t length)
{
	(void)rest;
	(void)length;
	return read_answer(reader, false, "", 0);
}

static const struct {
	const char *word;
	bool (*read)(struct reader *reader, const char *rest, size_t length);
	enum lesson_kind kind; /* of the item that it makes, if it makes one */
} directives[] = {
    {"title", read_title, 0},
    {"source", read_source, 0},
    {"capture", read_titled, LESSON_CAPTURE},
    {"page", read_titled, LESSON_PAGE},
    {"show", read_numbered, LESSON_SHOW},
    {"connection", read_numbered, LESSON_CONNECTION},
    {"explain", read_numbered, LESSON_EXPLAIN},
    {"ask", read_titled, LESSON_ASK},
    {"right", read_right, 0},
    {"wrong", read_wrong, 0},
    {"else", read_else, 0},
};

static bool no_such_word(struct reader *reader, const char *word, size_t length)
{
	const char *nearest = NULL;
	size_t least = SIZE_MAX;
	char name[40], given[24], what[160];

	snprintf(given, sizeof(given), "%.*s", length < 20 ? (int)length : 20, word);
	escape_into(name, sizeof(name), given);
	for (size_t i = 0; i < sizeof(directives) / sizeof(directives[0]); i++) {
		const char *other = directives[i].word;
		const size_t distance = nearest_distance(word, length, other, strlen(other));

		if (distance < least && nearest_is_near(distance, length)) {
			least = distance;
			nearest = other;
		}
	}
	if (nearest != NULL)
		snprintf(what, sizeof(what), "'.%s' is no word of lessons; did you mean .%s?", name,
		         nearest);
	else
		snprintf(what, sizeof(what),
		         "'.%s' is no word of lessons; docs/lessons.md lists them", name);
	return wrong(reader, what);
}

static bool read_directive(struct reader *reader, const char *line, size_t length)
{
	size_t word = 0, rest;

	while (word < length && !isspace((unsigned char)line[word]))
		word++;
	rest = word;
	while (rest < length && isspace((unsigned char)line[rest]))
		rest++;
	reader->blank = false;
	for (size_t i = 0; i < sizeof(directives) / sizeof(directives[0]); i++) {
		if (strlen(directives[i].word) != word ||
		    memcmp(directives[i].word, line, word) != 0)
			continue;
		reader->kind = directives[i].kind;
		return directives[i].read(reader, line + rest, length - rest);
	}
	return no_such_word(reader, line, word);
}

/* Lines of prose are joined to paragraphs; an empty line parts them, and ends a reply: what
 * follows is for everybody. */
static bool read_prose(struct reader *reader, const char *line, size_t length)
{
	struct lesson_item *item;

	if (length == 0) {
		reader->blank = true;
		if (reader->reply && reader->prose != NULL && reader->prose->length > 0)
			reader->prose = NULL;
		return true;
	}
	if (reader->prose == NULL) {
		item = add_item(reader, LESSON_TEXT);
		if (item == NULL)
			return no_room(reader);
		reader->prose = &item->text;
	}
	if (reader->prose->length > 0)
		text_add(reader->prose, reader->blank ? "\n\n" : " ");
	reader->blank = false;
	text_add_escaped(reader->prose, line, length);
	return !reader->prose->failed || no_room(reader);
}

static bool read_line(struct reader *reader, const char *line, size_t length)
{
	while (length > 0 && isspace((unsigned char)line[length - 1]))
		length--;
	if (length > 0 && line[0] == '#')
		return true;
	if (length > 0 && line[0] == '.')
		return read_directive(reader, line + 1, length - 1);
	return read_prose(reader, line, length);
}

/* What only the whole shows: a title, a right answer to every question, a capture to show. */
static bool check_whole(struct reader *reader)
{
	const struct lesson *lesson = reader->lesson;
	bool capture = false;

	for (size_t i = 0; i < lesson->items; i++) {
		const struct lesson_item *item = &lesson->item[i];
		bool right = false;

		reader->line = item->line;
		capture = capture || item->kind == LESSON_CAPTURE;
		for (size_t j = 0; j < item->answers; j++)
			right = right || item->answer[j].right;
		if (item->kind == LESSON_ASK && !right)
			return wrong(reader, "this question has no .right answer");
		if ((item->kind == LESSON_SHOW || item->kind == LESSON_EXPLAIN ||
		     item->kind == LESSON_CONNECTION) &&
		    !capture)
			return wrong(reader, "a .capture must come before this");
	}
	reader->line = 1;
	if (lesson->title.length == 0)
		return wrong(reader, "the lesson has no .title");
	return lesson->items > 0 || wrong(reader, "the lesson is empty");
}

struct lesson *lesson_compile(const char *text, size_t length, const char *name,
                              struct tcphs_error *error)
{
	struct reader reader = {.name = name, .error = error};
	bool good = true;

	reader.lesson = calloc(1, sizeof(*reader.lesson));
	if (reader.lesson == NULL) {
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
		return NULL;
	}
	while (good && length > 0) {
		const char *end = memchr(text, '\n', length);
		const size_t line = end != NULL ? (size_t)(end - text) : length;
		const size_t taken = end != NULL ? line + 1 : line;

		reader.line++;
		good = read_line(&reader, text, line);
		text += taken;
		length -= taken;
	}
	if (good && check_whole(&reader))
		return reader.lesson;
	lesson_free(reader.lesson);
	return NULL;
}
