/* SPDX-License-Identifier: BSD-3-Clause */
#include "teach/picture.h"

#include <string.h>

#include "base/utf8.h"

#define STATE_CELLS 15
#define ARROW_CELLS 40 /* at least */
#define ARROW_ENDS  9  /* of an arrow, with a bit of its shaft */

static const struct {
	const char *mark;
	bool to_server, lost, crossing;
} direction[] = {
    {"> ", true, false, false},  {"< ", false, false, false}, {"!> ", true, true, false},
    {"!< ", false, true, false}, {"X ", true, false, true},   {"Y ", false, false, true},
};

/* Takes text up to one of `stop` or the end of the line. */
static size_t field(const char **at, const char *stop, const char **start)
{
	const size_t length = strcspn(*at, stop);

	*start = *at;
	*at += length;
	return length;
}

bool picture_next(const char **at, struct picture_line *line)
{
	const char *from = *at;
	size_t kind;

	for (kind = 0; kind < sizeof(direction) / sizeof(direction[0]); kind++)
		if (strncmp(from, direction[kind].mark, strlen(direction[kind].mark)) == 0)
			break;
	if (kind == sizeof(direction) / sizeof(direction[0]))
		return false;
	*line = (struct picture_line){.to_server = direction[kind].to_server,
	                              .lost = direction[kind].lost,
	                              .crossing = direction[kind].crossing};
	from += strlen(direction[kind].mark);
	line->label_length = field(&from, "|\n", &line->label);
	if (*from++ != '|')
		return false;
	line->left_length = field(&from, "|\n", &line->left);
	if (*from++ != '|')
		return false;
	line->right_length = field(&from, "\n", &line->right);
	*at = *from == '\n' ? from + 1 : from;
	return true;
}

static void add_times(struct text *out, const char *glyph, size_t times)
{
	for (size_t i = 0; i < times; i++)
		text_add(out, glyph);
}

static void add_padded(struct text *out, const char *text, size_t length, size_t cells)
{
	const size_t used = utf8_columns(text, length);

	text_add_octets(out, text, length);
	add_times(out, " ", used < cells ? cells - used : 0);
}

/* "├── SYN  seq 0 ───────▶│"; a lost one ends in ╳, crossing ones have a slanted stroke. */
static void add_arrow(struct text *out, const struct picture_line *line, size_t arrow_cells)
{
	const size_t label = utf8_columns(line->label, line->label_length);
	const size_t taken = label + 8 + (line->crossing ? 1 : 0);
	const size_t shaft = taken < arrow_cells ? arrow_cells - taken : 0;

	text_add(out, line->to_server ? "├──" : line->lost ? "│  ╳" : "│◀─");
	if (!line->to_server && line->crossing)
		text_add(out, "╱");
	text_add(out, " ");
	text_add_octets(out, line->label, line->label_length);
	text_add(out, " ");
	if (line->to_server && line->lost) {
		add_times(out, "─", shaft > 3 ? shaft - 3 : 0);
		text_add(out, "╳    │");
		return;
	}
	add_times(out, "─", shaft - (!line->to_server && line->lost && shaft > 0 ? 1 : 0));
	if (line->to_server && line->crossing)
		text_add(out, "╲");
	text_add(out, line->to_server ? "─▶│" : "──┤");
}

void picture_add_line(struct text *out, const struct picture_line *line, size_t state_cells,
                      size_t arrow_cells)
{
	add_padded(out, line->left, line->left_length, state_cells);
	add_arrow(out, line, arrow_cells);
	text_add(out, " ");
	text_add_octets(out, line->right, line->right_length);
	text_add(out, "\n");
}

/* So long that the longest label fits. */
static size_t arrow_cells(const char *picture)
{
	struct picture_line line;
	size_t cells = ARROW_CELLS;

	while (picture_next(&picture, &line)) {
		const size_t wanted = utf8_columns(line.label, line.label_length) + ARROW_ENDS;

		if (wanted > cells)
			cells = wanted;
	}
	return cells;
}

void picture_add(struct text *out, const char *picture, size_t indent)
{
	const size_t cells = arrow_cells(picture);
	struct picture_line line;

	add_times(out, " ", indent);
	add_padded(out, "client", 6, STATE_CELLS + cells);
	text_add(out, "server\n");
	while (picture_next(&picture, &line)) {
		add_times(out, " ", indent);
		picture_add_line(out, &line, STATE_CELLS, cells);
	}
}
