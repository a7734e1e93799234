/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes pcapng, little endian, one section, nanoseconds. */
#include "capture/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/escape.h"
#include "base/outbox.h"
#include "capture/block.h"
#include "capture/interfaces.h"
#include "capture/pcapng.h"

#define WRITER_BUFFER ((size_t)256 << 10)
#define PATIENCE      10000 /* ms with a file that takes nothing, as it is closed */

/* An interface of the packets, and whether it was described in the file. */
struct written {
	bool described;
	uint32_t id; /* in the file */
	uint64_t received, dropped, unwritten;
};

struct tcphs_writer {
	char *name; /* escaped */
	int fd;
	uint8_t *buffer;
	size_t used;
	struct outbox *behind;      /* a thread writes; or NULL: the caller's own */
	uint64_t unwritten;         /* packets, because too much was waiting */
	struct written *interfaces; /* by the packets' numbers */
	size_t interface_count;
	uint32_t described;
	int64_t time; /* of the last packet */
	enum tcphs_status status;
	bool finished; /* statistics and all */
};

static enum tcphs_status fail(struct tcphs_writer *writer, int cause, struct tcphs_error *error)
{
	writer->status = tcphs_error_set(
	    error, TCPHS_USAGE, "%s: can't be written: %s%s", writer->name, strerror(cause),
	    cause == ENOSPC ? "; make room there or write elsewhere" : "");
	return writer->status;
}

static enum tcphs_status write_here(struct tcphs_writer *writer, struct tcphs_error *error)
{
	size_t done = 0;

	while (done < writer->used) {
		ssize_t put = write(writer->fd, writer->buffer + done, writer->used - done);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return fail(writer, put < 0 ? errno : EIO, error);
		done += (size_t)put;
	}
	return TCPHS_OK;
}

enum tcphs_status writer_flush(struct tcphs_writer *writer, struct tcphs_error *error)
{
	if (writer->status != TCPHS_OK)
		return tcphs_error_set(error, writer->status, "%s: can't be written", writer->name);
	if (writer->behind == NULL) {
		if (write_here(writer, error) != TCPHS_OK)
			return writer->status;
	} else if (writer->used > 0 && !outbox_add(writer->behind, writer->buffer, writer->used)) {
		return fail(writer, errno, error);
	}
	writer->used = 0;
	return TCPHS_OK;
}

bool writer_go_behind(struct tcphs_writer *writer)
{
	writer->behind = outbox_new(writer->fd);
	return writer->behind != NULL;
}

uint64_t writer_unwritten(const struct tcphs_writer *writer)
{
	return writer->unwritten;
}

/* Would it make too much wait? A packet that comes then is only counted. */
static bool is_behind(const struct tcphs_writer *writer)
{
	return writer->behind != NULL &&
	       outbox_waiting(writer->behind) + writer->used > OUTBOX_MOST;
}

static enum tcphs_status put(struct tcphs_writer *writer, const void *octets, size_t count,
                             struct tcphs_error *error)
{
	const uint8_t *from = octets;

	while (count > 0) {
		size_t room = WRITER_BUFFER - writer->used, part = count < room ? count : room;

		memcpy(writer->buffer + writer->used, from, part);
		writer->used += part;
		from += part;
		count -= part;
		if (writer->used == WRITER_BUFFER && writer_flush(writer, error) != TCPHS_OK)
			return writer->status;
	}
	return TCPHS_OK;
}

static enum tcphs_status put_block(struct tcphs_writer *writer, const struct block *block,
                                   struct tcphs_error *error)
{
	return put(writer, block->octets, block->length, error);
}

/* A comment is written whole: a format that has it has room for it. */
static enum tcphs_status put_comment(struct tcphs_writer *writer, const char *comment,
                                     uint32_t length, struct tcphs_error *error)
{
	static const uint8_t end_of_options[4], padding[3];
	const uint8_t head[4] = {NG_OPT_COMMENT, 0, (uint8_t)length, (uint8_t)(length >> 8)};

	if (put(writer, head, sizeof(head), error) != TCPHS_OK ||
	    put(writer, comment, length, error) != TCPHS_OK ||
	    put(writer, padding, -length & 3, error) != TCPHS_OK)
		return writer->status;
	return put(writer, end_of_options, sizeof(end_of_options), error);
}

static enum tcphs_status put_packet(struct tcphs_writer *writer, uint32_t id,
                                    const struct tcphs_packet *packet, struct tcphs_error *error)
{
	static const uint8_t padding[3];
	uint32_t padded = (packet->caplen + 3) & ~3u, total = 32 + padded;
	struct block head, tail; /* big: not to be zeroed for every packet */

	if (packet->comment != NULL)
		total += 8 + ((packet->comment_length + 3) & ~3u);
	head.length = tail.length = 0;
	block_add32(&head, NG_PACKET);
	block_add32(&head, total);
	block_add32(&head, id);
	block_add32(&head, (uint32_t)((uint64_t)packet->time >> 32));
	block_add32(&head, (uint32_t)packet->time);
	block_add32(&head, packet->caplen);
	block_add32(&head, packet->wirelen);
	block_add32(&tail, total);
	if (put(writer, head.octets, head.length, error) != TCPHS_OK ||
	    put(writer, packet->data, packet->caplen, error) != TCPHS_OK ||
	    put(writer, padding, padded - packet->caplen, error) != TCPHS_OK)
		return writer->status;
	if (packet->comment != NULL &&
	    put_comment(writer, packet->comment, packet->comment_length, error) != TCPHS_OK)
		return writer->status;
	return put(writer, tail.octets, tail.length, error);
}

struct tcphs_writer *tcphs_writer_open(const char *path, struct tcphs_error *error)
{
	struct tcphs_writer *writer = calloc(1, sizeof(*writer));
	bool is_stdout = strcmp(path, "-") == 0;
	struct block section;

	if (writer == NULL)
		goto nomem;
	writer->fd = -1;
	writer->name = is_stdout ? strdup("standard output") : escape_copy(path, strlen(path));
	writer->buffer = malloc(WRITER_BUFFER);
	if (writer->name == NULL || writer->buffer == NULL)
		goto nomem;
	writer->fd =
	    is_stdout ? STDOUT_FILENO : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (writer->fd < 0) {
		fail(writer, errno, error);
		goto out;
	}
	block_section(&section);
	/* An empty capture is a capture; and a full disk is better known now. */
	if (put_block(writer, &section, error) == TCPHS_OK &&
	    writer_flush(writer, error) == TCPHS_OK)
		return writer;
	goto out;
nomem:
	tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
out:
	tcphs_writer_close(writer, NULL);
	return NULL;
}

/* What is known in the file of interface `index`; NULL if memory is exhausted. */
static struct written *find_interface(struct tcphs_writer *writer, uint32_t index)
{
	size_t count = (size_t)index + 1;
	struct written *interfaces;

	if (count <= writer->interface_count)
		return &writer->interfaces[index];
	if (index >= INTERFACES_CAP)
		return NULL;
	interfaces = realloc(writer->interfaces, count * sizeof(*interfaces));
	if (interfaces == NULL)
		return NULL;
	memset(interfaces + writer->interface_count, 0,
	       (count - writer->interface_count) * sizeof(*interfaces));
	writer->interfaces = interfaces;
	writer->interface_count = count;
	return &interfaces[index];
}

enum tcphs_status tcphs_writer_packet(struct tcphs_writer *writer,
                                      const struct tcphs_packet *packet,
                                      const struct tcphs_interface *interface,
                                      struct tcphs_error *error)
{
	struct written *written = find_interface(writer, packet->interface);

	if (written == NULL)
		return tcphs_error_set(error, TCPHS_NOMEM, "%s: memory is exhausted", writer->name);
	written->received = interface->received;
	written->dropped = interface->dropped;
	if (is_behind(writer)) {
		written->unwritten++;
		writer->unwritten++;
		return TCPHS_OK;
	}
	if (!written->described) {
		struct block block;

		block_interface(&block, interface, packet);
		if (put_block(writer, &block, error) != TCPHS_OK)
			return writer->status;
		written->described = true;
		written->id = writer->described++;
	}
	writer->time = packet->time;
	return put_packet(writer, written->id, packet, error);
}

/* tcpdump refuses a file that describes no interface, even where nothing is in it. */
static enum tcphs_status put_any_interface(struct tcphs_writer *writer, struct tcphs_error *error)
{
	const struct tcphs_interface interface = {.snaplen = PACKET_CAP};
	const struct tcphs_packet packet = {.linktype = 1 /* Ethernet */, .fcs_length = -1};

	struct block block;

	block_interface(&block, &interface, &packet);
	return put_block(writer, &block, error);
}

static enum tcphs_status finish(struct tcphs_writer *writer, struct tcphs_error *error)
{
	if (writer->described == 0 && put_any_interface(writer, error) != TCPHS_OK)
		return writer->status;
	for (size_t i = 0; i < writer->interface_count; i++) {
		const struct written *written = &writer->interfaces[i];
		uint64_t missing = written->dropped + written->unwritten;
		struct block block;

		if (!written->described || (written->received == 0 && missing == 0))
			continue;
		block_statistics(&block, written->id, writer->time, written->received, missing);
		if (put_block(writer, &block, error) != TCPHS_OK)
			return writer->status;
	}
	return writer_flush(writer, error);
}

enum tcphs_status writer_finish(struct tcphs_writer *writer, int patience, bool *waits,
                                struct tcphs_error *error)
{
	*waits = false;
	if (writer->status != TCPHS_OK)
		return writer->status;
	if (!writer->finished && finish(writer, error) != TCPHS_OK)
		return writer->status;
	writer->finished = true;
	if (writer->behind == NULL)
		return TCPHS_OK;
	*waits = !outbox_drain(writer->behind, patience);
	if (outbox_error(writer->behind) != 0)
		return fail(writer, outbox_error(writer->behind), error);
	return TCPHS_OK;
}

enum tcphs_status tcphs_writer_close(struct tcphs_writer *writer, struct tcphs_error *error)
{
	enum tcphs_status status = TCPHS_OK;
	bool waits = false;

	if (writer == NULL)
		return TCPHS_OK;
	if (writer->fd >= 0)
		status = writer_finish(writer, PATIENCE, &waits, error);
	if (waits)
		status = tcphs_error_set(error, TCPHS_USAGE,
		                         "%s: takes nothing any more: what was last is missing",
		                         writer->name);
	/* Network file systems say only now that the disk was full. */
	if (outbox_free(writer->behind) && writer->fd > STDOUT_FILENO && close(writer->fd) < 0 &&
	    status == TCPHS_OK)
		status = fail(writer, errno, error);
	free(writer->interfaces);
	free(writer->buffer);
	free(writer->name);
	free(writer);
	return status;
}
