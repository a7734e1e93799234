/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/classroom.h"

#include "cli/command.h"
#include "cli/message.h"
#include "cli/terminal.h"

#include "base/wrap.h"
#include "render/text_line.h"
#include "teach/line_words.h"

#include <stdio.h>
#include <string.h>

enum {
	WIDEST = 100, /* prose in longer lines is hard to read */
	USUAL = 80,
};

bool classroom_open(struct classroom *room, const struct options *options)
{
	struct options plain = *options;
	struct tcphs_error error = {0};

	*room = (struct classroom){.width = USUAL, .output = {.fd = -1}};
	plain.output = NULL;
	if (!output_open(&room->output, &plain, &error)) {
		message("%s", error.text);
		room->over = true;
		return false;
	}
	if (room->output.width > 0)
		room->width = room->output.width;
	return true;
}

int classroom_close(struct classroom *room)
{
	text_free(&room->text);
	return output_close(&room->output, false);
}

/* What was gathered in room->text goes out. */
static void put(struct classroom *room)
{
	if (!room->output.utf8)
		wrap_to_ascii(&room->text, 0);
	if (room->text.failed) {
		message("memory is exhausted");
		room->over = true;
	} else if (room->text.length > 0) {
		stream_add(room->output.stream, room->text.data, room->text.length);
	}
	text_clear(&room->text);
	if (!output_works(&room->output))
		room->over = true;
}

static unsigned prose_width(const struct classroom *room)
{
	return room->width < WIDEST ? room->width : WIDEST;
}

void classroom_say(struct classroom *room, const char *text, unsigned indent)
{
	wrap_add(&room->text, text, indent, prose_width(room));
	put(room);
}

void classroom_verbatim(struct classroom *room, const char *line)
{
	text_add(&room->text, line);
	text_add(&room->text, "\n");
	put(room);
}

void classroom_title(struct classroom *room, const char *text)
{
	struct text lines = {0};

	wrap_add(&lines, text, 0, prose_width(room));
	if (lines.failed)
		room->text.failed = true;
	else /* the last line break stays outside of the style */
		text_style_add(&room->text, TCPHS_S_TITLE, room->output.color, lines.data,
		               lines.length - 1);
	text_add(&room->text, "\n");
	text_free(&lines);
	put(room);
}

void classroom_ladder(struct classroom *room, const struct tcphs_ladder *ladder, size_t from,
                      size_t to)
{
	if (from == TCPHS_LADDER_HEADS)
		text_line_add(&room->text, ladder, from, room->width, !room->output.utf8,
		              room->output.color);
	for (size_t i = from; i < to && i < ladder->lines; i++)
		text_line_add(&room->text, ladder, i, room->width, !room->output.utf8,
		              room->output.color);
	put(room);
}

void classroom_explain(struct classroom *room, const struct tcphs_ladder *ladder, size_t index)
{
	char text[LINE_WORDS_ROOM];

	line_words(ladder, index, text);
	classroom_say(room, text, 2);
}

/* What is behind a line that is too long for an answer belongs to no other answer. */
static void drop_rest_of_line(void)
{
	int c;

	do {
		c = getchar();
	} while (c != '\n' && c != EOF);
}

/* Blanks around an answer are no part of it. */
static void trim(char *text)
{
	const size_t blank = strspn(text, " \t");
	size_t length = strlen(text) - blank;

	while (length > 0 && strchr(" \t", text[blank + length - 1]) != NULL)
		length--;
	memmove(text, text + blank, length);
	text[length] = '\0';
}

bool classroom_ask(struct classroom *room, const char *prompt)
{
	size_t length;

	text_add(&room->text, prompt);
	put(room);
	stream_flush(room->output.stream);
	if (room->over || fgets(room->answer, sizeof(room->answer), stdin) == NULL) {
		room->over = true;
		return false;
	}
	length = strcspn(room->answer, "\r\n");
	if (room->answer[length] == '\0' && length + 1 == sizeof(room->answer))
		drop_rest_of_line();
	room->answer[length] = '\0';
	trim(room->answer);
	if (!terminal_is(0))
		classroom_say(room, "", 0); /* no terminal has echoed the answer's line break */
	if (strcmp(room->answer, "q") == 0 || strcmp(room->answer, "quit") == 0)
		room->over = true;
	return !room->over;
}
