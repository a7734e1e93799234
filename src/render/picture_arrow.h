/* SPDX-License-Identifier: BSD-3-Clause */
/* One arrow of a picture, with its label. */
#ifndef RENDER_PICTURE_ARROW_H
#define RENDER_PICTURE_ARROW_H

#include <tcphs/ladder.h>

#include "base/text.h"

/* Where the lifelines stand. */
#define CLIENT_X 280
#define SERVER_X 700
static const double life_x[] = {CLIENT_X, SERVER_X};

/* The segment of line `index`, from height `sent` to height `arrived` on the other lifeline.
 * near: the label stands near the sender, since another arrow crosses the middle. */
void arrow_draw(struct text *out, const struct tcphs_ladder *ladder, size_t index, double sent,
                double arrived, bool near);

#endif
