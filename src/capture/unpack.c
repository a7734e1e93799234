/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/unpack.h"

#include <string.h>
#ifdef TCPHS_HAVE_LIBARCHIVE
#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#endif

static const struct {
	const char *name;
	uint8_t length;
	uint8_t magic[UNPACK_MAGIC];
} formats[] = {
    /* name    octets */
    {"gzip", 2, {0x1f, 0x8b}},
    {"bzip2", 3, {'B', 'Z', 'h'}},
    {"xz", 6, {0xfd, '7', 'z', 'X', 'Z', 0}},
    {"zstd", 4, {0x28, 0xb5, 0x2f, 0xfd}},
    {"lz4", 4, {0x04, 0x22, 0x4d, 0x18}},
    {"lz4", 4, {0x02, 0x21, 0x4c, 0x18}},
};

const char *unpack_format(const uint8_t *octets, size_t count)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (count >= formats[i].length &&
		    memcmp(octets, formats[i].magic, formats[i].length) == 0)
			return formats[i].name;
	return NULL;
}

#ifdef TCPHS_HAVE_LIBARCHIVE

struct unpacker {
	struct archive *archive;
	unpack_pull *pull;
	void *context;
	size_t held; /* unpacked octets passed on by libarchive, not yet by us */
	const uint8_t *next;
};

static la_ssize_t pull_packed(struct archive *archive, void *context, const void **octets)
{
	struct unpacker *unpacker = context;
	const uint8_t *packed;
	ssize_t count = unpacker->pull(unpacker->context, &packed);

	(void)archive;
	*octets = packed;
	return count < 0 ? ARCHIVE_FATAL : (la_ssize_t)count;
}

static int open_archive(struct unpacker *unpacker)
{
	struct archive_entry *entry;
	struct archive *archive = archive_read_new();

	unpacker->archive = archive;
	if (archive == NULL)
		return ARCHIVE_FATAL;
	archive_read_support_filter_gzip(archive);
	archive_read_support_filter_bzip2(archive);
	archive_read_support_filter_xz(archive);
	archive_read_support_filter_zstd(archive);
	archive_read_support_filter_lz4(archive);
	archive_read_support_format_raw(archive);
	archive_read_support_format_empty(archive);
	if (archive_read_open(archive, unpacker, NULL, pull_packed, NULL) != ARCHIVE_OK)
		return ARCHIVE_FATAL;
	return archive_read_next_header(archive, &entry);
}

struct unpacker *unpacker_open(const char *name, const char *format, unpack_pull *pull,
                               void *context, struct tcphs_error *error)
{
	struct unpacker *unpacker = calloc(1, sizeof(*unpacker));
	int status;

	if (unpacker == NULL) {
		tcphs_error_set(error, TCPHS_NOMEM, "%s: memory is exhausted", name);
		return NULL;
	}
	unpacker->pull = pull;
	unpacker->context = context;
	status = open_archive(unpacker);
	if (status == ARCHIVE_OK || status == ARCHIVE_EOF)
		return unpacker;
	tcphs_error_set(error, TCPHS_USAGE, "%s: its %s compression can't be undone: %s", name,
	                format, unpacker_complaint(unpacker));
	unpacker_close(unpacker);
	return NULL;
}

void unpacker_close(struct unpacker *unpacker)
{
	if (unpacker == NULL)
		return;
	archive_read_free(unpacker->archive);
	free(unpacker);
}

ssize_t unpacker_read(struct unpacker *unpacker, uint8_t *octets, size_t room)
{
	while (unpacker->held == 0) {
		const void *block;
		la_int64_t offset;
		int status =
		    archive_read_data_block(unpacker->archive, &block, &unpacker->held, &offset);

		if (status == ARCHIVE_EOF)
			return 0;
		if (status != ARCHIVE_OK) {
			unpacker->held = 0;
			return -1;
		}
		unpacker->next = block;
	}
	if (room > unpacker->held)
		room = unpacker->held;
	memcpy(octets, unpacker->next, room);
	unpacker->next += room;
	unpacker->held -= room;
	return (ssize_t)room;
}

const char *unpacker_complaint(struct unpacker *unpacker)
{
	const char *text =
	    unpacker->archive != NULL ? archive_error_string(unpacker->archive) : NULL;

	return text != NULL ? text : "memory is exhausted";
}

#else

struct unpacker *unpacker_open(const char *name, const char *format, unpack_pull *pull,
                               void *context, struct tcphs_error *error)
{
	(void)pull;
	(void)context;
	tcphs_error_set(
	    error, TCPHS_USAGE,
	    "%s: is compressed with %s, which this build can't undo: unpack it first, or "
	    "install libarchive (libarchive-dev, libarchive-devel) and build again",
	    name, format);
	return NULL;
}

void unpacker_close(struct unpacker *unpacker)
{
	(void)unpacker;
}

ssize_t unpacker_read(struct unpacker *unpacker, uint8_t *octets, size_t room)
{
	(void)unpacker;
	(void)octets;
	(void)room;
	return 0;
}

const char *unpacker_complaint(struct unpacker *unpacker)
{
	(void)unpacker;
	return "";
}

#endif
