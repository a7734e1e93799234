/* SPDX-License-Identifier: BSD-3-Clause */
#include <tcphs/ladder.h>

#include <string.h>

#include "base/bounded.h"
#include "base/utf8.h"

size_t tcphs_ascii_text(const char *utf8, char *text, size_t size)
{
	struct bounded out = bounded_start(text, size);
	size_t left = strlen(utf8);

	while (left > 0) {
		uint32_t character;
		size_t taken = utf8_next(utf8, left, &character);

		bounded_add(&out, character == '\n' ? "\n" : utf8_ascii(character));
		utf8 += taken;
		left -= taken;
	}
	return bounded_end(&out);
}
