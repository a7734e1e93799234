/* SPDX-License-Identifier: BSD-3-Clause */
/* gzip by zlib itself: of a file that was cut, everything before the cut is given. */
#include "capture/unpacker.h"

#ifdef TCPHS_HAVE_ZLIB
#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

#define GZIP_ONLY (16 + MAX_WBITS) /* for inflateInit2(): no bare zlib streams */

struct gzip_unpacker {
	struct unpacker base;
	struct unpack_from from;
	z_stream stream;
	bool between; /* a member ended; another may follow */
	bool done;
	const char *complaint;
};

static const char *gzip_complaint(const struct unpacker *base)
{
	const struct gzip_unpacker *gzip = (const struct gzip_unpacker *)base;

	return gzip->complaint;
}

static void gzip_close(struct unpacker *base)
{
	struct gzip_unpacker *gzip = (struct gzip_unpacker *)base;

	inflateEnd(&gzip->stream);
	free(gzip);
}

/* Gets more packed octets; false at their end. */
static bool pull_more(struct gzip_unpacker *gzip)
{
	const uint8_t *packed;
	ssize_t count = gzip->from.pull(gzip->from.context, &packed);

	if (count < 0)
		gzip->complaint = "it can't be read";
	else if (count == 0)
		gzip->complaint = "the compressed file is cut short";
	if (count <= 0)
		return false;
	gzip->stream.next_in = (z_const Bytef *)(uintptr_t)packed;
	gzip->stream.avail_in = (uInt)count;
	return true;
}

/* One step of inflate(); what is unpacked goes to the stream's output. */
static void step(struct gzip_unpacker *gzip)
{
	switch (inflate(&gzip->stream, Z_NO_FLUSH)) {
	case Z_OK:
		gzip->between = false;
		break;
	case Z_BUF_ERROR: /* nothing to do with what there is */
		break;
	case Z_STREAM_END:
		gzip->between = true;
		inflateReset(&gzip->stream);
		break;
	default:
		/* Behind a member may stand anything, as gzip(1) has it. */
		gzip->done = true;
		if (!gzip->between)
			gzip->complaint =
			    gzip->stream.msg != NULL ? gzip->stream.msg : "it is damaged";
	}
}

static ssize_t gzip_read(struct unpacker *base, uint8_t *octets, size_t room)
{
	struct gzip_unpacker *gzip = (struct gzip_unpacker *)base;
	uInt limit = room < INT_MAX ? (uInt)room : INT_MAX;

	gzip->stream.next_out = octets;
	gzip->stream.avail_out = limit;
	while (gzip->stream.avail_out == limit && !gzip->done) {
		if (gzip->stream.avail_in == 0 && !pull_more(gzip)) {
			gzip->done = true;
			if (gzip->between)
				gzip->complaint = NULL;
			break;
		}
		step(gzip);
	}
	if (gzip->stream.avail_out < limit)
		return (ssize_t)(limit - gzip->stream.avail_out);
	return gzip->complaint != NULL ? -1 : 0;
}

struct unpacker *gzip_open(const char *name, const struct unpack_from *from,
                           struct tcphs_error *error)
{
	struct gzip_unpacker *gzip = calloc(1, sizeof(*gzip));

	if (gzip != NULL && inflateInit2(&gzip->stream, GZIP_ONLY) == Z_OK) {
		gzip->base = (struct unpacker){gzip_read, gzip_complaint, gzip_close};
		gzip->from = *from;
		return &gzip->base;
	}
	free(gzip);
	tcphs_error_set(error, TCPHS_NOMEM, "%s: memory is exhausted", name);
	return NULL;
}

#else

/* ISO C forbids an empty source file. */
struct unpacker;

#endif
