/* SPDX-License-Identifier: BSD-3-Clause */
/* A whole SVG document in memory, for the formats that are made from it. */
#ifndef RENDER_SVG_H
#define RENDER_SVG_H

#include "render/format.h"

/* Octets: a bigger document is refused, not drawn by halves. */
#define SVG_MAX ((size_t)256 << 20)

struct svg_state {
	struct document document;
	struct text body; /* the pictures drawn so far */
	double height;
	bool refused; /* there was an error: nothing is written */
};

bool svg_begin(void **state, const struct tcphs_render_options *options,
               const struct tcphs_sink *sink, struct tcphs_error *error);
bool svg_ladder(void *state, const struct tcphs_ladder *ladder, struct tcphs_error *error);
bool svg_host(void *state, const struct tcphs_isn_report *report,
              const struct tcphs_isn_point *point, size_t count, struct tcphs_error *error);
/* What the document is made of, for messages: "connections" or "hosts". */
const char *svg_things(const struct svg_state *state);
/* The document, into state->document.text. */
bool svg_assemble(struct svg_state *state, struct tcphs_error *error);
void svg_free(struct svg_state *state);

#endif
