/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Growable text. A failed allocation is remembered in `failed` and makes every later addition
 * do nothing, so that a caller checks once at the end.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct text {
	char *data; /* NUL-terminated once something was added; NULL before */
	size_t length, room;
	bool failed;
};

void text_add(struct text *text, const char *string);
void text_add_octets(struct text *text, const char *octets, size_t count);
void text_addf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_clear(struct text *text); /* empties, keeps the memory */
void text_free(struct text *text);  /* leaves an empty one */

#endif
