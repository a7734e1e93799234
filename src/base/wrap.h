/* SPDX-License-Identifier: BSD-3-Clause */
/* Text for a terminal of some width: paragraphs broken at spaces, and an ASCII version. */
#ifndef BASE_WRAP_H
#define BASE_WRAP_H

#include "base/text.h"

/* Adds `paragraphs` (separated by '\n') to out, each line indented by `indent` cells and at most
 * `width` cells wide unless a single word is longer. Ends with a line break. */
void wrap_add(struct text *out, const char *paragraphs, size_t indent, size_t width);

/* Replaces every character beyond ASCII in out, from octet `from` on, by its stand-in. */
void wrap_to_ascii(struct text *out, size_t from);

#endif
