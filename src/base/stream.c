/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/stream.h"

#include "base/text.h"

#include <stdlib.h>

struct stream *stream_new(bool (*write)(void *context, const char *octets, size_t count),
                          void *context)
{
	struct stream *stream = malloc(sizeof(*stream));

	if (stream == NULL)
		return NULL;
	stream->write = write;
	stream->context = context;
	stream->failed = false;
	stream->starved = false;
	stream->length = 0;
	stream->total = 0;
	return stream;
}

void stream_flush(struct stream *stream)
{
	if (!stream->failed && stream->length > 0 &&
	    !stream->write(stream->context, stream->data, stream->length))
		stream->failed = true;
	/* Also after a failure: the buffer must not run over. */
	stream->length = 0;
}

void stream_add(struct stream *stream, const char *octets, size_t count)
{
	while (count > 0) {
		size_t room = STREAM_ROOM - stream->length, part = count < room ? count : room;

		memcpy(stream->data + stream->length, octets, part);
		stream->length += part;
		stream->total += part;
		octets += part;
		count -= part;
		if (stream->length == STREAM_ROOM)
			stream_flush(stream);
	}
}

void stream_add_text(struct stream *stream, const struct text *text)
{
	if (text->failed) {
		stream_flush(stream);
		stream->failed = stream->starved = true;
	} else if (text->length > 0) {
		stream_add(stream, text->data, text->length);
	}
}
