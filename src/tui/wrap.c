/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/wrap.h"

#include <string.h>

/* ✓ and ✗ (ok and BAD) stand out wherever they are; the RFC at the end of a line recedes. */
static const struct {
	const char *word;
	unsigned style;
} marks[] = {
    {"✓", TCPHS_S_OK},      {"✗", TCPHS_S_ERROR},  {" ok ", TCPHS_S_OK},
    {"BAD", TCPHS_S_ERROR}, {"RFC ", TCPHS_S_DIM},
};

static void draw_line(const struct canvas *canvas, int y, int x, const char *text, size_t length)
{
	size_t at = 0;

	while (at < length) {
		size_t next = length, size = 0;
		unsigned style = TCPHS_S_PLAIN;

		for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
			const char *found =
			    memmem(text + at, length - at, marks[i].word, strlen(marks[i].word));

			if (found != NULL && (size_t)(found - text) < next) {
				next = (size_t)(found - text);
				size = strlen(marks[i].word);
				style = marks[i].style;
			}
		}
		if (style == TCPHS_S_DIM) { /* "RFC 9293 §3.4" as one */
			const char *end = memchr(text + next + 4, ' ', length - next - 4);

			size = length - next;
			if (end != NULL) {
				size_t word = (size_t)(end - text) + 1;
				const char *stop = memchr(text + word, ' ', length - word);

				size = (stop != NULL ? (size_t)(stop - text) : length) - next;
			}
		}
		x += canvas_octets(canvas, y, x, canvas->width - x, TCPHS_S_PLAIN, text + at,
		                   next - at);
		x += canvas_octets(canvas, y, x, canvas->width - x, style, text + next, size);
		at = next + size;
	}
}

/* What stays with the number behind it. */
static const char *const before_number[] = {
    "RFC", "sec.", "SND.UNA", "SND.NXT", "RCV.NXT", "ISS", "IRS",
};

/* Whether a line may end at this space: "RFC 9293 §3.4" stays together. */
static bool may_break(const char *text, size_t at)
{
	size_t word = at;

	while (word > 0 && text[word - 1] != ' ')
		word--;
	for (size_t i = 0; i < sizeof(before_number) / sizeof(before_number[0]); i++) {
		if (at - word == strlen(before_number[i]) &&
		    memcmp(text + word, before_number[i], at - word) == 0)
			return false;
	}
	return word < 4 || memcmp(text + word - 4, "RFC ", 4) != 0 || text[at - 1] == ';' ||
	       text[at - 1] == ',' || text[at - 1] == '.' ||
	       (strncmp(text + at + 1, "§", strlen("§")) != 0 &&
	        strncmp(text + at + 1, "sec.", 4) != 0);
}

static size_t line_length(const struct canvas *canvas, const char *text, size_t length, size_t room)
{
	size_t fit = canvas_fit(canvas, text, length, room), cut = fit;

	if (fit == length)
		return length;
	while (cut > 0 && (text[cut] != ' ' || !may_break(text, cut)))
		cut--;
	return cut > 0 ? cut : fit > 0 ? fit : length;
}

/* A line of a drawing or a table is rather cut than broken. */
static bool is_drawn(const char *text, size_t length)
{
	size_t indent = strspn(text, " ");

	return indent < length && memmem(text + indent, length - indent, "    ", 4) != NULL;
}

int wrap_draw(const struct canvas *canvas, const char *text, int indent, int skip)
{
	int line = 0;

	while (*text != '\0') {
		size_t length = strcspn(text, "\n");
		const char *next = text + length + (text[length] == '\n');
		int own = (int)strspn(text, " ");
		bool first = true, drawn = indent == 0 && is_drawn(text, length);

		do {
			int x = 1 + (first ? 0 : own + indent), room = canvas->width - x - 2;
			size_t part =
			    drawn ? length
			          : line_length(canvas, text, length, room > 8 ? (size_t)room : 8);

			if (line >= skip)
				draw_line(canvas, line - skip, x, text, part);
			line++;
			while (part < length && text[part] == ' ')
				part++;
			text += part;
			length -= part;
			first = false;
		} while (length > 0);
		text = next;
	}
	return line;
}

static size_t sentence_room(const struct canvas *canvas)
{
	return canvas->width > 10 ? (size_t)canvas->width - 2 : 8;
}

int wrap_sentence_lines(const struct canvas *canvas, const char *text)
{
	size_t length = strlen(text), room = sentence_room(canvas);
	int lines = 0;

	for (; length > 0; lines++) {
		size_t part = line_length(canvas, text, length, room);

		part += strspn(text + part, " ");
		text += part;
		length -= part;
	}
	return lines;
}

void wrap_styled(const struct canvas *canvas, int y, int lines, unsigned style, const char *text)
{
	size_t length = strlen(text), room = sentence_room(canvas);

	for (; lines > 1; lines--, y++) {
		size_t part = line_length(canvas, text, length, room);

		canvas_octets(canvas, y, 1, (int)room, style, text, part);
		while (part < length && text[part] == ' ')
			part++;
		text += part;
		length -= part;
	}
	if (canvas_fit(canvas, text, length, room) == length) {
		canvas_octets(canvas, y, 1, (int)room, style, text, length);
	} else { /* cut behind a word */
		size_t part = line_length(canvas, text, length, room - 2);
		int x = 1 + canvas_octets(canvas, y, 1, (int)room, style, text, part);

		canvas_text(canvas, y, x, style, canvas->ascii ? " ~" : " …");
	}
}

void wrap_sentence(const struct canvas *canvas, int y, int lines, const char *text)
{
	wrap_styled(canvas, y, lines, TCPHS_S_PLAIN, text);
}
