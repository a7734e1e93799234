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

#ifdef TCPHS_HAVE_ZLIB
unpacker_open_fn gzip_open;
#endif
#ifdef TCPHS_HAVE_LIBARCHIVE
unpacker_open_fn archive_open;
#endif

#endif
