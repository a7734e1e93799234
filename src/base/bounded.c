/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/bounded.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct bounded bounded_start(char *text, size_t size)
{
	if (size > 0)
		text[0] = '\0';
	return (struct bounded){.text = text, .size = size};
}

void bounded_add_octets(struct bounded *out, const char *octets, size_t count)
{
	if (out->length + 1 < out->size) {
		size_t room = out->size - out->length - 1;
		size_t fits = count < room ? count : room;

		memcpy(out->text + out->length, octets, fits);
		out->text[out->length + fits] = '\0';
	}
	out->length += count;
}

void bounded_add(struct bounded *out, const char *text)
{
	bounded_add_octets(out, text, strlen(text));
}

void bounded_addf(struct bounded *out, const char *format, ...)
{
	size_t room = out->length < out->size ? out->size - out->length : 0;
	va_list args;
	int count;

	va_start(args, format);
	count = vsnprintf(room > 0 ? out->text + out->length : NULL, room, format, args);
	va_end(args);
	if (count > 0)
		out->length += (size_t)count;
}

/* Octets of a sequence that its first octet announces. */
static size_t sequence_length(unsigned char first)
{
	return first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
}

size_t bounded_end(struct bounded *out)
{
	size_t end, start;

	if (out->length < out->size || out->size == 0)
		return out->length;
	end = out->size - 1;
	for (start = end; start > 0 && ((unsigned char)out->text[start - 1] & 0xc0) == 0x80;)
		start--;
	if (start > 0 && start - 1 + sequence_length((unsigned char)out->text[start - 1]) > end)
		out->text[start - 1] = '\0';
	return out->length;
}
