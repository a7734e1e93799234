/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/unpack_stream.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *stream_complaint(const struct unpacker *base)
{
	return ((const struct unpack_stream *)base)->complaint;
}

static void complain_of_cut(struct unpack_stream *stream)
{
	const char *lost = stream->kind->lost;

	snprintf(stream->text, sizeof(stream->text),
	         "the compressed file is cut short at its byte %" PRIu64 "%s%s", stream->pulled,
	         lost != NULL ? ", and " : "", lost != NULL ? lost : "");
	stream->complaint = stream->text;
}

/* Gets more packed octets; false at their end, which is a cut within a member. */
static bool pull_more(struct unpack_stream *stream)
{
	ssize_t count = stream->from.pull(stream->from.context, &stream->in);

	stream->later = count < 0 && errno == EAGAIN;
	if (count < 0 && !stream->later)
		stream->complaint = "it can't be read";
	if (count == 0 && !stream->between)
		complain_of_cut(stream);
	if (count <= 0)
		return false;
	stream->in_left = (size_t)count;
	stream->pulled += (size_t)count;
	return true;
}

/* Behind a member may stand anything, as gzip(1) has it, but if it begins as one it is one. */
static bool begins_member(const struct unpack_stream *stream, const uint8_t *in, size_t in_left)
{
	size_t length = strlen(stream->kind->magic);

	return in_left > 0 &&
	       memcmp(in, stream->kind->magic, in_left < length ? in_left : length) == 0;
}

/* One step; false if it neither took nor gave anything. */
static bool step(struct unpack_stream *stream)
{
	const uint8_t *in = stream->in;
	size_t in_left = stream->in_left, room = stream->room;

	switch (stream->kind->step(stream)) {
	case UNPACK_ON:
		if (stream->in_left < in_left)
			stream->between = false;
		break;
	case UNPACK_MEMBER_END:
		stream->between = true;
		return true;
	case UNPACK_BAD:
		stream->done = true;
		if (stream->between && !begins_member(stream, in, in_left))
			stream->complaint = NULL;
		else if (stream->complaint == NULL)
			stream->complaint = "it is damaged";
	}
	return stream->in_left < in_left || stream->room < room;
}

/* What an unpacker holds back comes before more is pulled. */
static ssize_t stream_read(struct unpacker *base, uint8_t *octets, size_t room)
{
	struct unpack_stream *stream = (struct unpack_stream *)base;

	stream->out = octets;
	stream->room = room;
	stream->later = false;
	while (stream->room == room && !stream->done && !stream->later)
		if (!step(stream) && !stream->done && stream->in_left == 0)
			stream->done = !pull_more(stream) && !stream->later;
	if (stream->room < room)
		return (ssize_t)(room - stream->room);
	errno = stream->later ? EAGAIN : EIO;
	if (stream->later)
		return -1;
	return stream->complaint != NULL ? -1 : 0;
}

static const uint8_t nothing; /* what there is to unpack before any was pulled */

void unpack_stream_init(struct unpack_stream *stream, const struct unpack_from *from,
                        const struct unpack_kind *kind)
{
	stream->base = (struct unpacker){stream_read, stream_complaint, kind->close};
	stream->from = *from;
	stream->kind = kind;
	stream->in = &nothing;
}
