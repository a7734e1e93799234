/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The two pictures of isn_plot.h as SVG elements, with the verdict above them: a host's ISNs
 * over time, and its phase space. For svg.c and what is made of it.
 */
#ifndef RENDER_ISN_PICTURE_H
#define RENDER_ISN_PICTURE_H

#include <stddef.h>
#include <tcphs/isn.h>

#include "base/text.h"

/* Appends the elements, PICTURE_WIDTH wide, of point[0..count) in order of time; returns where
 * they end. */
double isn_picture_draw(struct text *out, const struct tcphs_isn_report *report,
                        const struct tcphs_isn_point *point, size_t count, double top);
/* The rules for <style> that picture_style() lacks. */
void isn_picture_style(struct text *out);

#endif
