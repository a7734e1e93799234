/* SPDX-License-Identifier: BSD-3-Clause */
/* gzip, by zlib. */
#include "capture/unpack_stream.h"

#ifdef TCPHS_HAVE_ZLIB
#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

#define GZIP_ONLY (16 + MAX_WBITS) /* for inflateInit2(): no bare zlib streams */

struct gzip {
	struct unpack_stream common;
	z_stream zlib;
};

static uInt at_most_int(size_t count)
{
	return count < INT_MAX ? (uInt)count : INT_MAX;
}

static enum unpack_step gzip_step(struct unpack_stream *common)
{
	struct gzip *gzip = (struct gzip *)common;
	z_stream *zlib = &gzip->zlib;
	int status;

	zlib->next_in = (z_const Bytef *)(uintptr_t)common->in;
	zlib->avail_in = at_most_int(common->in_left);
	zlib->next_out = common->out;
	zlib->avail_out = at_most_int(common->room);
	status = inflate(zlib, Z_NO_FLUSH);
	common->in_left -= (size_t)(zlib->next_in - common->in);
	common->in = zlib->next_in;
	common->room -= (size_t)(zlib->next_out - common->out);
	common->out = zlib->next_out;
	if (status == Z_OK || status == Z_BUF_ERROR) /* the latter: nothing could be done */
		return UNPACK_ON;
	if (status != Z_STREAM_END) {
		common->complaint = zlib->msg;
		return UNPACK_BAD;
	}
	inflateReset(zlib);
	return UNPACK_MEMBER_END;
}

static void gzip_close(struct unpacker *base)
{
	struct gzip *gzip = (struct gzip *)base;

	inflateEnd(&gzip->zlib);
	free(gzip);
}

static const struct unpack_kind gzip_kind = {gzip_step, gzip_close, "\x1f\x8b", NULL};

struct unpacker *gzip_open(const char *name, const struct unpack_from *from,
                           struct tcphs_error *error)
{
	struct gzip *gzip = calloc(1, sizeof(*gzip));

	if (gzip != NULL && inflateInit2(&gzip->zlib, GZIP_ONLY) == Z_OK) {
		unpack_stream_init(&gzip->common, from, &gzip_kind);
		return &gzip->common.base;
	}
	free(gzip);
	tcphs_error_set(error, TCPHS_NOMEM, "%s: memory is exhausted", name);
	return NULL;
}

const char *gzip_version(void)
{
	return zlibVersion();
}

#else

/* ISO C forbids an empty source file. */
struct unpacker;

#endif
