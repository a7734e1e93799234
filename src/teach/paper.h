/* SPDX-License-Identifier: BSD-3-Clause */
/* A worksheet's pages as SVG: lines of text and of a ladder, from the top of a sheet down. */
#ifndef TEACH_PAPER_H
#define TEACH_PAPER_H

#include <stdbool.h>
#include <stddef.h>
#include "base/text.h"

struct paper {
	struct text page;
	double y; /* the next line's top */
	unsigned pages;
	bool open;   /* a page was begun */
	bool failed; /* memory, or the page could not be put away */
	/* Takes a page that is full. */
	bool (*put)(void *context, const char *svg, size_t length);
	void *context;
};

struct paper_segment {
	const char *packet; /* its number */
	bool to_server, lost, crossing;
	const char *left, *label, *right; /* XML */
};

/* Makes sure that `height` units fit on the page, on a new one if not. True if it is new. */
bool paper_room(struct paper *paper, double height);
void paper_title(struct paper *paper, const char *string);
void paper_heading(struct paper *paper, const char *string);
void paper_words(struct paper *paper, const char *string); /* several lines */
/* "Name" and a line to write on. */
void paper_name(struct paper *paper);
void paper_columns(struct paper *paper);
void paper_run(struct paper *paper, const char *string);
void paper_add_segment(struct paper *paper, const struct paper_segment *segment);
/* The last page goes, too. */
void paper_end(struct paper *paper);
void paper_free(struct paper *paper);

#define PAPER_ROW 34.0 /* a segment's height */

#endif
