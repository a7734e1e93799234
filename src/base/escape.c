/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/escape.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include "base/utf8.h"

#define ESCAPED_MAX 16 /* four octets as \xHH */

/* First and last of the characters that must not reach a terminal as they are. */
static const uint32_t unsafe[][2] = {
    {0x0000, 0x001f},   /* C0 controls */
    {0x007f, 0x009f},   /* DEL, C1 controls */
    {0x061c, 0x061c},   /* Arabic letter mark */
    {0x200b, 0x200f},   /* zero width, direction marks */
    {0x2028, 0x202e},   /* line and paragraph separators, embeddings, overrides */
    {0x2060, 0x206f},   /* invisible operators, isolates */
    {0xfeff, 0xfeff},   /* byte order mark */
    {0xfff9, 0xfffb},   /* interlinear annotation */
    {0xe0000, 0xe007f}, /* tags */
};

bool escape_is_unsafe(uint32_t character)
{
	for (size_t i = 0; i < sizeof(unsafe) / sizeof(unsafe[0]); i++)
		if (character >= unsafe[i][0] && character <= unsafe[i][1])
			return true;
	return false;
}

static size_t put_hex(char *out, const char *octets, size_t count)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < count; i++) {
		unsigned char octet = (unsigned char)octets[i];

		*out++ = '\\';
		*out++ = 'x';
		*out++ = digits[octet >> 4];
		*out++ = digits[octet & 15];
	}
	return 4 * count;
}

/* Escapes the character at octets[0..count) into out[]; returns what it took, *put what it
 * gave. */
static size_t escape_next(const char *octets, size_t count, char out[ESCAPED_MAX], size_t *put)
{
	uint32_t character;
	size_t taken = utf8_next(octets, count, &character);

	if (character == '\\') {
		memcpy(out, "\\\\", 2);
		*put = 2;
	} else if (escape_is_unsafe(character) || (character == UTF8_REPLACEMENT && taken == 1)) {
		*put = put_hex(out, octets, taken);
	} else {
		memcpy(out, octets, taken);
		*put = taken;
	}
	return taken;
}

void text_add_escaped(struct text *text, const char *octets, size_t count)
{
	char piece[ESCAPED_MAX];
	size_t put;

	while (count > 0) {
		size_t taken = escape_next(octets, count, piece, &put);

		text_add_octets(text, piece, put);
		octets += taken;
		count -= taken;
	}
}

char *escape_copy(const char *octets, size_t count)
{
	struct text text = {0};

	text_add_escaped(&text, octets, count);
	if (text.failed) {
		text_free(&text);
		return NULL;
	}
	return text.data != NULL ? text.data : strdup("");
}

void escape_into(char *out, size_t size, const char *string)
{
	static const char ellipsis[] = "…";
	size_t count = strlen(string), length = 0, put;
	size_t last = 0; /* where an ellipsis would still fit */
	char piece[ESCAPED_MAX];

	if (size < sizeof(ellipsis))
		return;
	while (count > 0) {
		size_t taken = escape_next(string, count, piece, &put);

		if (length + put >= size) {
			memcpy(out + last, ellipsis, sizeof(ellipsis));
			return;
		}
		memcpy(out + length, piece, put);
		length += put;
		if (length + sizeof(ellipsis) <= size)
			last = length;
		string += taken;
		count -= taken;
	}
	out[length] = '\0';
}

static int digit_of(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

size_t escape_undo(char *out, size_t size, const char *escaped)
{
	size_t length = 0;

	while (*escaped != '\0' && length < size) {
		int high = -1, low = -1;

		if (escaped[0] == '\\' && escaped[1] == 'x')
			high = digit_of(escaped[2]);
		if (high >= 0)
			low = digit_of(escaped[3]);
		if (low >= 0) {
			out[length++] = (char)(high << 4 | low);
			escaped += 4;
		} else {
			escaped += escaped[0] == '\\' && escaped[1] == '\\';
			out[length++] = *escaped++;
		}
	}
	return length;
}
