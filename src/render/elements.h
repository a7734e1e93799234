/* SPDX-License-Identifier: BSD-3-Clause */
/* The few SVG elements that pictures are made of. */
#ifndef RENDER_ELEMENTS_H
#define RENDER_ELEMENTS_H

#include "base/text.h"

/* A coordinate, in tenths; printf's %f would follow the locale. */
void add_coordinate(struct text *out, double value);
/* name="value", with a blank before it. */
void add_attribute(struct text *out, const char *name, double value);
void add_line(struct text *out, const char *class, double x1, double y1, double x2, double y2);
/* anchor: "start", "middle" or "end". The text is escaped. */
void open_text(struct text *out, const char *class, const char *anchor, double x, double y);
void add_text(struct text *out, const char *class, const char *anchor, double x, double y,
              const char *string);

#endif
