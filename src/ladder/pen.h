/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes styled spans from left to right, within a width. */
#ifndef LADDER_PEN_H
#define LADDER_PEN_H

#include <stdbool.h>
#include <stddef.h>
#include <tcphs/diagnosis.h>
#include <tcphs/ladder.h>

#include "ladder/plan.h"

struct glyphs {
	const char *dash, *right, *left, *from_client, *from_server, *life, *broken, *lost, *down,
	    *up;
	const char *ok, *bad, *dot, *ellipsis, *bracket[5], *severity[TCPHS_SEVERITY_COUNT];
};
extern const struct glyphs glyphs_utf8, glyphs_ascii;

struct pen {
	struct tcphs_spans *spans;
	const struct glyphs *glyphs;
	const struct tcphs_ladder *ladder;
	struct ladder_plan plan;
	size_t used; /* octets of spans->text */
	unsigned column, width;
	bool ascii;
};

void pen_put(struct pen *pen, enum tcphs_style style, const char *text);
/* At most `columns` cells of `text`; what does not fit the width is left out. */
void pen_put_cells(struct pen *pen, enum tcphs_style style, const char *text, unsigned columns);
void pen_put_times(struct pen *pen, enum tcphs_style style, const char *glyph, unsigned count);
/* Text in a field of `columns`: cut with an ellipsis if it is longer. */
void pen_put_field(struct pen *pen, enum tcphs_style style, const char *text, unsigned columns);
/* Blanks up to `column`. */
void pen_pad(struct pen *pen, unsigned column);

#endif
