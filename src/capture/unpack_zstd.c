/* SPDX-License-Identifier: BSD-3-Clause */
/* zstd, by libzstd. A block, at most 128 KiB unpacked, can be read only as a whole. */
#include "capture/unpack_stream.h"

#ifdef TCPHS_HAVE_ZSTD
#include <stdlib.h>
#include <zstd.h>

struct zstd {
	struct unpack_stream common;
	ZSTD_DStream *state;
};

static enum unpack_step zstd_step(struct unpack_stream *common)
{
	struct zstd *zstd = (struct zstd *)common;
	ZSTD_inBuffer in = {common->in, common->in_left, 0};
	ZSTD_outBuffer out = {common->out, common->room, 0};
	size_t status = ZSTD_decompressStream(zstd->state, &out, &in);

	common->in += in.pos;
	common->in_left -= in.pos;
	common->out += out.pos;
	common->room -= out.pos;
	if (ZSTD_isError(status)) {
		common->complaint = ZSTD_getErrorName(status);
		return UNPACK_BAD;
	}
	/* 0 also where there was nothing to do between two frames. */
	return status == 0 && in.pos > 0 ? UNPACK_MEMBER_END : UNPACK_ON;
}

static void zstd_close(struct unpacker *base)
{
	struct zstd *zstd = (struct zstd *)base;

	ZSTD_freeDStream(zstd->state);
	free(zstd);
}

static const struct unpack_kind zstd_kind = {zstd_step, zstd_close, "\x28\xb5\x2f\xfd",
                                             "zstd unpacks a block, up to 128 KiB, only whole"};

struct unpacker *zstd_open(const char *name, const struct unpack_from *from,
                           struct tcphs_error *error)
{
	struct zstd *zstd = calloc(1, sizeof(*zstd));

	if (zstd != NULL) {
		zstd->state = ZSTD_createDStream();
		if (zstd->state != NULL) {
			unpack_stream_init(&zstd->common, from, &zstd_kind);
			return &zstd->common.base;
		}
	}
	free(zstd);
	tcphs_error_set(error, TCPHS_NOMEM, "%s: memory is exhausted", name);
	return NULL;
}

const char *zstd_version(void)
{
	return ZSTD_versionString();
}

#else

/* ISO C forbids an empty source file. */
struct unpacker;

#endif
