/* SPDX-License-Identifier: BSD-3-Clause */
#include "render/isn_picture.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/address.h"
#include "base/duration.h"
#include "render/elements.h"
#include "render/format.h"
#include "render/isn_words.h"
#include "render/picture.h"

#define TURN   4294967296.0
#define LEFT   72.0
#define LINE   18.0  /* of text */
#define HEIGHT 320.0 /* of a picture; the second one is square */
#define MARGIN 8.0   /* in it, so that a dot in the corner is seen whole */

enum { FEW = 300 };  /* dots that can be big */
enum { GRID = 512 }; /* dots nearer than 1/GRID of a side to each other are drawn once */

static const double left_of[2] = {LEFT, PICTURE_WIDTH - 20.0 - HEIGHT};
static const double width_of[2] = {PICTURE_WIDTH - 20.0 - 2 * HEIGHT - LEFT - 56.0 + HEIGHT,
                                   HEIGHT};

/* One of the two pictures. */
struct plot {
	struct text *out;
	double left, top, width;
	size_t dots;                    /* drawn so far */
	uint8_t drawn[GRID * GRID / 8]; /* a bit a place */
};

/* A dot at (x, y) of 0..1, from the lower left. */
static void add_dot(struct plot *plot, double x, double y)
{
	const size_t place = (size_t)(y * (GRID - 1)) * GRID + (size_t)(x * (GRID - 1));
	uint8_t *octet = &plot->drawn[place / 8];
	const uint8_t bit = (uint8_t)(1u << place % 8);

	if ((*octet & bit) != 0)
		return;
	*octet |= bit;
	text_add(plot->out, plot->dots++ > 0 ? "M" : "<path d=\"M");
	add_coordinate(plot->out, plot->left + MARGIN + x * (plot->width - 2 * MARGIN));
	text_add(plot->out, " ");
	add_coordinate(plot->out, plot->top + MARGIN + (1 - y) * (HEIGHT - 2 * MARGIN));
	text_add(plot->out, "h0");
}

static void add_over_time(struct plot *plot, const struct tcphs_isn_point *point, size_t count)
{
	const double span = (double)(point[count - 1].time - point[0].time);

	for (size_t i = 0; i < count; i++)
		add_dot(plot, span > 0 ? (double)(point[i].time - point[0].time) / span : 0.5,
		        point[i].isn / TURN);
}

static void add_phase_space(struct plot *plot, const struct tcphs_isn_point *point, size_t count)
{
	for (size_t i = 2; i < count; i++) {
		const uint32_t before = point[i - 1].isn - point[i - 2].isn;
		const uint32_t after = point[i].isn - point[i - 1].isn;

		add_dot(plot, before / TURN, after / TURN);
	}
}

/* ---- frame and scales ---------------------------------------------------------------------- */

static const char *const scale[] = {"0", "2³¹", "2³²"};

static void add_frame(const struct plot *plot)
{
	const double middle = plot->top + HEIGHT / 2, half = plot->left + plot->width / 2;

	text_add(plot->out, "<rect class=\"head\"");
	add_attribute(plot->out, "x", plot->left);
	add_attribute(plot->out, "y", plot->top);
	add_attribute(plot->out, "width", plot->width);
	add_attribute(plot->out, "height", HEIGHT);
	text_add(plot->out, "/>\n");
	add_line(plot->out, "gone", plot->left, middle, plot->left + plot->width, middle);
	add_line(plot->out, "gone", half, plot->top, half, plot->top + HEIGHT);
	for (int i = 0; i < 3; i++)
		add_text(plot->out, "dim small", "end", plot->left - 8,
		         plot->top + HEIGHT * (2 - i) / 2 + 4, scale[i]);
}

/* What stands under the left end, the middle and the right end. */
static void add_scale_below(const struct plot *plot, const char *const text[3], const char *what)
{
	static const char *const anchor[] = {"start", "middle", "end"};

	for (int i = 0; i < 3; i++)
		add_text(plot->out, "dim small", anchor[i], plot->left + plot->width * i / 2,
		         plot->top + HEIGHT + LINE, text[i]);
	add_text(plot->out, "small", "middle", plot->left + plot->width / 2,
	         plot->top + HEIGHT + 2 * LINE, what);
}

/* A picture's group: its description for screen readers, its frame and what it is called. */
static void open_plot(struct plot *plot, int which, double top, const char *title,
                      const char *description)
{
	plot->left = left_of[which];
	plot->width = width_of[which];
	plot->top = top + LINE;
	plot->dots = 0;
	memset(plot->drawn, 0, sizeof(plot->drawn));
	text_addf(plot->out, "<g role=\"img\" aria-label=\"%s\">\n<title>%s</title>\n", description,
	          description);
	add_text(plot->out, "b", "start", plot->left, top + 8, title);
	add_frame(plot);
}

static void close_plot(struct plot *plot)
{
	if (plot->dots > 0)
		text_addf(plot->out, "\" class=\"dots%s\"/>\n", plot->dots < FEW ? " big" : "");
	text_add(plot->out, "</g>\n");
}

/* ---- the words above ----------------------------------------------------------------------- */

static double add_words(struct text *out, const struct tcphs_isn_report *report, double top)
{
	static const char *const class[] = {"", "note", "warning", "error"};
	static const char *const mark[] = {"", "· ", "! ", "✗ "};
	const uint8_t rank = isn_report_rank(report);
	char address[64], sentence[256], line[320];
	struct text details = {0};
	double y = top + LINE;

	address_text(&report->host, address, sizeof(address));
	tcphs_isn_report_text(report, sentence, sizeof(sentence));
	snprintf(line, sizeof(line), "%s%s%s%s", mark[rank],
	         report->verdict > TCPHS_ISN_NO_PATTERN
	             ? tcphs_isn_verdict_name((enum tcphs_isn_verdict)report->verdict)
	             : "",
	         report->verdict > TCPHS_ISN_NO_PATTERN ? ": " : "", sentence);
	add_text(out, "h1", "start", 20, y, address);
	add_text(out, class[rank], "start", 20, y += LINE + 4, line);
	isn_report_details(&details, report);
	out->failed |= details.failed;
	for (char *at = details.data; at != NULL && *at != '\0';) {
		char *line_end = at + 1 + strcspn(at + 1, "\n");
		const char ending = *line_end;

		*line_end = '\0';
		add_text(out, "dim small", "start", 20, y += LINE, at + 1);
		*line_end = ending;
		at = line_end;
	}
	text_free(&details);
	return y;
}

double isn_picture_draw(struct text *out, const struct tcphs_isn_report *report,
                        const struct tcphs_isn_point *point, size_t count, double top)
{
	const double below = add_words(out, report, top) + LINE + 4;
	struct plot plot = {.out = out};
	char span[32];

	duration_text(point[count - 1].time - point[0].time, " ", span, sizeof(span));
	open_plot(&plot, 0, below, "ISN over time",
	          "Each initial sequence number over time; a line is a clock");
	add_scale_below(&plot, (const char *const[]){"0", "", span},
	                "time since the first of them");
	add_over_time(&plot, point, count);
	close_plot(&plot);
	open_plot(&plot, 1, below, "Phase space",
	          "Each difference from one initial sequence number to the next against the "
	          "difference after it; sound numbers fill the square, a cluster or a line is a "
	          "pattern");
	add_scale_below(&plot, scale, "difference to the next ISN → and the one after it ↑");
	add_phase_space(&plot, point, count);
	close_plot(&plot);
	return plot.top + HEIGHT + 2 * LINE + 6;
}

#define DOTS(colour) ".dots{fill:none;stroke:" colour ";stroke-linecap:round}"

void isn_picture_style(struct text *out)
{
	text_add(out, DOTS("#0b5cab") ".dots{stroke-width:3}.big{stroke-width:6}@media "
	                              "(prefers-color-scheme:dark){" DOTS("#6cb6ff") "}");
	text_add(out, "@media print{" DOTS("#0b5cab") "}");
}
