/* SPDX-License-Identifier: BSD-3-Clause */
/* What a line of a ladder does, in words for students. */
#ifndef TEACH_LINE_WORDS_H
#define TEACH_LINE_WORDS_H

#include <stddef.h>
#include <tcphs/ladder.h>

#define LINE_WORDS_ROOM 4096

/* tcphs_ladder_explain() without what is for reference only: the endpoints' variables, and what
 * the options mean. */
void line_words(const struct tcphs_ladder *ladder, size_t index, char text[LINE_WORDS_ROOM]);

#endif
