/* SPDX-License-Identifier: BSD-3-Clause */
/* PlantUML sequence diagrams, one for each connection. */
#include "render/format.h"

#include <ctype.h>
#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"
#include "render/sequence.h"

/* Creole markup, the preprocessor and line breaks know many signs: all but the harmless ones
 * are written by their number. */
static void add_plantuml(struct text *out, const char *string)
{
	struct text safe = {0};
	const char *at;
	size_t left;
	uint32_t before = 0;

	text_add_escaped(&safe, string, strlen(string));
	out->failed |= safe.failed;
	at = safe.data;
	left = safe.length;
	while (left > 0) {
		uint32_t character;
		size_t taken = utf8_next(at, left, &character);
		bool harmless = character >= 0x80 ||
		                (isascii((int)character) && isalnum((int)character)) ||
		                strchr(" .,:()[]+='?", (int)character) != NULL ||
		                (character == '-' && before != '-');

		if (harmless)
			text_add_octets(out, at, taken);
		else
			text_addf(out, "<U+%04X>", (unsigned)character);
		before = character;
		at += taken;
		left -= taken;
	}
	text_free(&safe);
}

static void add_line_of(struct text *out, const char *start, const char *string)
{
	text_add(out, start);
	add_plantuml(out, string);
	text_add(out, "\n");
}

static void plantuml_over(struct text *out, const char *string)
{
	add_line_of(out, "rnote over C, S : ", string);
}

static void plantuml_state(struct text *out, int side, const char *state)
{
	add_line_of(out, side == 0 ? "hnote left of C : " : "hnote right of S : ", state);
}

static void plantuml_arrow(struct text *out, const struct tcphs_row *row, const char *label)
{
	const char *arrow = row->fate == TCPHS_LOST   ? "->x"
	                    : row->fate == TCPHS_COPY ? "-->"
	                                              : "->";

	text_addf(out, "%s %s %s", row->from == TCPHS_CLIENT ? "C" : "S", arrow,
	          row->from == TCPHS_CLIENT ? "S" : "C");
	add_line_of(out, " : ", label);
}

static void plantuml_open_part(struct text *out, const char *name)
{
	add_line_of(out, "group ", name);
}

static void plantuml_close_part(struct text *out)
{
	text_add(out, "end\n");
}

static const struct sequence plantuml_sequence = {
    .over = plantuml_over,
    .state = plantuml_state,
    .arrow = plantuml_arrow,
    .open_part = plantuml_open_part,
    .close_part = plantuml_close_part,
};

static bool plantuml_begin(void **state, const struct tcphs_render_options *options,
                           const struct tcphs_sink *sink, struct tcphs_error *error)
{
	*state = document_new(sizeof(struct document), options, sink, error);
	return *state != NULL;
}

static void add_participant(struct text *out, const struct tcphs_ladder *ladder, int side)
{
	const struct tcphs_endpoint *end = &ladder->analysis->connection.end[side];
	char text[96];

	tcphs_endpoint_text(end, ladder->options.numeric || side == 0, text, sizeof(text));
	text_addf(out, "participant \"%s\\n", tcphs_side_name((enum tcphs_side)side));
	add_plantuml(out, text);
	text_addf(out, "\" as %s\n", side == 0 ? "C" : "S");
}

static bool plantuml_ladder(void *opaque, const struct tcphs_ladder *ladder,
                            struct tcphs_error *error)
{
	struct document *document = opaque;
	struct text *out = &document->text;
	char text[256];

	text_add(out, document->ladders++ > 0 ? "\n@startuml\n" : "@startuml\n");
	tcphs_ladder_title(ladder, false, text, sizeof(text));
	add_line_of(out, "title ", text);
	add_participant(out, ladder, TCPHS_CLIENT);
	add_participant(out, ladder, TCPHS_SERVER);
	sequence_draw(out, ladder, &plantuml_sequence);
	text_add(out, "@enduml\n");
	return document_flush(document, error);
}

static bool plantuml_end(void *opaque, struct tcphs_error *error)
{
	struct document *document = opaque;
	bool done = document == NULL || document_flush(document, error);

	document_free(document);
	return done;
}

const struct tcphs_format plantuml_format = {
    .name = "plantuml",
    .extension = ".puml",
    .help = "PlantUML sequence diagrams",
    .begin = plantuml_begin,
    .ladder = plantuml_ladder,
    .end = plantuml_end,
};
