/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * UTF-8 as a terminal sees it: characters, the cells they take, and an ASCII stand-in for the
 * glyphs that tcphs draws with. Independent of the locale; damaged UTF-8 is U+FFFD, octet by
 * octet.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

#define UTF8_REPLACEMENT 0xFFFDu

/* Decodes the character at text[0..length), length ≥ 1. Returns the octets it takes, ≥ 1. */
size_t utf8_next(const char *text, size_t length, uint32_t *character);
/* Writes `character` to text[4]; returns the octets. */
size_t utf8_put(uint32_t character, char *text);

/* Cells of a terminal: 0 for combining and control characters, 2 for the wide ones. */
unsigned utf8_width(uint32_t character);
/* Cells of text[0..length). */
size_t utf8_columns(const char *text, size_t length);
/* How many octets of text[0..length) fit in `columns` cells; *used (may be NULL) of them. */
size_t utf8_fit(const char *text, size_t length, size_t columns, size_t *used);

/* What to write for `character` where only ASCII can be shown: "->", "ok", "BAD", "?". */
const char *utf8_ascii(uint32_t character);

#endif
