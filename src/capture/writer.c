/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes pcapng, little endian, one section, nanoseconds. */
#include "capture/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/escape.h"
#include "capture/interfaces.h"
#include "capture/pcapng.h"

#define WRITER_BUFFER ((size_t)256 << 10)
#define TEXT_CAP      4096 /* octets of a name, description or comment that are written */

/* An interface of the packets, and whether it was described in the file. */
struct written {
	bool described;
	uint32_t id; /* in the file */
	uint64_t received, dropped;
};

struct tcphs_writer {
	char *name; /* escaped */
	int fd;
	uint8_t *buffer;
	size_t used;
	struct written *interfaces; /* by the packets' numbers */
	size_t interface_count;
	uint32_t described;
	int64_t time; /* of the last packet */
	enum tcphs_status status;
};

static enum tcphs_status fail(struct tcphs_writer *writer, int cause, struct tcphs_error *error)
{
	writer->status = tcphs_error_set(
	    error, TCPHS_USAGE, "%s: can't be written: %s%s", writer->name, strerror(cause),
	    cause == ENOSPC ? "; make room there or write elsewhere" : "");
	return writer->status;
}

enum tcphs_status writer_flush(struct tcphs_writer *writer, struct tcphs_error *error)
{
	size_t done = 0;

	if (writer->status != TCPHS_OK)
		return tcphs_error_set(error, writer->status, "%s: can't be written", writer->name);
	while (done < writer->used) {
		ssize_t put = write(writer->fd, writer->buffer + done, writer->used - done);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return fail(writer, put < 0 ? errno : EIO, error);
		done += (size_t)put;
	}
	writer->used = 0;
	return TCPHS_OK;
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

/* A small block that is built in memory before it is written. */
struct block {
	uint8_t octets[3 * TEXT_CAP + 256];
	size_t length;
};

static void add16(struct block *block, uint16_t number)
{
	block->octets[block->length++] = (uint8_t)number;
	block->octets[block->length++] = (uint8_t)(number >> 8);
}

static void add32(struct block *block, uint32_t number)
{
	add16(block, (uint16_t)number);
	add16(block, (uint16_t)(number >> 16));
}

static void add64(struct block *block, uint64_t number)
{
	add32(block, (uint32_t)number);
	add32(block, (uint32_t)(number >> 32));
}

static void add_option(struct block *block, uint16_t code, const void *value, size_t length)
{
	if (length > TEXT_CAP)
		length = TEXT_CAP;
	add16(block, code);
	add16(block, (uint16_t)length);
	memcpy(block->octets + block->length, value, length);
	memset(block->octets + block->length + length, 0, 3);
	block->length += (length + 3) & ~(size_t)3;
}

static void add_text(struct block *block, uint16_t code, const char *text)
{
	if (text != NULL && text[0] != '\0')
		add_option(block, code, text, strlen(text));
}

static void begin(struct block *block, uint32_t type)
{
	block->length = 0;
	add32(block, type);
	add32(block, 0); /* the length, when it is known */
}

/* Ends the options and the block, and writes it. */
static enum tcphs_status end(struct tcphs_writer *writer, struct block *block,
                             struct tcphs_error *error)
{
	uint32_t total = (uint32_t)block->length + 8;
	size_t length;

	add32(block, 0); /* end of options */
	add32(block, total);
	length = block->length;
	block->length = 4;
	add32(block, total);
	return put(writer, block->octets, length, error);
}

static enum tcphs_status put_section(struct tcphs_writer *writer, struct tcphs_error *error)
{
	static const char application[] = "tcphs " TCPHS_VERSION;
	struct block block;

	begin(&block, NG_SECTION);
	add32(&block, NG_BYTE_ORDER);
	add16(&block, 1); /* version 1.0 */
	add16(&block, 0);
	add64(&block, UINT64_MAX); /* the length of the section is unknown */
	add_option(&block, NG_SHB_USERAPPL, application, sizeof(application) - 1);
	return end(writer, &block, error);
}

static enum tcphs_status put_interface(struct tcphs_writer *writer,
                                       const struct tcphs_interface *interface,
                                       const struct tcphs_packet *packet, struct tcphs_error *error)
{
	const uint8_t nanoseconds = 9, fcs_length = (uint8_t)packet->fcs_length;
	struct block block;

	begin(&block, NG_INTERFACE);
	add16(&block, (uint16_t)packet->linktype);
	add16(&block, 0);
	add32(&block, interface->snaplen);
	add_text(&block, NG_OPT_COMMENT, interface->comment);
	add_text(&block, NG_IF_NAME, interface->name);
	add_text(&block, NG_IF_DESCRIPTION, interface->description);
	add_option(&block, NG_IF_TSRESOL, &nanoseconds, 1);
	if (packet->fcs_length >= 0)
		add_option(&block, NG_IF_FCSLEN, &fcs_length, 1);
	return end(writer, &block, error);
}

static enum tcphs_status put_statistics(struct tcphs_writer *writer, const struct written *written,
                                        struct tcphs_error *error)
{
	struct block block;
	struct block value = {.length = 0};

	begin(&block, NG_STATISTICS);
	add32(&block, written->id);
	add32(&block, (uint32_t)((uint64_t)writer->time >> 32));
	add32(&block, (uint32_t)writer->time);
	add64(&value, written->received);
	add_option(&block, NG_ISB_IFRECV, value.octets, 8);
	value.length = 0;
	add64(&value, written->dropped);
	add_option(&block, NG_ISB_IFDROP, value.octets, 8);
	return end(writer, &block, error);
}

static enum tcphs_status put_packet(struct tcphs_writer *writer, uint32_t id,
                                    const struct tcphs_packet *packet, struct tcphs_error *error)
{
	static const uint8_t padding[3];
	uint32_t padded = (packet->caplen + 3) & ~3u;
	struct block head, tail; /* big: not to be zeroed for every packet */

	head.length = tail.length = 0;
	if (packet->comment != NULL) {
		add_option(&tail, NG_OPT_COMMENT, packet->comment, packet->comment_length);
		add32(&tail, 0); /* end of options */
	}
	add32(&head, NG_PACKET);
	add32(&head, 32 + padded + (uint32_t)tail.length);
	add32(&head, id);
	add32(&head, (uint32_t)((uint64_t)packet->time >> 32));
	add32(&head, (uint32_t)packet->time);
	add32(&head, packet->caplen);
	add32(&head, packet->wirelen);
	add32(&tail, 32 + padded + (uint32_t)tail.length);
	if (put(writer, head.octets, head.length, error) != TCPHS_OK ||
	    put(writer, packet->data, packet->caplen, error) != TCPHS_OK ||
	    put(writer, padding, padded - packet->caplen, error) != TCPHS_OK)
		return writer->status;
	return put(writer, tail.octets, tail.length, error);
}

struct tcphs_writer *tcphs_writer_open(const char *path, struct tcphs_error *error)
{
	struct tcphs_writer *writer = calloc(1, sizeof(*writer));
	bool is_stdout = strcmp(path, "-") == 0;

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
	/* An empty capture is a capture; and a full disk is better known now. */
	if (put_section(writer, error) == TCPHS_OK && writer_flush(writer, error) == TCPHS_OK)
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
	if (!written->described) {
		if (put_interface(writer, interface, packet, error) != TCPHS_OK)
			return writer->status;
		written->described = true;
		written->id = writer->described++;
	}
	written->received = interface->received;
	written->dropped = interface->dropped;
	writer->time = packet->time;
	return put_packet(writer, written->id, packet, error);
}

/* tcpdump refuses a file that describes no interface, even where nothing is in it. */
static enum tcphs_status put_any_interface(struct tcphs_writer *writer, struct tcphs_error *error)
{
	const struct tcphs_interface interface = {.snaplen = PACKET_CAP};
	const struct tcphs_packet packet = {.linktype = 1 /* Ethernet */, .fcs_length = -1};

	return put_interface(writer, &interface, &packet, error);
}

static enum tcphs_status finish(struct tcphs_writer *writer, struct tcphs_error *error)
{
	if (writer->described == 0 && put_any_interface(writer, error) != TCPHS_OK)
		return writer->status;
	for (size_t i = 0; i < writer->interface_count; i++) {
		const struct written *written = &writer->interfaces[i];

		if (written->described && (written->received > 0 || written->dropped > 0) &&
		    put_statistics(writer, written, error) != TCPHS_OK)
			return writer->status;
	}
	return writer_flush(writer, error);
}

enum tcphs_status tcphs_writer_close(struct tcphs_writer *writer, struct tcphs_error *error)
{
	enum tcphs_status status = TCPHS_OK;

	if (writer == NULL)
		return TCPHS_OK;
	if (writer->fd >= 0 && writer->status == TCPHS_OK)
		status = finish(writer, error);
	/* Network file systems say only now that the disk was full. */
	if (writer->fd > STDOUT_FILENO && close(writer->fd) < 0 && status == TCPHS_OK)
		status = fail(writer, errno, error);
	free(writer->interfaces);
	free(writer->buffer);
	free(writer->name);
	free(writer);
	return status;
}
