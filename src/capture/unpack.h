/* SPDX-License-Identifier: BSD-3-Clause */
/* Unpacks gzip, zstd, xz, lz4 and bzip2 streams, recognised by their content. */
#ifndef CAPTURE_UNPACK_H
#define CAPTURE_UNPACK_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <tcphs/error.h>

#define UNPACK_MAGIC 6 /* octets that unpack_format() wants to see */

struct unpacker;

/* The name of the compression that octets[0..count) begin with, or NULL. */
const char *unpack_format(const uint8_t *octets, size_t count);

/* A function that gives the packed octets: how many are at *octets, 0 at the end, -1 if the
 * read failed. They stay valid until the next call. */
typedef ssize_t unpack_pull(void *context, const uint8_t **octets);

/* NULL and an error if the format isn't supported by this build or memory is exhausted. */
struct unpacker *unpacker_open(const char *name, const char *format, unpack_pull *pull,
                               void *context, struct tcphs_error *error);
void unpacker_close(struct unpacker *unpacker);

/* Like read(): octets unpacked, 0 at the end, -1 if the packed data is damaged or cut. */
ssize_t unpacker_read(struct unpacker *unpacker, uint8_t *octets, size_t room);
/* Why unpacker_read() returned -1. */
const char *unpacker_complaint(struct unpacker *unpacker);

#endif
