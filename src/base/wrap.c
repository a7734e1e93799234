/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/wrap.h"

#include <string.h>

#include "base/utf8.h"

static void add_indent(struct text *out, size_t indent)
{
	for (size_t i = 0; i < indent; i++)
		text_add_octets(out, " ", 1);
}

static void wrap_paragraph(struct text *out, const char *text, size_t length, size_t indent,
                           size_t width)
{
	size_t column = 0; /* 0: at the beginning of a line */

	for (size_t at = 0; at < length;) {
		const size_t word = strcspn(text + at, " \n");
		const size_t cells = utf8_columns(text + at, word);

		if (column > 0 && column + 1 + cells > width) {
			text_add(out, "\n");
			column = 0;
		}
		if (column == 0)
			add_indent(out, indent);
		else
			text_add(out, " ");
		column = (column == 0 ? indent : column + 1) + cells;
		text_add_octets(out, text + at, word);
		at += word;
		at += strspn(text + at, " ");
	}
	text_add(out, "\n");
}

void wrap_add(struct text *out, const char *paragraphs, size_t indent, size_t width)
{
	for (;;) {
		const size_t length = strcspn(paragraphs, "\n");

		wrap_paragraph(out, paragraphs, length, indent, width);
		paragraphs += length;
		if (*paragraphs == '\0')
			return;
		paragraphs++;
	}
}

void wrap_to_ascii(struct text *out, size_t from)
{
	struct text plain = {0};
	uint32_t character;

	if (out->failed || out->length <= from)
		return;
	for (size_t at = from; at < out->length;) {
		at += utf8_next(out->data + at, out->length - at, &character);
		text_add(&plain, character == '\n' ? "\n" : utf8_ascii(character));
	}
	out->length = from;
	if (plain.failed)
		out->failed = true;
	else
		text_add_octets(out, plain.data, plain.length);
	text_free(&plain);
}
