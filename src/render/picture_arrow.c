/* SPDX-License-Identifier: BSD-3-Clause */
#include "render/picture_arrow.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/elements.h"
#include "render/format.h"

#define CHARACTER 7.6 /* usual breadth at 13 px */
#define DEGREES   (180 / 3.14159265358979)

static const struct colour {
	uint8_t style;
	const char *stroke, *fill;
} colours[] = {
    {TCPHS_S_ARROW_SYN, "syn", "fsyn"},    {TCPHS_S_ARROW_ACK, "ack", "fack"},
    {TCPHS_S_ARROW_DATA, "data", "fdata"}, {TCPHS_S_ARROW_FIN, "fin", "ffin"},
    {TCPHS_S_ARROW_RST, "rst", "frst"},    {TCPHS_S_DIM, "copy", "fcopy"},
};

static const struct colour *colour_of(uint8_t style)
{
	for (size_t i = 0; i < sizeof(colours) / sizeof(colours[0]); i++)
		if (colours[i].style == style)
			return &colours[i];
	return &colours[1];
}

static size_t label_length(const struct tcphs_label *label, bool brief)
{
	return strlen(label->flags) + strlen(brief ? label->brief : label->numbers) +
	       strlen(label->note) + 6;
}

static void add_label(struct text *out, const struct tcphs_label *label, const char *fill,
                      bool brief)
{
	if (label->flags[0] != '\0')
		text_addf(out, "<tspan class=\"b %s\">%s</tspan>  ", fill, label->flags);
	text_add_xml(out, brief ? label->brief : label->numbers);
	if (label->mark == TCPHS_MARK_OK)
		text_add(out, " <tspan class=\"ok\">✓</tspan>");
	else if (label->mark == TCPHS_MARK_BAD)
		text_add(out, " <tspan class=\"bad\">✗</tspan>");
	if (label->note[0] != '\0') {
		text_add(out, "  ");
		text_add_xml(out, label->note);
	}
}

static void draw_head(struct text *out, const char *fill, double x, double y, double dx, double dy)
{
	double length = sqrt(dx * dx + dy * dy), ux = dx / length, uy = dy / length;

	text_addf(out, "<polygon class=\"f %s\" points=\"", fill);
	add_coordinate(out, x);
	text_add(out, ",");
	add_coordinate(out, y);
	for (int side = -1; side <= 1; side += 2) {
		text_add(out, " ");
		add_coordinate(out, x - 11 * ux + side * 4.5 * uy);
		text_add(out, ",");
		add_coordinate(out, y - 11 * uy - side * 4.5 * ux);
	}
	text_add(out, "\"/>\n");
}

/* The label lies along the line: in the middle, or near the sender where the middle is taken. */
static void draw_label(struct text *out, const struct geometry *geometry,
                       const struct tcphs_label *label, const char *fill, int from,
                       struct flight flight)
{
	double dx = geometry->life[1 - from] - geometry->life[from],
	       slope = (flight.arrived - flight.sent) / dx;
	double x = flight.near ? geometry->life[from] + (from == 0 ? 16 : -16)
	                       : geometry->life[from] + dx / 2;
	double y = flight.sent + (x - geometry->life[from]) * slope - 5;

	text_addf(out, "<text class=\"t halo num\" text-anchor=\"%s\" xml:space=\"preserve\"",
	          flight.near ? (from == 0 ? "start" : "end") : "middle");
	add_attribute(out, "x", x);
	add_attribute(out, "y", y);
	text_add(out, " transform=\"rotate(");
	add_coordinate(out, atan(slope) * DEGREES);
	text_add(out, " ");
	add_coordinate(out, x);
	text_add(out, " ");
	add_coordinate(out, y);
	text_add(out, ")\">");
	add_label(out, label, fill, geometry->brief);
	text_add(out, "</text>\n");
}

static void draw_cross(struct text *out, double x, double y)
{
	add_line(out, "sbad", x - 6, y - 6, x + 6, y + 6);
	add_line(out, "sbad", x - 6, y + 6, x + 6, y - 6);
}

void arrow_draw(struct text *out, const struct geometry *geometry,
                const struct tcphs_ladder *ladder, size_t index, struct flight flight)
{
	const struct tcphs_line *line = &ladder->line[index];
	const struct tcphs_row *row = &ladder->analysis->row[line->row];
	int from = row->from == TCPHS_CLIENT ? 0 : 1;
	double dx = geometry->life[1 - from] - geometry->life[from], part = 1;
	struct tcphs_label label;
	const struct colour *colour;
	char class[32];

	tcphs_ladder_label(ladder, index, &label);
	colour = colour_of(label.style);
	if (row->fate == TCPHS_LOST) {
		part = ((double)label_length(&label, geometry->brief) * CHARACTER + 40) / fabs(dx);
		part = part < 0.55 ? 0.55 : part > 0.9 ? 0.9 : part;
	}
	snprintf(class, sizeof(class), "a %s", colour->stroke);
	add_line(out, class, geometry->life[from], flight.sent, geometry->life[from] + dx * part,
	         flight.sent + (flight.arrived - flight.sent) * part);
	if (part < 1)
		draw_cross(out, geometry->life[from] + dx * part,
		           flight.sent + (flight.arrived - flight.sent) * part);
	else
		draw_head(out, colour->fill, geometry->life[1 - from], flight.arrived, dx,
		          flight.arrived - flight.sent);
	flight.near |= part < 1;
	draw_label(out, geometry, &label, colour->fill, from, flight);
}
