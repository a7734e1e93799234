/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/bytes.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/outbox.h"

#define SINK_BUFFER ((size_t)256 << 10)

enum tcphs_status sink_fail(struct sink *sink, int cause, struct tcphs_error *error)
{
	sink->status = tcphs_error_set(error, TCPHS_USAGE, "%s: can't be written: %s%s", sink->name,
	                               strerror(cause), file_remedy(cause));
	return sink->status;
}

/* To be read as well, see cut_to_records(), where that is allowed; a pipe must wait for its reader.
 */
static int open_file(const char *path)
{
	const int flags = O_CREAT | O_TRUNC | O_CLOEXEC;
	struct stat info;
	int fd = -1;

	if (stat(path, &info) != 0 || S_ISREG(info.st_mode))
		fd = open(path, O_RDWR | flags, 0666);
	return fd >= 0 ? fd : open(path, O_WRONLY | flags, 0666);
}

bool sink_open(struct sink *sink, const char *path, struct tcphs_error *error)
{
	bool is_stdout = strcmp(path, "-") == 0;
	struct stat info;

	*sink = (struct sink){.fd = -1};
	sink->name = is_stdout ? strdup("standard output") : escape_copy(path, strlen(path));
	sink->buffer = malloc(SINK_BUFFER);
	if (sink->name == NULL || sink->buffer == NULL) {
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
		return false;
	}
	sink->fd = is_stdout ? STDOUT_FILENO : open_file(path);
	if (sink->fd < 0) {
		sink_fail(sink, errno, error);
		return false;
	}
	/* Standard output may be a file that somebody else had begun. */
	sink->waits = is_stdout || fstat(sink->fd, &info) != 0 || S_ISFIFO(info.st_mode) ||
	              S_ISSOCK(info.st_mode);
	return true;
}

static enum tcphs_status write_here(struct sink *sink, struct tcphs_error *error)
{
	size_t done = 0;

	while (done < sink->used) {
		ssize_t put = write(sink->fd, sink->buffer + done, sink->used - done);

		if (put < 0 && file_try_again(sink->fd))
			continue;
		if (put <= 0)
			return sink_fail(sink, put < 0 ? errno : EIO, error);
		done += (size_t)put;
	}
	return TCPHS_OK;
}

enum tcphs_status sink_flush(struct sink *sink, struct tcphs_error *error)
{
	if (sink->status != TCPHS_OK)
		return tcphs_error_set(error, sink->status, "%s: can't be written", sink->name);
	if (sink->behind == NULL || outbox_waiting(sink->behind) == 0)
		sink->whole = sink->sent;
	if (sink->behind == NULL) {
		if (write_here(sink, error) != TCPHS_OK)
			return sink->status;
	} else if (sink->used > 0 && !outbox_add(sink->behind, sink->buffer, sink->used)) {
		return sink_fail(sink, errno, error);
	}
	sink->flushed = sink->flushed || sink->used > 0;
	sink->used = 0;
	sink->sent = sink->begun;
	return TCPHS_OK;
}

bool sink_take_back(struct sink *sink)
{
	if (sink->flushed && (sink->waits || sink->behind != NULL ||
	                      lseek(sink->fd, 0, SEEK_SET) != 0 || ftruncate(sink->fd, 0) != 0))
		return false;
	sink->used = 0;
	sink->total = sink->begun = sink->sent = sink->whole = 0;
	return true;
}

bool sink_go_behind(struct sink *sink)
{
	sink->behind = outbox_new(sink->fd);
	return sink->behind != NULL;
}

bool sink_is_behind(const struct sink *sink)
{
	return sink->behind != NULL && outbox_waiting(sink->behind) + sink->used > OUTBOX_MOST;
}

void sink_begin(struct sink *sink)
{
	sink->begun = sink->total;
}

enum tcphs_status sink_put(struct sink *sink, const void *octets, size_t count,
                           struct tcphs_error *error)
{
	const uint8_t *from = octets;

	while (count > 0) {
		size_t room = SINK_BUFFER - sink->used, part = count < room ? count : room;

		memcpy(sink->buffer + sink->used, from, part);
		sink->used += part;
		sink->total += part;
		from += part;
		count -= part;
		if (sink->used == SINK_BUFFER && sink_flush(sink, error) != TCPHS_OK)
			return sink->status;
	}
	return TCPHS_OK;
}

enum tcphs_status sink_drain(struct sink *sink, int patience, bool *waits,
                             struct tcphs_error *error)
{
	if (sink->behind == NULL)
		return TCPHS_OK;
	*waits = !outbox_drain(sink->behind, patience);
	if (outbox_error(sink->behind) != 0)
		return sink_fail(sink, outbox_error(sink->behind), error);
	return TCPHS_OK;
}

/* Each record says in its second word how long it is. */
static void cut_to_records(const struct sink *sink)
{
	uint64_t at = sink->whole, length = 0;
	struct stat info;
	uint8_t head[8];
	ssize_t got;

	if (sink->waits || fstat(sink->fd, &info) != 0 || !S_ISREG(info.st_mode))
		return;
	do {
		at += length;
		got = pread(sink->fd, head, sizeof(head), (off_t)at);
		if (got < 0)
			return;
		length = got == (ssize_t)sizeof(head) ? get_le32(head + 4) : 0;
	} while (length >= sizeof(head) && length <= (uint64_t)info.st_size - at);
	while (ftruncate(sink->fd, (off_t)at) != 0 && errno == EINTR)
		;
}

enum tcphs_status sink_close(struct sink *sink, struct tcphs_error *error)
{
	enum tcphs_status status = TCPHS_OK;
	bool idle = outbox_free(sink->behind);

	if (idle && sink->status != TCPHS_OK)
		cut_to_records(sink);
	/* Network file systems say only now that the disk was full. */
	if (idle && sink->fd > STDOUT_FILENO && close(sink->fd) < 0)
		status = sink_fail(sink, errno, error);
	free(sink->buffer);
	free(sink->name);
	*sink = (struct sink){.fd = -1};
	return status;
}
