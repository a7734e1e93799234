/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A ladder drawn in the style of a textbook, as SVG elements: two lifelines, arrows that slope
 * by the time of flight, states where they change. For svg.c, html.c and what is made of them.
 *
 *       time    client           ╔════════╗      ╔════════╗  server          brackets
 *                                ║ client ║      ║ server ║
 *      0.000    SYN-SENT             ├──SYN──___     │
 *                                    │          ───▶ │  SYN-RECEIVED ?   ┐ three-way open
 */
#ifndef RENDER_PICTURE_H
#define RENDER_PICTURE_H

#include <stddef.h>
#include <tcphs/ladder.h>

#include "base/text.h"

#define PICTURE_WIDTH  1040
#define PICTURE_NARROW 526

struct picture_options {
	double top;       /* where it begins */
	bool steps;       /* each line is a <g class="step c1s3"> to be walked through */
	bool explain;     /* each line has its explanation as <title> */
	bool narrow;      /* for a phone: PICTURE_NARROW wide */
	bool heading;     /* title, summary and verdict above it */
	const char *path; /* encapsulation to name in the heading, or NULL */
};

/* Appends the elements; returns where the picture ends. */
double picture_draw(struct text *out, const struct tcphs_ladder *ladder,
                    const struct picture_options *options);
/* The rules for <style>: classes for light, dark and print. */
void picture_style(struct text *out);

#endif
