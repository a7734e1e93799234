/* SPDX-License-Identifier: BSD-3-Clause */
/* Text broken into lines for a pane. */
#ifndef TUI_WRAP_H
#define TUI_WRAP_H

#include "tui/canvas.h"

/*
 * Draws `text` ('\n' ends a paragraph; its further lines are indented by `indent` more than its
 * first) from line `skip` on, and returns how many lines it has in all. A canvas of height 0
 * only counts.
 */
int wrap_draw(const struct canvas *canvas, const char *text, int indent, int skip);
/* The lines that a sentence would take. */
int wrap_sentence_lines(const struct canvas *canvas, const char *text);
/* Draws a sentence over at most `lines` lines; the last one is cut with … if it is too long. */
void wrap_styled(const struct canvas *canvas, int y, int lines, unsigned style, const char *text);
void wrap_sentence(const struct canvas *canvas, int y, int lines, const char *text);

#endif
