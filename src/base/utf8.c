/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/utf8.h"

#include <stdbool.h>

size_t utf8_next(const char *text, size_t length, uint32_t *character)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *octet = (const unsigned char *)text;
	size_t size = octet[0] < 0x80   ? 1
	              : octet[0] < 0xC2 ? 0
	              : octet[0] < 0xE0 ? 2
	              : octet[0] < 0xF0 ? 3
	              : octet[0] < 0xF5 ? 4
	                                : 0;
	uint32_t value;

	*character = UTF8_REPLACEMENT;
	if (size == 0 || size > length)
		return 1;
	value = size == 1 ? octet[0] : octet[0] & (0x7Fu >> size);
	for (size_t i = 1; i < size; i++) {
		if ((octet[i] & 0xC0) != 0x80)
			return 1;
		value = value << 6 | (octet[i] & 0x3Fu);
	}
	if (value < least[size] || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
		return 1;
	*character = value;
	return size;
}

size_t utf8_put(uint32_t character, char *text)
{
	if (character < 0x80) {
		text[0] = (char)character;
		return 1;
	}
	if (character < 0x800) {
		text[0] = (char)(0xC0 | character >> 6);
		text[1] = (char)(0x80 | (character & 0x3F));
		return 2;
	}
	if (character < 0x10000) {
		text[0] = (char)(0xE0 | character >> 12);
		text[1] = (char)(0x80 | (character >> 6 & 0x3F));
		text[2] = (char)(0x80 | (character & 0x3F));
		return 3;
	}
	text[0] = (char)(0xF0 | (character >> 18 & 0x07));
	text[1] = (char)(0x80 | (character >> 12 & 0x3F));
	text[2] = (char)(0x80 | (character >> 6 & 0x3F));
	text[3] = (char)(0x80 | (character & 0x3F));
	return 4;
}

struct range {
	uint32_t first, last;
};

/* The blocks that matter in names and comments of captures; not the whole of Unicode. */
static const struct range combining[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD},   {0x0610, 0x061A}, {0x064B, 0x065F},
    {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064},   {0x20D0, 0x20F0}, {0xFE00, 0xFE0F},
    {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
};
static const struct range wide[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

static bool is_in(const struct range *range, size_t count, uint32_t character)
{
	for (size_t i = 0; i < count && character >= range[i].first; i++) {
		if (character <= range[i].last)
			return true;
	}
	return false;
}

unsigned utf8_width(uint32_t character)
{
	if (character < 0x300)
		return character >= 0x20 && (character < 0x7F || character >= 0xA0);
	if (is_in(combining, sizeof(combining) / sizeof(combining[0]), character))
		return 0;
	return is_in(wide, sizeof(wide) / sizeof(wide[0]), character) ? 2 : 1;
}

size_t utf8_columns(const char *text, size_t length)
{
	size_t columns;

	utf8_fit(text, length, SIZE_MAX, &columns);
	return columns;
}

size_t utf8_fit(const char *text, size_t length, size_t columns, size_t *used)
{
	size_t at = 0, cells = 0;

	while (at < length) {
		uint32_t character;
		size_t size = utf8_next(text + at, length - at, &character);
		unsigned width = utf8_width(character);

		if (width > columns - cells)
			break;
		cells += width;
		at += size;
	}
	if (used != NULL)
		*used = cells;
	return at;
}

static const struct {
	uint32_t character;
	const char *ascii;
} stand_in[] = {
    {0x00A0, " "},  {0x00A7, "sec. "}, {0x00B5, "u"},   {0x00B7, "-"},   {0x00D7, "x"},
    {0x2010, "-"},  {0x2011, "-"},     {0x2013, "-"},   {0x2014, "-"},   {0x2018, "'"},
    {0x2019, "'"},  {0x201C, "\""},    {0x201D, "\""},  {0x2026, "..."}, {0x2190, "<-"},
    {0x2191, "^"},  {0x2192, "->"},    {0x2193, "v"},   {0x2194, "<->"}, {0x21B5, "Enter"},
    {0x2264, "<="}, {0x2265, ">="},    {0x2212, "-"},   {0x2260, "!="},  {0x2423, "Space"},
    {0x2500, "-"},  {0x2501, "-"},     {0x2502, "|"},   {0x2503, "|"},   {0x250A, ":"},
    {0x250C, "+"},  {0x2510, "+"},     {0x2514, "+"},   {0x2518, "+"},   {0x251C, "|"},
    {0x2524, "|"},  {0x252C, "+"},     {0x2534, "+"},   {0x253C, "+"},   {0x2571, "/"},
    {0x2572, "\\"}, {0x2573, "X"},     {0x2588, "#"},   {0x2591, "."},   {0x2592, "="},
    {0x2593, "%"},  {0x25B2, "^"},     {0x25B6, ">"},   {0x25BC, "v"},   {0x25C0, "<"},
    {0x25CF, "*"},  {0x2713, "ok"},    {0x2717, "BAD"},
};

const char *utf8_ascii(uint32_t character)
{
	static const char printable[95][2] = {
	    " ", "!", "\"", "#", "$", "%", "&", "'", "(", ")", "*", "+", ",",  "-", ".", "/",
	    "0", "1", "2",  "3", "4", "5", "6", "7", "8", "9", ":", ";", "<",  "=", ">", "?",
	    "@", "A", "B",  "C", "D", "E", "F", "G", "H", "I", "J", "K", "L",  "M", "N", "O",
	    "P", "Q", "R",  "S", "T", "U", "V", "W", "X", "Y", "Z", "[", "\\", "]", "^", "_",
	    "`", "a", "b",  "c", "d", "e", "f", "g", "h", "i", "j", "k", "l",  "m", "n", "o",
	    "p", "q", "r",  "s", "t", "u", "v", "w", "x", "y", "z", "{", "|",  "}", "~",
	};

	if (character >= 0x20 && character < 0x7F)
		return printable[character - 0x20];
	for (size_t i = 0; i < sizeof(stand_in) / sizeof(stand_in[0]); i++) {
		if (stand_in[i].character == character)
			return stand_in[i].ascii;
	}
	return "?";
}
