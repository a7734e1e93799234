/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the font of a Linux console holds: 256 or 512 characters. The console says it; every other
 * terminal looks for a font that has what is asked for.
 */
#ifndef TUI_FONT_H
#define TUI_FONT_H

#include <stddef.h>
#include <stdint.h>

struct font {
	uint16_t *character; /* in order; NULL: it was not said */
	size_t count;
};

/* Asks the console behind the descriptor; not a console: the font has everything. */
void font_ask(struct font *font, int fd);
void font_free(struct font *font);
/* The character, or one of the same width that stands for it where the font lacks it. */
uint32_t font_character(const struct font *font, uint32_t character);

#endif
