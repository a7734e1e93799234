/* SPDX-License-Identifier: BSD-3-Clause */
/* One line of a ladder as text: for the text format, and for lessons and questions. */
#ifndef RENDER_TEXT_LINE_H
#define RENDER_TEXT_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <tcphs/ladder.h>

#include "base/text.h"

/* Adds octets, with the ANSI attributes of `style` around them if `color`. */
void text_style_add(struct text *text, enum tcphs_style style, bool color, const char *octets,
                    size_t count);
/* Adds line `index` (or TCPHS_LADDER_HEADS) and a line break, without blanks at its end. */
void text_line_add(struct text *text, const struct tcphs_ladder *ladder, size_t index,
                   unsigned width, bool ascii, bool color);

#endif
