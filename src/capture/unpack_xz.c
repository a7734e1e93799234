/* SPDX-License-Identifier: BSD-3-Clause */
/* xz, by liblzma, which unpacks to the last octet before a cut. */
#include "capture/unpack_stream.h"

#ifdef TCPHS_HAVE_LZMA
#include <lzma.h>
#include <stdlib.h>

#define MEMORY_MOST ((uint64_t)256 << 20) /* xz -9 takes 65 MiB */

struct xz {
	struct unpack_stream common;
	lzma_stream lzma;
};

static bool begin(struct xz *xz)
{
	return lzma_stream_decoder(&xz->lzma, MEMORY_MOST, 0) == LZMA_OK;
}

static const char *complaint_of(lzma_ret status)
{
	switch (status) {
	case LZMA_MEM_ERROR:
		return "memory is exhausted";
	case LZMA_MEMLIMIT_ERROR:
		return "it takes more than 256 MiB of memory to unpack";
	case LZMA_OPTIONS_ERROR:
		return "it was compressed in a way that is not known";
	default:
		return NULL;
	}
}

static enum unpack_step xz_step(struct unpack_stream *common)
{
	struct xz *xz = (struct xz *)common;
	lzma_ret status;

	/* Streams may be padded. */
	for (; common->between && common->in_left > 0 && common->in[0] == 0; common->in_left--)
		common->in++;
	/* The library looks only at a whole header. */
	if (common->between && common->in_left > 0 && common->in[0] != 0xfd)
		return UNPACK_BAD;
	xz->lzma.next_in = common->in;
	xz->lzma.avail_in = common->in_left;
	xz->lzma.next_out = common->out;
	xz->lzma.avail_out = common->room;
	status = lzma_code(&xz->lzma, LZMA_RUN);
	common->in = xz->lzma.next_in;
	common->in_left = xz->lzma.avail_in;
	common->out = xz->lzma.next_out;
	common->room = xz->lzma.avail_out;
	if (status == LZMA_OK || status == LZMA_BUF_ERROR) /* the latter: nothing could be done */
		return UNPACK_ON;
	if (status == LZMA_STREAM_END && begin(xz))
		return UNPACK_MEMBER_END;
	common->complaint = complaint_of(status);
	return UNPACK_BAD;
}

static void xz_close(struct unpacker *base)
{
	struct xz *xz = (struct xz *)base;

	lzma_end(&xz->lzma);
	free(xz);
}

static const struct unpack_kind xz_kind = {xz_step, xz_close,
                                           "\xfd"
                                           "7zXZ",
                                           NULL};

struct unpacker *xz_open(const char *name, const struct unpack_from *from,
                         struct tcphs_error *error)
{
	static const lzma_stream fresh = LZMA_STREAM_INIT;
	struct xz *xz = calloc(1, sizeof(*xz));

	if (xz != NULL) {
		xz->lzma = fresh;
		unpack_stream_init(&xz->common, from, &xz_kind);
		if (begin(xz))
			return &xz->common.base;
		xz_close(&xz->common.base);
	}
	tcphs_error_set(error, TCPHS_NOMEM, "%s: memory is exhausted", name);
	return NULL;
}

const char *xz_version(void)
{
	return lzma_version_string();
}

#else

/* ISO C forbids an empty source file. */
struct unpacker;

#endif
