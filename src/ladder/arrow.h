/* SPDX-License-Identifier: BSD-3-Clause */
/* A segment between the two lifelines: its label on an arrow, which may be lost or come late. */
#ifndef LADDER_ARROW_H
#define LADDER_ARROW_H

#include "ladder/pen.h"

/* From lifeline to lifeline, both with it; `index` is of a line that shows a segment. */
void arrow_put(struct pen *pen, size_t index);

#endif
