/* SPDX-License-Identifier: BSD-3-Clause */
/* What the sections of a run's pcapngs say of themselves: comments, and who recorded them on what.
 * Sections that say the same count as one. */
#ifndef CAPTURE_SECTIONS_H
#define CAPTURE_SECTIONS_H

#include "capture/ng_options.h"

#define SECTIONS_TOLD   256 /* that say something else than those before; of more nothing is kept */
#define SECTIONS_OCTETS ((size_t)1 << 20) /* of what is kept of them */

struct sections {
	struct ng_options list[SECTIONS_TOLD]; /* as they were met; the octets are owned */
	size_t count, octets;
	bool forgot;   /* something for want of memory */
	bool several;  /* captures, and none of them is the first one */
	char *comment; /* escaped, of the first `commented` of them */
	size_t commented;
};

/* Takes a copy, unless it says nothing or what another one did. */
void sections_add(struct sections *sections, struct ng_options options);

/* Numbers of the sections from `from` on, into order[]: as they were met, but those of several
 * captures in an order that does not depend on that of the captures. Returns how many. */
size_t sections_order(const struct sections *sections, size_t from, uint16_t order[SECTIONS_TOLD]);

/* All their comments, escaped; "" if there is none. */
const char *sections_comment(struct sections *sections);

void sections_free(struct sections *sections);

#endif
