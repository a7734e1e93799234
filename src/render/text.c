/* SPDX-License-Identifier: BSD-3-Clause */
/* The ladder as text, in UTF-8 and in ASCII, with ANSI attributes if asked for. */
#include "render/format.h"
#include "render/text_line.h"

#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"
#include "base/wrap.h"

enum { INTERFACES_TOLD = 8, COMMENT_AT = 13 };

struct text_state {
	struct document document;
	bool ascii;
};

static void add_styled(struct text_state *state, enum tcphs_style style, const char *octets,
                       size_t count)
{
	text_style_add(&state->document.text, style, state->document.options.color, octets, count);
}

static void add_line(struct text_state *state, const struct tcphs_ladder *ladder, size_t index,
                     unsigned width)
{
	text_line_add(&state->document.text, ladder, index, width, state->ascii,
	              state->document.options.color);
}

static void add_path(struct text_state *state, const char *path)
{
	char safe[256], shown[512];

	escape_into(safe, sizeof(safe), path);
	if (state->ascii)
		tcphs_ascii_text(safe, shown, sizeof(shown));
	text_addf(&state->document.text, "    in %s\n", state->ascii ? shown : safe);
}

/* The interfaces by which it came, where the capture names several. */
static void add_interfaces(struct text_state *state, const struct tcphs_ladder *ladder)
{
	const struct tcphs_ladder_options *options = &ladder->options;
	const struct tcphs_analysis *analysis = ladder->analysis;
	struct text *text = &state->document.text;
	const char *seen[INTERFACES_TOLD];
	size_t count = 0, from = text->length;

	for (size_t i = 0; i < analysis->rows && count <= INTERFACES_TOLD; i++) {
		const char *name =
		    options->packet_interface(options->packet_context, analysis->row[i].packet);
		size_t at = 0;

		while (at < count && strcmp(seen[at], name) != 0)
			at++;
		if (name[0] == '\0' || at < count)
			continue;
		if (count < INTERFACES_TOLD)
			seen[count] = name;
		text_addf(text, "%s%s", count == 0 ? "    captured on " : ", ",
		          count < INTERFACES_TOLD ? name : "…");
		count++;
	}
	if (count > 0)
		text_add(text, "\n");
	if (state->ascii)
		wrap_to_ascii(text, from);
}

/* Beside the bracket of the line that it is about. */
static void add_comment(struct text_state *state, const struct tcphs_line *line,
                        const struct text *told, unsigned width)
{
	bool inside = line->bracket == TCPHS_BRACKET_FIRST || line->bracket == TCPHS_BRACKET_INSIDE;
	struct text *text = &state->document.text, broken = {0};
	size_t from = text->length;

	wrap_add(&broken, told->data, 0, width - COMMENT_AT);
	for (const char *at = broken.data, *end; !broken.failed && *at != '\0'; at = end + 1) {
		end = strchr(at, '\n'); /* each line has one */
		text_addf(text, "%s%*s%.*s\n", inside ? "│" : " ", COMMENT_AT - 1, "",
		          (int)(end - at), at);
	}
	if (state->ascii)
		wrap_to_ascii(text, from);
	text->failed |= broken.failed;
	text_free(&broken);
}

/* What the capture comments on the packets of line `index`, under it. */
static void add_comments(struct text_state *state, const struct tcphs_ladder *ladder, size_t index,
                         unsigned width)
{
	const struct tcphs_ladder_options *options = &ladder->options;
	const struct tcphs_line *line = &ladder->line[index];

	if (line->kind != TCPHS_LINE_SEGMENT && line->kind != TCPHS_LINE_RUN)
		return;
	for (size_t i = line->row; i <= line->last_row && i < ladder->analysis->rows; i++) {
		uint64_t packet = ladder->analysis->row[i].packet;
		const char *comment = options->packet_comment(options->packet_context, packet);
		struct text told = {0};
		char name[48];

		if (comment[0] == '\0')
			continue;
		tcphs_ladder_packet_name(ladder, packet, name, sizeof(name));
		text_addf(&told, "comment on #%s: %s", name, comment);
		if (told.data != NULL)
			add_comment(state, line, &told, width);
		state->document.text.failed |= told.failed;
		text_free(&told);
	}
}

static void add_head(struct text_state *state, const struct tcphs_ladder *ladder, unsigned width)
{
	struct text *text = &state->document.text;
	const struct tcphs_connection *connection = &ladder->analysis->connection;
	const char *path = document_encapsulation(&state->document, connection);
	char title[256], summary[256], verdict[TCPHS_VERDICT_MAX];
	size_t columns;

	tcphs_ladder_title(ladder, state->ascii, title, sizeof(title));
	tcphs_ladder_summary(ladder, state->ascii, summary, sizeof(summary));
	columns = utf8_columns(title, strlen(title)) + 3 + utf8_columns(summary, strlen(summary));
	add_styled(state, TCPHS_S_TITLE, title, strlen(title));
	text_add(text, columns <= width ? "   " : "\n    ");
	add_styled(state, TCPHS_S_TITLE, summary, strlen(summary));
	text_add(text, "\n");
	if (path != NULL)
		add_path(state, path);
	if (ladder->options.packet_interface != NULL)
		add_interfaces(state, ladder);
	tcphs_connection_verdict(connection, verdict, sizeof(verdict));
	text_add(text, "    ");
	text_add_wrapped(text, verdict, width - 4, "    ");
}

static bool text_ladder(void *opaque, const struct tcphs_ladder *ladder, struct tcphs_error *error)
{
	struct text_state *state = opaque;
	unsigned width = state->document.options.width > 0 ? state->document.options.width : 80;
	struct tcphs_ladder_options options = ladder->options;
	struct tcphs_ladder own = {0};

	width = width < 40 ? 40 : width > 300 ? 300 : width;
	if (options.wrap != width) {
		options.wrap = width;
		if (!tcphs_ladder_build(&own, ladder->analysis, &options)) {
			tcphs_ladder_free(&own);
			return out_of_memory(error);
		}
		ladder = &own;
	}
	if (state->document.ladders++ > 0)
		text_add(&state->document.text, "\n");
	add_head(state, ladder, width);
	add_line(state, ladder, TCPHS_LADDER_HEADS, width);
	for (size_t i = 0; i < ladder->lines; i++) {
		add_line(state, ladder, i, width);
		if (ladder->options.packet_comment != NULL)
			add_comments(state, ladder, i, width);
	}
	tcphs_ladder_free(&own);
	return document_flush(&state->document, error);
}

static bool text_begin_as(void **state, bool ascii, const struct tcphs_render_options *options,
                          const struct tcphs_sink *sink, struct tcphs_error *error)
{
	struct text_state *text = document_new(sizeof(*text), options, sink, error);

	if (text != NULL)
		text->ascii = ascii;
	*state = text;
	return text != NULL;
}

static bool text_begin(void **state, const struct tcphs_render_options *options,
                       const struct tcphs_sink *sink, struct tcphs_error *error)
{
	return text_begin_as(state, false, options, sink, error);
}

static bool ascii_begin(void **state, const struct tcphs_render_options *options,
                        const struct tcphs_sink *sink, struct tcphs_error *error)
{
	return text_begin_as(state, true, options, sink, error);
}

static bool text_end(void *opaque, struct tcphs_error *error)
{
	struct text_state *state = opaque;
	bool done = state == NULL || document_flush(&state->document, error);

	document_free(opaque);
	return done;
}

const struct tcphs_format text_format = {
    .name = "text",
    .extension = ".txt",
    .help = "the ladder as text, in UTF-8",
    .begin = text_begin,
    .ladder = text_ladder,
    .end = text_end,
};

const struct tcphs_format ascii_format = {
    .name = "ascii",
    .extension = ".asc",
    .help = "the ladder as text, in ASCII alone",
    .begin = ascii_begin,
    .ladder = text_ladder,
    .end = text_end,
};
