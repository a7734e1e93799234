/* SPDX-License-Identifier: BSD-3-Clause */
/* Unpacks gzip, zstd, xz, lz4 and bzip2 streams, recognised by their content. */
#ifndef CAPTURE_UNPACK_H
#define CAPTURE_UNPACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <tcphs/error.h>

#define UNPACK_MAGIC 6 /* octets that tell every format */

struct unpacker;

/* Where the packed octets come from. */
struct unpack_from {
	/* How many are at *octets, 0 at the end, -1 if they can't be read: with EAGAIN not now.
	 * They stay valid until the next call. */
	ssize_t (*pull)(void *context, const uint8_t **octets);
	void *context;
};

/* Do octets[0..count) begin something compressed? */
bool unpack_is_packed(const uint8_t *octets, size_t count);

struct tcphs_unpacker;
/* As tcphs_source_unpacker(). */
bool unpack_describe(size_t index, struct tcphs_unpacker *about);

/* For a stream that begins with octets[0..count), which are pulled again. NULL and an error if
 * the format isn't supported by this build or memory is exhausted. */
struct unpacker *unpacker_open(const char *name, const uint8_t *octets, size_t count,
                               const struct unpack_from *from, struct tcphs_error *error);
void unpacker_close(struct unpacker *unpacker); /* NULL is fine */

/* Like read(): octets unpacked, 0 at the end, -1 if the packed data is damaged or cut; with EAGAIN
 * more is to come. */
ssize_t unpacker_read(struct unpacker *unpacker, uint8_t *octets, size_t room);
/* Why unpacker_read() returned -1. */
const char *unpacker_complaint(const struct unpacker *unpacker);

#endif
