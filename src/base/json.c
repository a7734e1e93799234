/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/json.h"

#include "base/utf8.h"

static bool is_plain(unsigned char c)
{
	return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
}

/* A character of its own: an escape, or UTF-8 as it is. Returns the octets taken. */
static size_t add_special(struct stream *out, const char *octets, size_t count)
{
	static const char hex[] = "0123456789abcdef";
	unsigned char c = (unsigned char)octets[0];
	uint32_t character;
	char utf8[4];
	size_t taken;

	if (c == '"' || c == '\\') {
		stream_char(out, '\\');
		stream_char(out, (char)c);
		return 1;
	}
	if (c < ' ' || c == 0x7f) {
		stream_literal(out, "\\u00");
		stream_char(out, hex[c >> 4]);
		stream_char(out, hex[c & 15]);
		return 1;
	}
	taken = utf8_next(octets, count, &character);
	stream_add(out, utf8, utf8_put(character, utf8));
	return taken;
}

void json_string_octets(struct stream *out, const char *octets, size_t count)
{
	size_t plain;

	stream_char(out, '"');
	while (count > 0) {
		for (plain = 0; plain < count && is_plain((unsigned char)octets[plain]);)
			plain++;
		if (plain == 0)
			plain = add_special(out, octets, count);
		else
			stream_add(out, octets, plain);
		octets += plain;
		count -= plain;
	}
	stream_char(out, '"');
}

void json_string(struct stream *out, const char *text)
{
	if (text == NULL)
		json_null(out);
	else
		json_string_octets(out, text, strlen(text));
}

void json_bool(struct stream *out, bool value)
{
	if (value)
		stream_literal(out, "true");
	else
		stream_literal(out, "false");
}

void json_i64(struct stream *out, int64_t value)
{
	if (value < 0)
		stream_char(out, '-');
	stream_u64(out, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void json_seconds(struct stream *out, int64_t nanoseconds)
{
	stream_used(out, digits_seconds(stream_reserve(out, DIGITS_SECONDS), nanoseconds));
}

void json_duration(struct stream *out, int64_t nanoseconds)
{
	if (nanoseconds < 0)
		json_null(out);
	else
		json_seconds(out, nanoseconds);
}

void json_instant(struct stream *out, int64_t nanoseconds)
{
	stream_char(out, '"');
	stream_used(out, digits_instant(stream_reserve(out, DIGITS_INSTANT), nanoseconds));
	stream_char(out, '"');
}
