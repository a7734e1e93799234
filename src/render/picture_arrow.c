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

static size_t label_length(const struct tcphs_label *label)
{
	return strlen(label->flags) + strlen(label->numbers) + strlen(label->note) + 6;
}

static void add_label(struct text *out, const struct tcphs_label *label, const char *fill)
{
	if (label->flags[0] != '\0')
		text_addf(out, "<tspan class=\"b %s\">%s</tspan>  ", fill, label->flags);
	text_add_xml(out, label->numbers);
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
static void draw_label(struct text *out, const struct tcphs_label *label, const char *fill,
                       int from, double sent, double arrived, bool near)
{
	double dx = life_x[1 - from] - life_x[from], slope = (arrived - sent) / dx;
	double x = near ? life_x[from] + (from == 0 ? 16 : -16) : life_x[from] + dx / 2;
	double y = sent + (x - life_x[from]) * slope - 5;

	text_addf(out, "<text class=\"t halo num\" text-anchor=\"%s\" xml:space=\"preserve\"",
	          near ? (from == 0 ? "start" : "end") : "middle");
	add_attribute(out, "x", x);
	add_attribute(out, "y", y);
	text_add(out, " transform=\"rotate(");
	add_coordinate(out, atan(slope) * DEGREES);
	text_add(out, " ");
	add_coordinate(out, x);
	text_add(out, " ");
	add_coordinate(out, y);
	text_add(out, ")\">");
	add_label(out, label, fill);
	text_add(out, "</text>\n");
}

static void draw_cross(struct text *out, double x, double y)
{
	add_line(out, "sbad", x - 6, y - 6, x + 6, y + 6);
	add_line(out, "sbad", x - 6, y + 6, x + 6, y - 6);
}

void arrow_draw(struct text *out, const struct tcphs_ladder *ladder, size_t index, double sent,
                double arrived, bool near)
{
	const struct tcphs_line *line = &ladder->line[index];
	const struct tcphs_row *row = &ladder->analysis->row[line->row];
	int from = row->from == TCPHS_CLIENT ? 0 : 1;
	double dx = life_x[1 - from] - life_x[from], part = 1;
	struct tcphs_label label;
	const struct colour *colour;
	char class[32];

	tcphs_ladder_label(ladder, index, &label);
	colour = colour_of(label.style);
	if (row->fate == TCPHS_LOST) {
		part = ((double)label_length(&label) * CHARACTER + 40) / (SERVER_X - CLIENT_X);
		part = part < 0.55 ? 0.55 : part > 0.9 ? 0.9 : part;
	}
	snprintf(class, sizeof(class), "a %s", colour->stroke);
	add_line(out, class, life_x[from], sent, life_x[from] + dx * part,
	         sent + (arrived - sent) * part);
	if (part < 1)
		draw_cross(out, life_x[from] + dx * part, sent + (arrived - sent) * part);
	else
		draw_head(out, colour->fill, life_x[1 - from], arrived, dx, arrived - sent);
	draw_label(out, &label, colour->fill, from, sent, arrived, near || part < 1);
}
