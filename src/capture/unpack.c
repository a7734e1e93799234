/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/unpack.h"

#include <string.h>
#include <tcphs/source.h>
#include "capture/unpacker.h"

/* libarchive drops what it unpacked last when a file is cut; the libraries themselves don't. */
#ifdef TCPHS_HAVE_LIBARCHIVE
#define OTHERWISE archive_open, archive_version, ""
#else
#define OTHERWISE NULL, NULL, ""
#endif
#ifdef TCPHS_HAVE_ZLIB
#define GZIP gzip_open, gzip_version, "zlib "
#else
#define GZIP OTHERWISE
#endif
#ifdef TCPHS_HAVE_BZIP2
#define BZIP2 bzip2_open, bzip2_version, "libbz2 "
#else
#define BZIP2 OTHERWISE
#endif
#ifdef TCPHS_HAVE_LZMA
#define XZ xz_open, xz_version, "liblzma "
#else
#define XZ OTHERWISE
#endif
#ifdef TCPHS_HAVE_ZSTD
#define ZSTD zstd_open, zstd_version, "libzstd "
#else
#define ZSTD OTHERWISE
#endif

static const struct {
	const char *name;
	const char *package;    /* that the build lacks, for two families of systems */
	unpacker_open_fn *open; /* NULL: not in this build */
	const char *(*version)(void);
	const char *library; /* before its version */
	uint8_t length;
	uint8_t magic[UNPACK_MAGIC];
} formats[] = {
    /* name   package                     by         octets */
    {"gzip", "zlib (zlib1g-dev, zlib-devel)", GZIP, 2, {0x1f, 0x8b}},
    {"bzip2", "bzip2 (libbz2-dev, bzip2-devel)", BZIP2, 3, {'B', 'Z', 'h'}},
    {"xz", "xz (liblzma-dev, xz-devel)", XZ, 6, {0xfd, '7', 'z', 'X', 'Z', 0}},
    {"zstd", "zstd (libzstd-dev, libzstd-devel)", ZSTD, 4, {0x28, 0xb5, 0x2f, 0xfd}},
    {"lz4", "", lz4_open, NULL, "", 4, {0x04, 0x22, 0x4d, 0x18}},
    {"lz4", "", lz4_open, NULL, "", 4, {0x02, 0x21, 0x4c, 0x18}}, /* as it was before frames */
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
	    "install %s and build again",
	    name, formats[format].name, formats[format].package);
	return NULL;
}

bool unpack_describe(size_t index, struct tcphs_unpacker *about)
{
	/* The second lz4 is the same. */
	if (index >= FORMATS - 1)
		return false;
	*about = (struct tcphs_unpacker){
	    .format = formats[index].name,
	    .library = formats[index].library,
	    .version = formats[index].version != NULL ? formats[index].version() : "",
	    .built_in = formats[index].open != NULL,
	};
	return true;
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
