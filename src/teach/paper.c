/* SPDX-License-Identifier: BSD-3-Clause */
#include "teach/paper.h"

#include "base/wrap.h"
#include "render/elements.h"
#include "render/format.h"
#include "render/pages.h"

#include <string.h>

#define MARGIN  56.0
#define BOTTOM  (PAGE_HEIGHT - 64)
#define LINE    19.0
#define CLIENT  214.0 /* the lifelines */
#define SERVER  580.0
#define COLUMNS 100 /* characters of prose that fit a line */

static const char head[] =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"794\" height=\"1123\" "
    "viewBox=\"0 0 794 1123\"><style>"
    ".t{font:12.5px 'DejaVu Sans','Segoe UI',sans-serif;fill:#000}"
    ".h1{font-size:19px;font-weight:bold}.h2{font-size:14px;font-weight:bold}"
    ".b{font-weight:bold}.dim{fill:#555}.small{font-size:11px}"
    "line{stroke:#000;stroke-width:1.2}.life{stroke:#888}.f{fill:#000}"
    "</style><rect width=\"794\" height=\"1123\" fill=\"#fff\"/>\n";

static void begin_page(struct paper *paper)
{
	text_clear(&paper->page);
	text_add(&paper->page, head);
	paper->pages++;
	paper->open = true;
	paper->y = MARGIN;
}

static void put_page(struct paper *paper)
{
	struct text number = {0};

	text_addf(&number, "%u", paper->pages);
	if (!number.failed)
		add_text(&paper->page, "dim small", "middle", PAGE_WIDTH / 2, PAGE_HEIGHT - 32,
		         number.data);
	text_free(&number);
	text_add(&paper->page, "</svg>\n");
	if (paper->page.failed || !paper->put(paper->context, paper->page.data, paper->page.length))
		paper->failed = true;
	paper->open = false;
}

bool paper_room(struct paper *paper, double height)
{
	if (paper->open && paper->y + height <= BOTTOM)
		return false;
	if (paper->open)
		put_page(paper);
	begin_page(paper);
	return true;
}

static void one_line(struct paper *paper, const char *class, double height, const char *string)
{
	paper_room(paper, height);
	paper->y += height;
	add_text(&paper->page, class, "start", MARGIN, paper->y - 5, string);
}

void paper_title(struct paper *paper, const char *string)
{
	one_line(paper, "h1", 30, string);
}

void paper_heading(struct paper *paper, const char *string)
{
	paper->y += 14;
	one_line(paper, "h2", 24, string);
}

void paper_words(struct paper *paper, const char *string)
{
	struct text lines = {0};
	char *at;

	wrap_add(&lines, string, 0, COLUMNS);
	at = lines.failed ? NULL : lines.data;
	while (at != NULL && *at != '\0') {
		char *end = strchr(at, '\n');

		if (end != NULL)
			*end = '\0';
		one_line(paper, "", LINE, at);
		at = end != NULL ? end + 1 : NULL;
	}
	paper->failed = paper->failed || lines.failed;
	text_free(&lines);
}

void paper_name(struct paper *paper)
{
	one_line(paper, "", 34, "Name");
	add_line(&paper->page, "", MARGIN + 44, paper->y - 3, MARGIN + 360, paper->y - 3);
	paper->y += 10;
}

/* The lifelines beside what takes `height`. */
static void lifelines(struct paper *paper, double height)
{
	add_line(&paper->page, "life", CLIENT, paper->y, CLIENT, paper->y + height);
	add_line(&paper->page, "life", SERVER, paper->y, SERVER, paper->y + height);
}

void paper_columns(struct paper *paper)
{
	paper->y += 22;
	add_text(&paper->page, "dim small", "start", MARGIN, paper->y - 6, "packet");
	add_text(&paper->page, "b", "end", CLIENT - 8, paper->y - 6, "client");
	add_text(&paper->page, "b", "start", SERVER + 8, paper->y - 6, "server");
	lifelines(paper, 6);
	paper->y += 6;
}

void paper_run(struct paper *paper, const char *string)
{
	if (paper_room(paper, PAPER_ROW))
		paper_columns(paper);
	lifelines(paper, PAPER_ROW);
	add_text(&paper->page, "dim small", "middle", (CLIENT + SERVER) / 2, paper->y + 20, string);
	paper->y += PAPER_ROW;
}

/* A head on the arrow's end; on one that is lost a cross. */
static void arrow_head(struct paper *paper, double x, double y, double way, bool lost)
{
	if (lost) {
		add_line(&paper->page, "", x - 5, y - 5, x + 5, y + 5);
		add_line(&paper->page, "", x - 5, y + 5, x + 5, y - 5);
		return;
	}
	text_add(&paper->page, "<path class=\"f\" d=\"M");
	add_coordinate(&paper->page, x);
	text_add(&paper->page, " ");
	add_coordinate(&paper->page, y);
	for (int side = -1; side <= 1; side += 2) {
		text_add(&paper->page, "L");
		add_coordinate(&paper->page, x - 9 * way);
		text_add(&paper->page, " ");
		add_coordinate(&paper->page, y + 4.5 * side);
	}
	text_add(&paper->page, "Z\"/>\n");
}

static void add_xml(struct paper *paper, const char *anchor, double x, double y, const char *xml)
{
	open_text(&paper->page, "", anchor, x, y);
	text_add(&paper->page, xml);
	text_add(&paper->page, "</text>\n");
}

void paper_add_segment(struct paper *paper, const struct paper_segment *segment)
{
	const double way = segment->to_server ? 1 : -1;
	const double from = segment->to_server ? CLIENT : SERVER;
	double to = segment->to_server ? SERVER : CLIENT, y;

	if (paper_room(paper, PAPER_ROW))
		paper_columns(paper);
	y = paper->y + 26;
	lifelines(paper, PAPER_ROW);
	add_text(&paper->page, "dim small", "start", MARGIN, y, segment->packet);
	add_xml(paper, "end", CLIENT - 8, y, segment->left);
	add_xml(paper, "middle", (CLIENT + SERVER) / 2, y - 8, segment->label);
	add_xml(paper, "start", SERVER + 8, y, segment->right);
	if (segment->lost)
		to = from + (to - from) * 0.7;
	add_line(&paper->page, "", from, y, segment->lost ? to : to - 6 * way, y);
	arrow_head(paper, to, y, way, segment->lost);
	if (segment->crossing)
		add_line(&paper->page, "", to - 34 * way, y - 8, to - 22 * way, y + 8);
	paper->y += PAPER_ROW;
}

void paper_end(struct paper *paper)
{
	if (!paper->open && paper->pages == 0)
		begin_page(paper);
	if (paper->open)
		put_page(paper);
}

void paper_free(struct paper *paper)
{
	text_free(&paper->page);
}
