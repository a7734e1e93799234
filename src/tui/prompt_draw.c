/* SPDX-License-Identifier: BSD-3-Clause */
/* The line that asks, and what is wrong below it. */
#include "tui/prompt.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* The octets of the error that its first line has room for. */
static size_t first_line(const struct prompt *prompt, const struct canvas *canvas)
{
	const char *text = prompt->error.text;
	size_t length = strlen(text), room = canvas->width > 3 ? (size_t)canvas->width - 3 : 1;
	size_t cut = utf8_fit(text, length, room, NULL);

	if (cut == length)
		return length;
	while (cut > 0 && text[cut] != ' ')
		cut--;
	return cut;
}

int prompt_height(const struct prompt *prompt, const struct canvas *canvas)
{
	if (prompt->error.text[0] == '\0')
		return 1;
	return first_line(prompt, canvas) < strlen(prompt->error.text) ? 3 : 2;
}

/* Below the line, under the cell `at`; rather at the left than cut. */
static void draw_error(const struct prompt *prompt, const struct canvas *canvas, int at)
{
	size_t cut = first_line(prompt, canvas);
	char first[sizeof(prompt->error.text)];
	int width;

	snprintf(first, sizeof(first), "%.*s", (int)cut, prompt->error.text);
	width = canvas_columns(canvas, first);
	for (int y = 1; y < canvas->height; y++)
		canvas_blank(canvas, y);
	if (at + 2 + width > canvas->width)
		at = canvas->width - width - 2 > 0 ? canvas->width - width - 2 : 0;
	at = canvas_text(canvas, 1, at, TCPHS_S_ERROR, canvas->ascii ? "^ " : "▲ ");
	canvas_text(canvas, 1, at, TCPHS_S_ERROR, first);
	if (prompt->error.text[cut] == ' ')
		canvas_field(canvas, 2, at, canvas->width - at - 1, false, TCPHS_S_ERROR,
		             prompt->error.text + cut + 1);
}

/* What Tab would add stands there already, in dim. */
static void draw_addition(const struct prompt *prompt, const struct canvas *canvas, int x)
{
	char addition[64];

	if (prompt->kind->complete == NULL || prompt->cursor != prompt->length ||
	    !prompt->kind->complete(prompt->context, prompt->text, addition, sizeof(addition)))
		return;
	canvas_text(canvas, 0, x, TCPHS_S_DIM, addition);
}

void prompt_draw(const struct prompt *prompt, const struct canvas *canvas)
{
	size_t start = 0, wrong = prompt->error_at;
	int x, cursor, at;

	canvas_blank(canvas, 0);
	x = canvas_text(canvas, 0, 1, VIEW_KEY, prompt->kind->label) + 1;
	/* A line that is longer than the screen shows the part before the cursor. */
	while (utf8_columns(prompt->text + start, prompt->cursor - start) + (size_t)x + 2 >
	           (size_t)canvas->width &&
	       start < prompt->cursor)
		start = prompt_right_of(prompt, start);
	canvas_text(canvas, 0, x, TCPHS_S_PLAIN, prompt->text + start);
	cursor = x + (int)utf8_columns(prompt->text + start, prompt->cursor - start);
	draw_addition(prompt, canvas, cursor);
	if (prompt->error.text[0] != '\0') {
		size_t length = wrong < start ? 0 : prompt->error_length;

		wrong = wrong < start ? start : wrong;
		at = x + (int)utf8_columns(prompt->text + start, wrong - start);
		canvas_octets(canvas, 0, at, canvas->width - at, TCPHS_S_ERROR,
		              prompt->text + wrong, length);
		draw_error(prompt, canvas, at);
	}
	curs_set(1);
	move(canvas->y, cursor);
}
