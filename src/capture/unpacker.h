/* SPDX-License-Identifier: BSD-3-Clause */
/* What undoes one kind of compression; behind unpack.h. */
#ifndef CAPTURE_UNPACKER_H
#define CAPTURE_UNPACKER_H

#include "capture/unpack.h"

struct unpacker {
	ssize_t (*read)(struct unpacker *unpacker, uint8_t *octets, size_t room);
	const char *(*complaint)(const struct unpacker *unpacker);
	void (*close)(struct unpacker *unpacker);
};

typedef struct unpacker *unpacker_open_fn(const char *name, const struct unpack_from *from,
                                          struct tcphs_error *error);

unpacker_open_fn lz4_open;
#ifdef TCPHS_HAVE_ZLIB
unpacker_open_fn gzip_open;
const char *gzip_version(void);
#endif
#ifdef TCPHS_HAVE_ZSTD
unpacker_open_fn zstd_open;
const char *zstd_version(void);
#endif
#ifdef TCPHS_HAVE_LZMA
unpacker_open_fn xz_open;
const char *xz_version(void);
#endif
#ifdef TCPHS_HAVE_BZIP2
unpacker_open_fn bzip2_open;
const char *bzip2_version(void);
#endif
#ifdef TCPHS_HAVE_LIBARCHIVE
unpacker_open_fn archive_open;
const char *archive_version(void);
#endif

#endif
