/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/canvas.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define CELLS_MAX 512 /* of one call; a longer text is cut */

struct canvas canvas_part(const struct canvas *canvas, int y, int height)
{
	struct canvas part = *canvas;

	part.y += y;
	part.height = y + height > canvas->height ? canvas->height - y : height;
	return part;
}

static void put(const struct canvas *canvas, int y, int x, unsigned style, wchar_t *cells)
{
	const struct theme *theme = canvas->theme;

	attr_set(canvas->selected ? theme->selected[style] : theme->plain[style],
	         canvas->selected ? theme->selected_pair[style] : theme->plain_pair[style], NULL);
	mvaddwstr(canvas->y + y, canvas->x + x, cells);
	attr_set(A_NORMAL, 0, NULL);
}

/* Adds what stands for `character` to cells[*count]; false if it does not fit in *room. */
static bool add_cell(const struct canvas *canvas, uint32_t character, wchar_t *cells, size_t *count,
                     int *room)
{
	const char *ascii = utf8_ascii(character);
	unsigned width = utf8_width(character);

	if (width == 0) /* combining and control characters have no cell and are left out */
		return true;
	if (canvas->ascii) {
		size_t length = strlen(ascii);

		if ((int)length > *room || *count + length >= CELLS_MAX)
			return false;
		for (size_t i = 0; i < length; i++)
			cells[(*count)++] = (wchar_t)ascii[i];
		*room -= (int)length;
		return true;
	}
	if ((int)width > *room || *count + 1 >= CELLS_MAX)
		return false;
	cells[(*count)++] = (wchar_t)font_character(canvas->font, character);
	*room -= (int)width;
	return true;
}

int canvas_octets(const struct canvas *canvas, int y, int x, int room, unsigned style,
                  const char *text, size_t length)
{
	wchar_t cells[CELLS_MAX];
	size_t count = 0;
	int left;

	y -= canvas->shift_y;
	x -= canvas->shift_x;
	if (x + room > canvas->width)
		room = canvas->width - x;
	if (y < 0 || y >= canvas->height || room <= 0)
		return 0;
	left = room;
	for (size_t at = 0; at < length;) {
		uint32_t character;

		at += utf8_next(text + at, length - at, &character);
		if (x < 0) { /* beyond the left edge */
			x += (int)utf8_width(character);
			left -= (int)utf8_width(character);
			continue;
		}
		if (!add_cell(canvas, character, cells, &count, &left))
			break;
	}
	cells[count] = L'\0';
	put(canvas, y, x, style, cells);
	return room - left;
}

int canvas_text(const struct canvas *canvas, int y, int x, unsigned style, const char *text)
{
	return x + canvas_octets(canvas, y, x, canvas->shift_x + canvas->width - x, style, text,
	                         strlen(text));
}

int canvas_textf(const struct canvas *canvas, int y, int x, unsigned style, const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return canvas_text(canvas, y, x, style, text);
}

static size_t cells_of(const struct canvas *canvas, uint32_t character)
{
	unsigned width = utf8_width(character);

	return width > 0 && canvas->ascii ? strlen(utf8_ascii(character)) : width;
}

size_t canvas_fit(const struct canvas *canvas, const char *text, size_t length, size_t room)
{
	size_t at = 0;

	while (at < length) {
		uint32_t character;
		size_t octets = utf8_next(text + at, length - at, &character);
		size_t cells = cells_of(canvas, character);

		if (cells > room)
			break;
		room -= cells;
		at += octets;
	}
	return at;
}

int canvas_columns(const struct canvas *canvas, const char *text)
{
	size_t length = strlen(text), columns = 0;

	for (size_t at = 0; at < length;) {
		uint32_t character;

		at += utf8_next(text + at, length - at, &character);
		columns += cells_of(canvas, character);
	}
	return (int)columns;
}

void canvas_field(const struct canvas *canvas, int y, int x, int room, bool right, unsigned style,
                  const char *text)
{
	int columns = canvas_columns(canvas, text);

	if (columns <= room) {
		canvas_octets(canvas, y, right ? x + room - columns : x, columns, style, text,
		              strlen(text));
		return;
	}
	columns = canvas_octets(canvas, y, x, room - 1, style, text, strlen(text));
	canvas_text(canvas, y, x + columns, style, canvas->ascii ? "~" : "…");
}

void canvas_spans(const struct canvas *canvas, int y, const struct tcphs_spans *spans)
{
	int x = 0;

	for (size_t i = 0; i < spans->count; i++) {
		const struct tcphs_span *span = &spans->span[i];

		canvas_octets(canvas, y, x, span->columns, span->style, span->text, span->length);
		x += span->columns;
	}
}

void canvas_blank(const struct canvas *canvas, int y)
{
	const struct theme *theme = canvas->theme;

	if (y < 0 || y >= canvas->height)
		return;
	attr_set(canvas->selected ? theme->selected[0] : theme->plain[0],
	         canvas->selected ? theme->selected_pair[0] : theme->plain_pair[0], NULL);
	mvhline(canvas->y + y, canvas->x, ' ', canvas->width);
	attr_set(A_NORMAL, 0, NULL);
}

void canvas_rule(const struct canvas *canvas, int y)
{
	for (int x = 0; x < canvas->width; x++)
		canvas_text(canvas, y, x, VIEW_RULE, "─");
}

void canvas_scrollbar(const struct canvas *canvas, size_t top, size_t shown, size_t total)
{
	size_t height = (size_t)canvas->height, size, at;

	if (total <= shown || height == 0)
		return;
	size = height * shown / total;
	size = size < 1 ? 1 : size;
	at = (height - size) * top / (total - shown);
	for (size_t y = 0; y < height; y++)
		canvas_text(canvas, (int)y, canvas->width - 1, VIEW_RULE,
		            y >= at && y < at + size ? "█" : "│");
}
