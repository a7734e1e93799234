/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writes pcapng, little endian, nanoseconds: one section, in which the descriptions of all that
 * were read by then are. Only where another one begins after the first packet was written, as in
 * what comes by a pipe, does another one begin in the copy, too.
 */
#include "capture/writer.h"

#include <stdlib.h>
#include <string.h>
#include "capture/block.h"
#include "capture/pcapng.h"
#include "capture/sink.h"
#include "capture/source.h"

#define PATIENCE 10000 /* ms with a file that takes nothing, as it is closed */

/* An interface of the packets, and whether it was described in the section. */
struct written {
	bool described, counted;
	uint32_t id; /* in the section */
	uint64_t received, dropped, unwritten;
};

struct tcphs_writer {
	struct sink sink;
	struct block block, tail;   /* built and written, over and over */
	size_t told;                /* so many of the sections' descriptions are in the copy */
	uint64_t unwritten;         /* packets, because too much was waiting */
	struct written *interfaces; /* by the packets' numbers */
	size_t interface_count;
	uint32_t described;
	int64_t time;  /* of the last packet */
	bool any;      /* packet was written */
	bool finished; /* statistics and all */
};

enum tcphs_status writer_flush(struct tcphs_writer *writer, struct tcphs_error *error)
{
	return sink_flush(&writer->sink, error);
}

bool writer_go_behind(struct tcphs_writer *writer)
{
	/* Of an interface nothing is known later that would have to stand before the packets. */
	return sink_go_behind(&writer->sink) && writer_flush(writer, NULL) == TCPHS_OK;
}

uint64_t writer_unwritten(const struct tcphs_writer *writer)
{
	return writer->unwritten;
}

static enum tcphs_status no_memory(struct tcphs_writer *writer, struct tcphs_error *error)
{
	writer->sink.status =
	    tcphs_error_set(error, TCPHS_NOMEM, "%s: memory is exhausted", writer->sink.name);
	return writer->sink.status;
}

static enum tcphs_status put_block(struct tcphs_writer *writer, struct tcphs_error *error)
{
	if (writer->block.failed)
		return no_memory(writer, error);
	sink_begin(&writer->sink);
	return sink_put(&writer->sink, writer->block.octets, writer->block.length, error);
}

struct tcphs_writer *tcphs_writer_open(const char *path, struct tcphs_error *error)
{
	static const struct sections none;
	struct tcphs_writer *writer = calloc(1, sizeof(*writer));

	if (writer == NULL) {
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
		return NULL;
	}
	if (!sink_open(&writer->sink, path, error))
		goto out;
	/* An empty capture is a capture; and a full disk is better known now. Into a pipe it goes
	 * with the first packet, when it is known what the capture says of itself. */
	block_section(&writer->block, &none, 0);
	if (put_block(writer, error) == TCPHS_OK &&
	    (writer->sink.waits || writer_flush(writer, error) == TCPHS_OK))
		return writer;
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

static enum tcphs_status put_statistics(struct tcphs_writer *writer, struct tcphs_error *error)
{
	for (size_t i = 0; i < writer->interface_count; i++) {
		struct written *written = &writer->interfaces[i];
		uint64_t missing = written->dropped + written->unwritten;

		if (!written->described || written->counted ||
		    (written->received == 0 && missing == 0))
			continue;
		written->counted = true;
		block_statistics(&writer->block, written->id, writer->time, written->received,
		                 missing);
		if (put_block(writer, error) != TCPHS_OK)
			return writer->sink.status;
	}
	return TCPHS_OK;
}

/* Begins a section with what was read of the captures' sections since the last one. */
static enum tcphs_status begin_section(struct tcphs_writer *writer, const struct sections *sections,
                                       struct tcphs_error *error)
{
	if (writer->any || !sink_take_back(&writer->sink)) {
		if (put_statistics(writer, error) != TCPHS_OK)
			return writer->sink.status;
		for (size_t i = 0; i < writer->interface_count; i++)
			writer->interfaces[i].described = false;
		writer->described = 0;
	}
	block_section(&writer->block, sections, writer->told);
	writer->told = sections->count;
	return put_block(writer, error);
}

static enum tcphs_status describe(struct tcphs_writer *writer, struct written *written,
                                  const struct tcphs_packet *packet,
                                  const struct interfaces *interfaces, struct tcphs_error *error)
{
	block_interface(&writer->block, &interfaces->list[packet->interface],
	                interfaces->told[packet->interface], packet);
	written->described = true;
	written->id = writer->described++;
	return put_block(writer, error);
}

static enum tcphs_status put_packet(struct tcphs_writer *writer, uint32_t id,
                                    const struct tcphs_packet *packet, struct tcphs_error *error)
{
	static const uint8_t padding[3];
	uint32_t padded = (packet->caplen + 3) & ~3u;

	block_packet(&writer->block, &writer->tail, id, packet, padded);
	if (put_block(writer, error) != TCPHS_OK ||
	    sink_put(&writer->sink, packet->data, packet->caplen, error) != TCPHS_OK ||
	    sink_put(&writer->sink, padding, padded - packet->caplen, error) != TCPHS_OK)
		return writer->sink.status;
	if (writer->tail.failed)
		return no_memory(writer, error);
	return sink_put(&writer->sink, writer->tail.octets, writer->tail.length, error);
}

enum tcphs_status tcphs_writer_packet(struct tcphs_writer *writer,
                                      const struct tcphs_packet *packet,
                                      const struct tcphs_source *source, struct tcphs_error *error)
{
	const struct interfaces *interfaces = &source->run->interfaces;
	struct written *written = find_interface(writer, packet->interface);

	if (written == NULL || packet->interface >= interfaces->count)
		return no_memory(writer, error);
	written->received = interfaces->list[packet->interface].received;
	written->dropped = interfaces->list[packet->interface].dropped;
	if (sink_is_behind(&writer->sink)) {
		written->unwritten++;
		writer->unwritten++;
		return TCPHS_OK;
	}
	if (writer->told < interfaces->sections.count &&
	    begin_section(writer, &interfaces->sections, error) != TCPHS_OK)
		return writer->sink.status;
	if (!written->described && describe(writer, written, packet, interfaces, error) != TCPHS_OK)
		return writer->sink.status;
	writer->any = true;
	writer->time = packet->time;
	return put_packet(writer, written->id, packet, error);
}

/* tcpdump refuses a file that describes no interface, even where nothing is in it. */
static enum tcphs_status put_any_interface(struct tcphs_writer *writer, struct tcphs_error *error)
{
	const struct tcphs_interface interface = {.snaplen = PACKET_CAP};
	const struct tcphs_packet packet = {.linktype = 1 /* Ethernet */, .fcs_length = -1};

	block_interface(&writer->block, &interface, (struct ng_options){0}, &packet);
	return put_block(writer, error);
}

static enum tcphs_status finish(struct tcphs_writer *writer, struct tcphs_error *error)
{
	if (writer->described == 0 && put_any_interface(writer, error) != TCPHS_OK)
		return writer->sink.status;
	if (put_statistics(writer, error) != TCPHS_OK)
		return writer->sink.status;
	return writer_flush(writer, error);
}

enum tcphs_status writer_finish(struct tcphs_writer *writer, int patience, bool *waits,
                                struct tcphs_error *error)
{
	*waits = false;
	if (writer->sink.status != TCPHS_OK)
		return writer->sink.status;
	if (!writer->finished && finish(writer, error) != TCPHS_OK)
		return writer->sink.status;
	writer->finished = true;
	return sink_drain(&writer->sink, patience, waits, error);
}

enum tcphs_status tcphs_writer_close(struct tcphs_writer *writer, struct tcphs_error *error)
{
	enum tcphs_status status = TCPHS_OK, closing;
	struct tcphs_error why = {0};
	bool waits = false;

	if (writer == NULL)
		return TCPHS_OK;
	if (writer->sink.fd >= 0)
		status = writer_finish(writer, PATIENCE, &waits, error);
	if (waits)
		status = tcphs_error_set(error, TCPHS_USAGE,
		                         "%s: takes nothing any more: what was last is missing",
		                         writer->sink.name);
	closing = sink_close(&writer->sink, &why);
	if (status == TCPHS_OK && closing != TCPHS_OK)
		status = tcphs_error_set(error, closing, "%s", why.text);
	block_free(&writer->block);
	block_free(&writer->tail);
	free(writer->interfaces);
	free(writer);
	return status;
}
