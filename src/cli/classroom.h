/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A conversation on standard input and output: text and ladders are shown, questions asked,
 * one line of answer read. Nothing depends on a terminal, so that a screen reader or a script
 * can hold it.
 */
#ifndef CLI_CLASSROOM_H
#define CLI_CLASSROOM_H

#include "cli/output.h"

#include "base/text.h"

#include <tcphs/ladder.h>

enum { ANSWER_ROOM = 256 };

struct classroom {
	struct output output;
	struct text text;
	unsigned width;
	bool over; /* the input has ended, or somebody said that he wants to stop */
	char answer[ANSWER_ROOM];
};

/* False after an error, which it has said. Close it in any case; that gives an exit code. */
bool classroom_open(struct classroom *room, const struct options *options);
int classroom_close(struct classroom *room);

/* Says text, wrapped; "" is an empty line. */
void classroom_say(struct classroom *room, const char *text, unsigned indent);
/* A line as it is. */
void classroom_verbatim(struct classroom *room, const char *line);
/* A line in the style of a title. */
void classroom_title(struct classroom *room, const char *text);
/* Shows lines from..to of a ladder, without the last; from TCPHS_LADDER_HEADS: the heads. */
void classroom_ladder(struct classroom *room, const struct tcphs_ladder *ladder, size_t from,
                      size_t to);
/* Tells in words what line `index` of the ladder does. */
void classroom_explain(struct classroom *room, const struct tcphs_ladder *ladder, size_t index);

/* Prompts and reads a line into room->answer, without its end. False if there is none, or if it
 * is "quit"; then the conversation is over. */
bool classroom_ask(struct classroom *room, const char *prompt);

#endif
