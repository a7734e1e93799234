/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/font.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <linux/kd.h>
#include <sys/ioctl.h>
#endif

static int compare(const void *a, const void *b)
{
	const uint16_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

#ifdef __linux__
void font_ask(struct font *font, int fd)
{
	struct unimapdesc map = {.entry_ct = UINT16_MAX};

	*font = (struct font){NULL, 0};
	map.entries = calloc(map.entry_ct, sizeof(*map.entries));
	if (map.entries == NULL || ioctl(fd, GIO_UNIMAP, &map) < 0 || map.entry_ct == 0)
		goto out;
	font->character = calloc(map.entry_ct, sizeof(*font->character));
	if (font->character == NULL)
		goto out;
	for (size_t i = 0; i < map.entry_ct; i++)
		font->character[i] = map.entries[i].unicode;
	font->count = map.entry_ct;
	qsort(font->character, font->count, sizeof(*font->character), compare);
out:
	free(map.entries);
}
#else
void font_ask(struct font *font, int fd)
{
	(void)fd;
	*font = (struct font){NULL, 0};
}
#endif

void font_free(struct font *font)
{
	free(font->character);
	*font = (struct font){NULL, 0};
}

/* What stands for a character, in its own width: the first that the font has. */
static const struct {
	uint16_t character, better;
	char plain;
} substitute[] = {
    {0x2026, '~', '~'},    /* … */
    {0x2190, '<', '<'},    /* ← */
    {0x2192, '>', '>'},    /* → */
    {0x21B5, 0x25C4, '<'}, /* ↵ ◄ */
    {0x2423, '_', '_'},    /* ␣ */
    {0x25B8, 0x25BA, '>'}, /* ▸ ► */
    {0x2713, 0x221A, '+'}, /* ✓ √ */
    {0x2717, 'x', 'x'},    /* ✗ */
};

static bool holds(const struct font *font, uint32_t character)
{
	uint16_t key = (uint16_t)character;

	return character < 0x80 ||
	       (character <= UINT16_MAX &&
	        bsearch(&key, font->character, font->count, sizeof(key), compare) != NULL);
}

uint32_t font_character(const struct font *font, uint32_t character)
{
	const char *ascii;

	if (font == NULL || font->character == NULL || holds(font, character))
		return character;
	for (size_t i = 0; i < sizeof(substitute) / sizeof(substitute[0]); i++) {
		if (substitute[i].character != character)
			continue;
		return holds(font, substitute[i].better) ? substitute[i].better
		                                         : (uint32_t)substitute[i].plain;
	}
	ascii = utf8_ascii(character);
	return strlen(ascii) == 1 && utf8_width(character) == 1 ? (uint32_t)ascii[0] : character;
}
