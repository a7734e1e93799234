/* SPDX-License-Identifier: BSD-3-Clause */
/* The walk over a ladder that the sequence diagram languages share. */
#ifndef RENDER_SEQUENCE_H
#define RENDER_SEQUENCE_H

#include <tcphs/ladder.h>

#include "base/text.h"

/* How a language says each thing; the strings are not yet escaped. */
struct sequence {
	void (*over)(struct text *out, const char *string); /* a note over both lifelines */
	void (*state)(struct text *out, int side, const char *state);
	void (*arrow)(struct text *out, const struct tcphs_row *row, const char *label);
	void (*open_part)(struct text *out, const char *name); /* a handshake begins */
	void (*close_part)(struct text *out);
};

void sequence_draw(struct text *out, const struct tcphs_ladder *ladder,
                   const struct sequence *sequence);

#endif
