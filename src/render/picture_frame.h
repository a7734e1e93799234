/* SPDX-License-Identifier: BSD-3-Clause */
/* What stands around a picture's arrows: heading, boxes on the lifelines, brackets. */
#ifndef RENDER_PICTURE_FRAME_H
#define RENDER_PICTURE_FRAME_H

#include "render/picture_arrow.h"

#define FRAME_HEAD 44.0 /* height of the boxes */

/* Title, summary and verdict; returns where they end. path: the encapsulation, or NULL. */
double frame_heading(struct text *out, const struct tcphs_ladder *ladder, const char *path,
                     double y);
void frame_ends(struct text *out, const struct geometry *geometry,
                const struct tcphs_ladder *ladder, double y);
/* Heights by enum tcphs_part; a top of 0: there is no such part. */
void frame_brackets(struct text *out, const struct geometry *geometry,
                    const struct tcphs_ladder *ladder, const double top_of[3],
                    const double end_of[3]);

#endif
