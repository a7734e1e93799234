/* SPDX-License-Identifier: BSD-3-Clause */
/* One arrow of a picture, with its label. */
#ifndef RENDER_PICTURE_ARROW_H
#define RENDER_PICTURE_ARROW_H

#include <tcphs/ladder.h>

#include "base/text.h"

/* Where things stand from left to right. */
struct geometry {
	double width;
	double life[2]; /* the lifelines */
	double time;    /* times end here; 0: none */
	double bracket; /* brackets begin here; 0: none */
	double head;    /* breadth of the boxes on top of the lifelines */
	bool brief;     /* short labels, no addresses in the boxes */
	unsigned remark_columns;
};

struct flight {
	double sent, arrived; /* heights on the sender's and the receiver's lifeline */
	bool near; /* the label stands near the sender, since another arrow crosses the middle */
};

/* The segment of line `index`. */
void arrow_draw(struct text *out, const struct geometry *geometry,
                const struct tcphs_ladder *ladder, size_t index, struct flight flight);

#endif
