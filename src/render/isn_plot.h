/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Two pictures of a host's ISNs in characters, side by side. Left: each ISN over time; a
 * clock is a line (or several, where it wraps), small steps are a flat one. Right: each
 * difference from one ISN to the next against the difference after it (the phase space); sound
 * numbers fill it evenly, a pattern is a cluster or a line.
 */
#ifndef RENDER_ISN_PLOT_H
#define RENDER_ISN_PLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <tcphs/isn.h>
#include "base/text.h"

/* Adds the pictures of point[0..count), count ≥ 2 and in order of time, at most `width` cells
 * wide and `rows` + 3 lines high. */
void isn_plot_add(struct text *out, const struct tcphs_isn_point *point, size_t count,
                  unsigned width, unsigned rows, bool ascii);

#endif
