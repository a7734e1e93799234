/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Buffered output to a function. A failed write is remembered and makes every later addition
 * do nothing, so that a caller checks `failed` when it suits him.
 */
#ifndef BASE_STREAM_H
#define BASE_STREAM_H

#include "base/digits.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { STREAM_ROOM = 1 << 17 };

struct stream {
	bool (*write)(void *context, const char *octets, size_t count);
	void *context;
	bool failed;
	bool starved;   /* since a text that was to be added had found no memory */
	size_t length;  /* waiting in data */
	uint64_t total; /* octets added, ever */
	char data[STREAM_ROOM];
};

/* NULL if memory is exhausted; free() frees it, without flushing. */
struct stream *stream_new(bool (*write)(void *context, const char *octets, size_t count),
                          void *context);
void stream_flush(struct stream *stream);
void stream_add(struct stream *stream, const char *octets, size_t count);
struct text;
/* A text that was gathered first; if memory failed it the stream has failed, too. */
void stream_add_text(struct stream *stream, const struct text *text);

/* A place for `count` ≤ 4096 octets; stream_used() says where they end. */
static inline char *stream_reserve(struct stream *stream, size_t count)
{
	if (stream->length + count > STREAM_ROOM)
		stream_flush(stream);
	return stream->data + stream->length;
}

static inline void stream_used(struct stream *stream, const char *end)
{
	size_t length = (size_t)(end - stream->data);

	stream->total += length - stream->length;
	stream->length = length;
}

static inline void stream_text(struct stream *stream, const char *text)
{
	stream_add(stream, text, strlen(text));
}

static inline void stream_char(struct stream *stream, char c)
{
	char *at = stream_reserve(stream, 1);

	*at = c;
	stream_used(stream, at + 1);
}

static inline void stream_u64(struct stream *stream, uint64_t value)
{
	stream_used(stream, digits_u64(stream_reserve(stream, DIGITS_U64), value));
}

/* A string literal, whose length the compiler knows. */
#define stream_literal(stream, literal)                                                            \
	do {                                                                                       \
		char *stream_at = stream_reserve(stream, sizeof(literal) - 1);                     \
		memcpy(stream_at, literal, sizeof(literal) - 1);                                   \
		stream_used(stream, stream_at + sizeof(literal) - 1);                              \
	} while (0)

#endif
