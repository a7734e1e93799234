/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for `count` more octets and the NUL. */
static bool text_reserve(struct text *text, size_t count)
{
	size_t room = text->room > 0 ? text->room : 256;
	char *data;

	if (text->failed || count >= SIZE_MAX / 2 - text->length) {
		text->failed = true;
		return false;
	}
	if (text->length + count < text->room)
		return true;
	while (room <= text->length + count)
		room *= 2;
	data = realloc(text->data, room);
	if (data == NULL) {
		text->failed = true;
		return false;
	}
	text->data = data;
	text->room = room;
	return true;
}

void text_add_octets(struct text *text, const char *octets, size_t count)
{
	if (!text_reserve(text, count))
		return;
	memcpy(text->data + text->length, octets, count);
	text->length += count;
	text->data[text->length] = '\0';
}

void text_add(struct text *text, const char *string)
{
	text_add_octets(text, string, strlen(string));
}

void text_addf(struct text *text, const char *format, ...)
{
	va_list args;
	int count;

	va_start(args, format);
	count = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (count < 0 || !text_reserve(text, (size_t)count))
		return;
	va_start(args, format);
	vsnprintf(text->data + text->length, (size_t)count + 1, format, args);
	va_end(args);
	text->length += (size_t)count;
}

void text_clear(struct text *text)
{
	text->length = 0;
	if (text->data != NULL)
		text->data[0] = '\0';
}

void text_free(struct text *text)
{
	free(text->data);
	*text = (struct text){0};
}
