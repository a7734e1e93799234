/* SPDX-License-Identifier: BSD-3-Clause */
/* From the few signs that tcphs writes beyond ASCII to words for terminals without UTF-8. */
#include <tcphs/ladder.h>

#include <string.h>

#include "base/bounded.h"

static const struct substitute {
	const char *sign, *ascii;
} substitutes[] = {
    {"✓", "ok"}, {"✗", "BAD"}, {"→", "->"},       {"…", "..."}, {"·", "-"}, {"≠", "is not"},
    {"×", "x"},  {"–", "-"},   {"§", "section "}, {"▶", ">"},   {"◀", "<"}, {"≤", "<="},
    {"≥", ">="}, {"µ", "u"},   {"“", "\""},       {"”", "\""},  {"’", "'"},
};

static const struct substitute *substitute_of(const char *text)
{
	for (size_t i = 0; i < sizeof(substitutes) / sizeof(substitutes[0]); i++)
		if (strncmp(text, substitutes[i].sign, strlen(substitutes[i].sign)) == 0)
			return &substitutes[i];
	return NULL;
}

size_t tcphs_ascii_text(const char *utf8, char *text, size_t size)
{
	struct bounded out = bounded_start(text, size);

	while (*utf8 != '\0') {
		const struct substitute *substitute;

		if ((unsigned char)*utf8 < 0x80) {
			bounded_add_octets(&out, utf8++, 1);
			continue;
		}
		substitute = substitute_of(utf8);
		bounded_add(&out, substitute != NULL ? substitute->ascii : "?");
		for (utf8++; ((unsigned char)*utf8 & 0xc0) == 0x80;)
			utf8++;
	}
	return bounded_end(&out);
}
