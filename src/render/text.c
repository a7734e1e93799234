/* SPDX-License-Identifier: BSD-3-Clause */
/* The ladder as text, in UTF-8 and in ASCII, with ANSI attributes if asked for. */
#include "render/format.h"

#include <string.h>

#include "base/utf8.h"

struct text_state {
	struct document document;
	bool ascii;
};

/* Select Graphic Rendition for each style; "" is the terminal's own. Weight carries what
 * matters, colour only repeats it. */
static const char *const sgr[TCPHS_S_COUNT] = {
    [TCPHS_S_PLAIN] = "",          [TCPHS_S_DIM] = "2",          [TCPHS_S_TITLE] = "1",
    [TCPHS_S_TIME] = "2",          [TCPHS_S_LIFELINE] = "2",     [TCPHS_S_STATE] = "2",
    [TCPHS_S_STATE_CHANGED] = "1", [TCPHS_S_STATE_ASSUMED] = "", [TCPHS_S_ARROW_SYN] = "36",
    [TCPHS_S_ARROW_ACK] = "",      [TCPHS_S_ARROW_DATA] = "2",   [TCPHS_S_ARROW_FIN] = "33",
    [TCPHS_S_ARROW_RST] = "31",    [TCPHS_S_OK] = "1;32",        [TCPHS_S_NOTE] = "36",
    [TCPHS_S_WARNING] = "1;33",    [TCPHS_S_ERROR] = "1;31",     [TCPHS_S_BRACKET] = "35",
};

static void add_styled(struct text_state *state, enum tcphs_style style, const char *octets,
                       size_t count)
{
	struct text *text = &state->document.text;
	bool color = state->document.options.color && sgr[style][0] != '\0';

	if (color)
		text_addf(text, "\033[%sm", sgr[style]);
	text_add_octets(text, octets, count);
	if (color)
		text_add(text, "\033[0m");
}

static void add_line(struct text_state *state, const struct tcphs_ladder *ladder, size_t index,
                     unsigned width)
{
	struct tcphs_spans spans;
	size_t count;

	tcphs_ladder_layout(ladder, index, width, state->ascii, &spans);
	count = spans.count;
	/* No blanks at the end of a line: diffs and editors mind them. */
	while (count > 0) {
		struct tcphs_span *last = &spans.span[count - 1];

		while (last->length > 0 && last->text[last->length - 1] == ' ')
			last->length--;
		if (last->length > 0)
			break;
		count--;
	}
	for (size_t i = 0; i < count; i++)
		add_styled(state, spans.span[i].style, spans.span[i].text, spans.span[i].length);
	text_add(&state->document.text, "\n");
}

static void add_head(struct text_state *state, const struct tcphs_ladder *ladder, unsigned width)
{
	struct text *text = &state->document.text;
	const struct tcphs_connection *connection = &ladder->analysis->connection;
	const char *path = document_encapsulation(&state->document, connection);
	char title[256], summary[256], verdict[1024];
	size_t columns;

	tcphs_ladder_title(ladder, state->ascii, title, sizeof(title));
	tcphs_ladder_summary(ladder, state->ascii, summary, sizeof(summary));
	columns = utf8_columns(title, strlen(title)) + 3 + utf8_columns(summary, strlen(summary));
	add_styled(state, TCPHS_S_TITLE, title, strlen(title));
	text_add(text, columns <= width ? "   " : "\n    ");
	add_styled(state, TCPHS_S_TITLE, summary, strlen(summary));
	text_add(text, "\n");
	if (path != NULL)
		text_addf(text, "    in %s\n", path);
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
