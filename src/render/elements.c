/* SPDX-License-Identifier: BSD-3-Clause */
#include "render/elements.h"

#include <math.h>
#include <stdlib.h>

#include "render/format.h"

void add_coordinate(struct text *out, double value)
{
	long tenths = lround(value * 10);

	text_addf(out, "%s%ld.%ld", tenths < 0 ? "-" : "", labs(tenths) / 10, labs(tenths) % 10);
}

void add_attribute(struct text *out, const char *name, double value)
{
	text_addf(out, " %s=\"", name);
	add_coordinate(out, value);
	text_add(out, "\"");
}

void add_line(struct text *out, const char *class, double x1, double y1, double x2, double y2)
{
	text_addf(out, "<line class=\"%s\"", class);
	add_attribute(out, "x1", x1);
	add_attribute(out, "y1", y1);
	add_attribute(out, "x2", x2);
	add_attribute(out, "y2", y2);
	text_add(out, "/>\n");
}

/* anchor: "start", "middle" or "end". */
void open_text(struct text *out, const char *class, const char *anchor, double x, double y)
{
	text_addf(out, "<text class=\"t %s\" text-anchor=\"%s\"", class, anchor);
	add_attribute(out, "x", x);
	add_attribute(out, "y", y);
	text_add(out, ">");
}

void add_text(struct text *out, const char *class, const char *anchor, double x, double y,
              const char *string)
{
	open_text(out, class, anchor, x, y);
	text_add_xml(out, string);
	text_add(out, "</text>\n");
}
