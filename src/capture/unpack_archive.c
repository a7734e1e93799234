/* SPDX-License-Identifier: BSD-3-Clause */
/* libarchive, where the library of a format itself is missing. Of a file that was cut it gives up
 * what it unpacked last, up to 128 KiB. */
#include "capture/unpacker.h"

#ifdef TCPHS_HAVE_LIBARCHIVE
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#define LOOK 10 /* ms between looks at a pipe */

struct archive_unpacker {
	struct unpacker base;
	struct archive *archive;
	struct unpack_from from;
	size_t held; /* unpacked octets at `next`, libarchive's */
	const uint8_t *next;
};

static la_ssize_t pull_packed(struct archive *archive, void *context, const void **octets)
{
	struct archive_unpacker *unpacker = context;
	const uint8_t *packed;
	ssize_t count;

	(void)archive;
	/* libarchive can't be asked again later: of a pipe that is slow the whole run waits. */
	while ((count = unpacker->from.pull(unpacker->from.context, &packed)) < 0 &&
	       errno == EAGAIN)
		poll(NULL, 0, LOOK);
	*octets = packed;
	return count < 0 ? ARCHIVE_FATAL : (la_ssize_t)count;
}

static const char *archive_complaint(const struct unpacker *base)
{
	const struct archive_unpacker *unpacker = (const struct archive_unpacker *)base;
	const char *text =
	    unpacker->archive != NULL ? archive_error_string(unpacker->archive) : NULL;

	return text != NULL ? text : "memory is exhausted";
}

static void archive_close(struct unpacker *base)
{
	struct archive_unpacker *unpacker = (struct archive_unpacker *)base;

	archive_read_free(unpacker->archive);
	free(unpacker);
}

static ssize_t archive_read(struct unpacker *base, uint8_t *octets, size_t room)
{
	struct archive_unpacker *unpacker = (struct archive_unpacker *)base;

	while (unpacker->held == 0) {
		const void *block;
		la_int64_t offset;
		int status =
		    archive_read_data_block(unpacker->archive, &block, &unpacker->held, &offset);

		if (status == ARCHIVE_EOF)
			return 0;
		if (status != ARCHIVE_OK) {
			unpacker->held = 0;
			errno = EIO;
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

static int start(struct archive_unpacker *unpacker)
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

struct unpacker *archive_open(const char *name, const struct unpack_from *from,
                              struct tcphs_error *error)
{
	struct archive_unpacker *unpacker = calloc(1, sizeof(*unpacker));
	int status;

	if (unpacker == NULL) {
		tcphs_error_set(error, TCPHS_NOMEM, "%s: memory is exhausted", name);
		return NULL;
	}
	unpacker->base = (struct unpacker){archive_read, archive_complaint, archive_close};
	unpacker->from = *from;
	status = start(unpacker);
	if (status == ARCHIVE_OK || status == ARCHIVE_EOF)
		return &unpacker->base;
	tcphs_error_set(error, TCPHS_DAMAGED, "%s: can't be unpacked: %s", name,
	                archive_complaint(&unpacker->base));
	archive_close(&unpacker->base);
	return NULL;
}

const char *archive_version(void)
{
	return archive_version_string();
}

#else

/* ISO C forbids an empty source file. */
struct unpacker;

#endif
