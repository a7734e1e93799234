/* SPDX-License-Identifier: BSD-3-Clause */
/* The ladder as text, in UTF-8 and in ASCII, with ANSI attributes if asked for. */
#include "render/format.h"
#include "render/text_line.h"

#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"

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
	for (size_t i = 0; i < ladder->lines; i++)
		add_line(state, ladder, i, width);
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
