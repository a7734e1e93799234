/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Makes text from packets, files, interfaces and command lines safe for a terminal or a
 * document: control characters, characters that change the direction of writing, line
 * separators, damaged UTF-8 and the backslash become \xHH, octet by octet (the backslash is
 * doubled), so that the text stays one line of valid UTF-8 and no two texts look the same.
 */
#ifndef BASE_ESCAPE_H
#define BASE_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/text.h"

/* Must not reach a terminal as it is. */
bool escape_is_unsafe(uint32_t character);

void text_add_escaped(struct text *text, const char *octets, size_t count);

/* A fresh escaped copy; NULL if memory is exhausted. The caller frees. */
char *escape_copy(const char *octets, size_t count);

/* Escapes a string into out[size], cut at a character with "…" at the end if it is too long. */
void escape_into(char *out, size_t size, const char *string);

/* The octets that were escaped, into out[size], cut there; returns how many. */
size_t escape_undo(char *out, size_t size, const char *escaped);

#endif
