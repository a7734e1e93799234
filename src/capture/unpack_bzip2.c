/* SPDX-License-Identifier: BSD-3-Clause */
/* bzip2, by libbz2. A block, at most 900 kB unpacked, can be read only as a whole. */
#include "capture/unpack_stream.h"

#ifdef TCPHS_HAVE_BZIP2
#include <bzlib.h>
#include <limits.h>
#include <stdlib.h>

struct bzip2 {
	struct unpack_stream common;
	bz_stream bz;
	bool begun;
};

static bool begin(struct bzip2 *bzip2)
{
	bzip2->begun = BZ2_bzDecompressInit(&bzip2->bz, 0, 0) == BZ_OK;
	return bzip2->begun;
}

static unsigned at_most_int(size_t count)
{
	return count < INT_MAX ? (unsigned)count : INT_MAX;
}

static enum unpack_step bzip2_step(struct unpack_stream *common)
{
	struct bzip2 *bzip2 = (struct bzip2 *)common;
	bz_stream *bz = &bzip2->bz;
	unsigned in_left = at_most_int(common->in_left), room = at_most_int(common->room);
	int status;

	bz->next_in = (char *)(uintptr_t)common->in;
	bz->avail_in = in_left;
	bz->next_out = (char *)common->out;
	bz->avail_out = room;
	status = BZ2_bzDecompress(bz);
	common->in += in_left - bz->avail_in;
	common->in_left -= in_left - bz->avail_in;
	common->out += room - bz->avail_out;
	common->room -= room - bz->avail_out;
	if (status == BZ_OK)
		return UNPACK_ON;
	if (status == BZ_MEM_ERROR)
		common->complaint = "memory is exhausted";
	BZ2_bzDecompressEnd(bz);
	bzip2->begun = false;
	return status == BZ_STREAM_END && begin(bzip2) ? UNPACK_MEMBER_END : UNPACK_BAD;
}

static void bzip2_close(struct unpacker *base)
{
	struct bzip2 *bzip2 = (struct bzip2 *)base;

	if (bzip2->begun)
		BZ2_bzDecompressEnd(&bzip2->bz);
	free(bzip2);
}

static const struct unpack_kind bzip2_kind = {bzip2_step, bzip2_close, "BZh",
                                              "bzip2 unpacks a block, up to 900 kB, only whole"};

struct unpacker *bzip2_open(const char *name, const struct unpack_from *from,
                            struct tcphs_error *error)
{
	struct bzip2 *bzip2 = calloc(1, sizeof(*bzip2));

	if (bzip2 != NULL && begin(bzip2)) {
		unpack_stream_init(&bzip2->common, from, &bzip2_kind);
		return &bzip2->common.base;
	}
	free(bzip2);
	tcphs_error_set(error, TCPHS_NOMEM, "%s: memory is exhausted", name);
	return NULL;
}

const char *bzip2_version(void)
{
	return BZ2_bzlibVersion();
}

#else

/* ISO C forbids an empty source file. */
struct unpacker;

#endif
