/* SPDX-License-Identifier: BSD-3-Clause */
/* A Mermaid sequence diagram. Mermaid takes one diagram a document, so the connections stand
 * in one, each behind a note with its name. */
#include "render/format.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <tcphs/diagnosis.h>

#include "base/duration.h"
#include "base/escape.h"
#include "render/sequence.h"

/* Everything with a meaning for Mermaid becomes an entity: # ; < > " % { } */
static void add_mermaid(struct text *out, const char *string)
{
	struct text safe = {0};

	text_add_escaped(&safe, string, strlen(string));
	out->failed |= safe.failed;
	for (const char *at = safe.data; at != NULL && *at != '\0'; at++) {
		if (strchr("#;<>\"%{}\\`", *at) != NULL)
			text_addf(out, "#%d;", *at);
		else
			text_add_octets(out, at, 1);
	}
	text_free(&safe);
}

static void mermaid_note(struct text *out, const char *where, const char *string)
{
	text_addf(out, "    Note %s: ", where);
	add_mermaid(out, string);
	text_add(out, "\n");
}

static void mermaid_over(struct text *out, const char *string)
{
	mermaid_note(out, "over C,S", string);
}

static void mermaid_state(struct text *out, int side, const char *state)
{
	mermaid_note(out, side == 0 ? "left of C" : "right of S", state);
}

static void mermaid_arrow(struct text *out, const struct tcphs_row *row, const char *label)
{
	const char *arrow = row->fate == TCPHS_LOST   ? "-x"
	                    : row->fate == TCPHS_COPY ? "-->>"
	                    : row->late               ? "-)"
	                                              : "->>";

	text_addf(out, "    %s%s%s: ", row->from == TCPHS_CLIENT ? "C" : "S", arrow,
	          row->from == TCPHS_CLIENT ? "S" : "C");
	add_mermaid(out, label);
	text_add(out, "\n");
}

static void mermaid_open_part(struct text *out, const char *name)
{
	text_add(out, "    rect rgba(110, 130, 190, 0.12)\n");
	mermaid_over(out, name);
}

static void mermaid_close_part(struct text *out)
{
	text_add(out, "    end\n");
}

static const struct sequence mermaid_sequence = {
    .over = mermaid_over,
    .state = mermaid_state,
    .arrow = mermaid_arrow,
    .open_part = mermaid_open_part,
    .close_part = mermaid_close_part,
};

static bool mermaid_begin(void **state, const struct tcphs_render_options *options,
                          const struct tcphs_sink *sink, struct tcphs_error *error)
{
	struct document *document = document_new(sizeof(*document), options, sink, error);

	*state = document;
	if (document == NULL)
		return false;
	text_add(&document->text, "sequenceDiagram\n    accTitle: TCP ladder");
	if (document->options.title != NULL) {
		text_add(&document->text, " of ");
		add_mermaid(&document->text, document->options.title);
	}
	text_add(&document->text, "\n    accDescr: A ? marks a state that is assumed, not proven.\n"
	                          "    participant C as client\n    participant S as server\n");
	return document_flush(document, error);
}

static bool mermaid_ladder(void *opaque, const struct tcphs_ladder *ladder,
                           struct tcphs_error *error)
{
	struct document *document = opaque;
	char text[256];

	document->ladders++;
	tcphs_ladder_title(ladder, false, text, sizeof(text));
	mermaid_over(&document->text, text);
	sequence_draw(&document->text, ladder, &mermaid_sequence);
	return document_flush(document, error);
}

static bool mermaid_end(void *opaque, struct tcphs_error *error)
{
	struct document *document = opaque;
	bool done = document == NULL || document_flush(document, error);

	document_free(document);
	return done;
}

const struct tcphs_format mermaid_format = {
    .name = "mermaid",
    .extension = ".mmd",
    .help = "a Mermaid sequence diagram",
    .begin = mermaid_begin,
    .ladder = mermaid_ladder,
    .end = mermaid_end,
};
