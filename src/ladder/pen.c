/* SPDX-License-Identifier: BSD-3-Clause */
#include "ladder/pen.h"

#include <string.h>

#include "ladder/label.h"

const struct glyphs glyphs_utf8 = {
    .dash = "─",
    .right = "▶",
    .left = "◀",
    .from_client = "├",
    .from_server = "┤",
    .life = "│",
    .broken = "┊",
    .lost = "✗",
    .down = "╲",
    .up = "╱",
    .ok = "✓",
    .bad = "✗",
    .dot = "·",
    .ellipsis = "…",
    .bracket = {" ", "┌", "│", "└", "╶"},
    .severity = {"·", "!", "✗"},
};
const struct glyphs glyphs_ascii = {
    .dash = "-",
    .right = ">",
    .left = "<",
    .from_client = "|",
    .from_server = "|",
    .life = "|",
    .broken = ":",
    .lost = "x",
    .down = "\\",
    .up = "/",
    .ok = "ok",
    .bad = "BAD",
    .dot = ".",
    .ellipsis = "~",
    .bracket = {" ", ",", "|", "`", "-"},
    .severity = {"-", "!", "x"},
};

static struct tcphs_span *span_for(struct pen *pen, enum tcphs_style style)
{
	struct tcphs_spans *spans = pen->spans;
	struct tcphs_span *last = spans->count > 0 ? &spans->span[spans->count - 1] : NULL;

	if (last != NULL && (last->style == style || spans->count == TCPHS_SPANS_MAX))
		return last;
	last = &spans->span[spans->count++];
	*last = (struct tcphs_span){.style = (uint8_t)style, .text = spans->text + pen->used};
	return last;
}

void pen_put_cells(struct pen *pen, enum tcphs_style style, const char *text, unsigned columns)
{
	while (*text != '\0' && columns > 0 && pen->column < pen->width) {
		struct tcphs_span *span;
		size_t length = 1;

		while (((unsigned char)text[length] & 0xc0) == 0x80)
			length++;
		if (pen->used + length >= sizeof(pen->spans->text))
			return;
		span = span_for(pen, style);
		memcpy(pen->spans->text + pen->used, text, length);
		pen->used += length;
		span->length = (uint16_t)(span->length + length);
		span->columns++;
		pen->column++;
		columns--;
		text += length;
	}
}

void pen_put(struct pen *pen, enum tcphs_style style, const char *text)
{
	pen_put_cells(pen, style, text, UINT32_MAX);
}

void pen_put_times(struct pen *pen, enum tcphs_style style, const char *glyph, unsigned count)
{
	while (count-- > 0)
		pen_put(pen, style, glyph);
}

void pen_pad(struct pen *pen, unsigned column)
{
	while (pen->column < column && pen->column < pen->width)
		pen_put(pen, TCPHS_S_PLAIN, " ");
}

void pen_put_field(struct pen *pen, enum tcphs_style style, const char *text, unsigned columns)
{
	unsigned end = pen->column + columns;

	if (text_columns(text) <= columns) {
		pen_put(pen, style, text);
	} else if (columns > 0) {
		pen_put_cells(pen, style, text, columns - 1);
		pen_put(pen, style, pen->glyphs->ellipsis);
	}
	pen_pad(pen, end);
}
