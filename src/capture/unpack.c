/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/unpack.h"

#include <string.h>
#include "capture/unpacker.h"

#ifdef TCPHS_HAVE_LIBARCHIVE
#define OTHERS archive_open
#else
#define OTHERS NULL
#endif
/* libarchive drops what it unpacked last when a file is cut; zlib lets us have it. */
#ifdef TCPHS_HAVE_ZLIB
#define GZIP gzip_open
#else
#define GZIP OTHERS
#endif

static const struct {
	const char *name;
	unpacker_open_fn *open; /* NULL: not in this build */
	uint8_t length;
	uint8_t magic[UNPACK_MAGIC];
} formats[] = {
    /* name   by      octets */
    {"gzip", GZIP, 2, {0x1f, 0x8b}},
    {"bzip2", OTHERS, 3, {'B', 'Z', 'h'}},
    {"xz", OTHERS, 6, {0xfd, '7', 'z', 'X', 'Z', 0}},
    {"zstd", OTHERS, 4, {0x28, 0xb5, 0x2f, 0xfd}},
    {"lz4", OTHERS, 4, {0x04, 0x22, 0x4d, 0x18}},
    {"lz4", OTHERS, 4, {0x02, 0x21, 0x4c, 0x18}},
};
#define FORMATS (sizeof(formats) / sizeof(formats[0]))

static size_t find_format(const uint8_t *octets, size_t count)
{
	size_t i = 0;

	while (i < FORMATS && (count < formats[i].length ||
	                       memcmp(octets, formats[i].magic, formats[i].length) != 0))
		i++;
	return i;
}

bool unpack_is_packed(const uint8_t *octets, size_t count)
{
	return find_format(octets, count) < FORMATS;
}

struct unpacker *unpacker_open(const char *name, const uint8_t *octets, size_t count,
                               const struct unpack_from *from, struct tcphs_error *error)
{
	size_t format = find_format(octets, count);

	if (formats[format].open != NULL)
		return formats[format].open(name, from, error);
	tcphs_error_set(
	    error, TCPHS_USAGE,
	    "%s: is compressed with %s, which this build can't undo: unpack it first, or "
	    "install libarchive (libarchive-dev, libarchive-devel) and build again",
	    name, formats[format].name);
	return NULL;
}

void unpacker_close(struct unpacker *unpacker)
{
	if (unpacker != NULL)
		unpacker->close(unpacker);
}

ssize_t unpacker_read(struct unpacker *unpacker, uint8_t *octets, size_t room)
{
	return unpacker->read(unpacker, octets, room);
}

const char *unpacker_complaint(const struct unpacker *unpacker)
{
	return unpacker->complaint(unpacker);
}
