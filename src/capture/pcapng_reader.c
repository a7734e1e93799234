/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/pcapng.h"

#include <stdlib.h>

/* A packet block: type, total, interface, time (high, low), caplen, wirelen, octets, options,
 * total. The obsolete one has 16 bits of interface and 16 of drop count instead. */
#define PACKET_HEAD  28
#define PACKET_LEAST (PACKET_HEAD + 4)
#define SIMPLE_HEAD  12
#define SIMPLE_LEAST (SIMPLE_HEAD + 4)

static uint32_t padded(uint32_t length)
{
	return (length + 3) & ~3u;
}

/* Options of a packet: the length of its frame check sequence, and how many were dropped before it;
 * its comments are for others to read. */
static void read_packet_options(struct pcapng_reader *pcapng, const struct ng_block *block,
                                uint32_t id, struct tcphs_packet *packet)
{
	struct ng_options options = ng_options_of(block, PACKET_HEAD + padded(packet->caplen));
	uint16_t length;
	const uint8_t *value = ng_options_find(options, NG_EPB_FLAGS, 4, &length);

	if (value != NULL && (ng_get32(value, block->big) >> 5 & 15) != 0)
		packet->fcs_length = (int32_t)(ng_get32(value, block->big) >> 5 & 15);
	packet->options = options.octets;
	packet->options_length = options.length;
	packet->options_big = options.big;
	if (block->offset < pcapng->reader.capture->described)
		return;
	pcapng->reader.capture->described = block->offset + block->total;
	value = ng_options_find(options, NG_EPB_DROPCOUNT, 8, &length);
	if (value != NULL)
		pcapng->reader.capture->interfaces->list[pcapng->interfaces[id].index].dropped +=
		    ng_get64(value, block->big);
}

static inline void fill_packet(struct pcapng_reader *pcapng, const uint8_t *octets, bool big,
                               const struct ng_interface *interface, struct tcphs_packet *packet)
{
	uint64_t ticks = (uint64_t)ng_get32(octets + 12, big) << 32 | ng_get32(octets + 16, big);
	uint32_t caplen = ng_get32(octets + 20, big), wirelen = ng_get32(octets + 24, big);

	*packet = (struct tcphs_packet){
	    .data = octets + PACKET_HEAD,
	    .caplen = caplen,
	    .wirelen = wirelen > caplen ? wirelen : caplen,
	    .number = ++pcapng->reader.number,
	    .linktype = interface->linktype,
	    .interface = interface->index,
	    .fcs_length = interface->fcs_length,
	};
	/* The two usual resolutions without a division. */
	if (interface->shift == 0 && interface->resolution == 6 && ticks < NG_TIME_END / 1000)
		packet->time = (int64_t)ticks * 1000;
	else if (interface->shift == 0 && interface->resolution == 9 && ticks < NG_TIME_END)
		packet->time = (int64_t)ticks;
	else
		packet->bad_time = !ng_time(interface, ticks, &packet->time);
	pcapng->reader.time = packet->time;
}

/* The whole packet blocks in the buffer, at most `max`, up to the first of another kind.
 * `big` is a constant where this is called. */
static inline size_t scan(struct pcapng_reader *pcapng, struct tcphs_packet *batch, size_t max,
                          bool big)
{
	struct input *input = pcapng->reader.input;
	const uint8_t *octets = input_at(input);
	size_t left = input_left(input), count = 0;

	while (count < max && left >= PACKET_LEAST) {
		uint32_t total = ng_get32(octets + 4, big), id = ng_get32(octets + 8, big);
		uint32_t caplen = ng_get32(octets + 20, big);

		if (ng_get32(octets, big) != NG_PACKET || total < PACKET_LEAST || total > left ||
		    total > NG_BLOCK_CAP || (total & 3) != 0 || id >= pcapng->interface_count ||
		    caplen > total - PACKET_LEAST || ng_get32(octets + total - 4, big) != total)
			break;
		fill_packet(pcapng, octets, big, &pcapng->interfaces[id], &batch[count]);
		if (total - PACKET_LEAST > padded(caplen)) {
			const struct ng_block block = {
			    octets, total, input->offset + (input_left(input) - left), big, false};

			read_packet_options(pcapng, &block, id, &batch[count]);
		}
		count++;
		octets += total;
		left -= total;
	}
	input_pass(input, input_left(input) - left);
	return count;
}

/* A packet block that scan() did not take is damaged. */
static const char *packet_block(struct pcapng_reader *pcapng, const struct ng_block *block)
{
	if (block->total < PACKET_LEAST)
		return "a packet block that is too short";
	if (ng_get32(block->octets + 8, block->big) >= pcapng->interface_count)
		return "a packet of an interface that isn't described";
	return "a packet longer than its block";
}

static const char *old_packet_block(struct pcapng_reader *pcapng, const struct ng_block *block,
                                    struct tcphs_packet *packet)
{
	uint16_t drops, id;

	if (block->total < PACKET_LEAST)
		return "a packet block that is too short";
	id = ng_get16(block->octets + 8, block->big);
	drops = ng_get16(block->octets + 10, block->big);
	if (id >= pcapng->interface_count)
		return "a packet of an interface that isn't described";
	if (ng_get32(block->octets + 20, block->big) > block->total - PACKET_LEAST)
		return "a packet longer than its block";
	fill_packet(pcapng, block->octets, block->big, &pcapng->interfaces[id], packet);
	if (block->total - PACKET_LEAST > padded(packet->caplen))
		read_packet_options(pcapng, block, id, packet);
	if (block->fresh && drops != UINT16_MAX) /* 0xffff: unknown */
		pcapng->reader.capture->interfaces->list[packet->interface].dropped += drops;
	return NULL;
}

static const char *simple_packet_block(struct pcapng_reader *pcapng, const struct ng_block *block,
                                       struct tcphs_packet *packet)
{
	const struct ng_interface *interface = pcapng->interfaces;
	uint32_t wirelen, caplen;

	if (block->total < SIMPLE_LEAST)
		return "a packet block that is too short";
	if (pcapng->interface_count == 0)
		return "a packet of an interface that isn't described";
	wirelen = ng_get32(block->octets + 8, block->big);
	caplen = wirelen;
	if (interface->snaplen != 0 && caplen > interface->snaplen)
		caplen = interface->snaplen;
	if (caplen > block->total - SIMPLE_LEAST)
		caplen = block->total - SIMPLE_LEAST;
	/* It has no time of its own; that of the packet before keeps the order. */
	*packet = (struct tcphs_packet){
	    .data = block->octets + SIMPLE_HEAD,
	    .caplen = caplen,
	    .wirelen = wirelen,
	    .number = ++pcapng->reader.number,
	    .time = pcapng->reader.time,
	    .linktype = interface->linktype,
	    .interface = interface->index,
	    .fcs_length = interface->fcs_length,
	    .bad_time = 1,
	};
	return NULL;
}

/* What a whole block says; NULL, or what is wrong with it. *count becomes 1 with a packet. */
static const char *read_block(struct pcapng_reader *pcapng, const struct ng_block *block,
                              struct tcphs_packet *packet, size_t *count)
{
	const char *why;

	if (ng_get32(block->octets + block->total - 4, block->big) != block->total)
		return "the two lengths of the next block differ";
	switch (ng_get32(block->octets, block->big)) {
	case NG_SECTION:
		return ng_section_block(pcapng, block);
	case NG_INTERFACE:
		return ng_interface_block(pcapng, block);
	case NG_STATISTICS:
		return ng_statistics_block(pcapng, block);
	case NG_PACKET:
		return packet_block(pcapng, block);
	case NG_OLD_PACKET:
		why = old_packet_block(pcapng, block, packet);
		break;
	case NG_SIMPLE_PACKET:
		why = simple_packet_block(pcapng, block, packet);
		break;
	default: /* names, secrets, journals, custom blocks: nothing that is shown */
		return NULL;
	}
	*count = why == NULL;
	return why;
}

/* Gets the next block whole and fills *block. */
static enum tcphs_source_state fill_block(struct pcapng_reader *pcapng, struct ng_block *block,
                                          struct tcphs_error *error)
{
	struct reader *reader = &pcapng->reader;
	enum tcphs_source_state state = reader_fill(reader, 12, error);

	if (state != TCPHS_SOURCE_MORE)
		return state;
	block->octets = input_at(reader->input);
	block->big = pcapng->big;
	if (get_be32(block->octets) == NG_SECTION) {
		block->big = get_be32(block->octets + 8) == NG_BYTE_ORDER;
		if (!block->big && get_le32(block->octets + 8) != NG_BYTE_ORDER)
			return reader_damaged(reader, error, "a section of no byte order");
	}
	block->total = ng_get32(block->octets + 4, block->big);
	if (block->total < 12 || block->total > NG_BLOCK_CAP || (block->total & 3) != 0)
		return reader_damaged(reader, error, "the next block has an impossible length");
	state = reader_fill(reader, block->total, error);
	block->octets = input_at(reader->input);
	block->offset = reader->input->offset;
	block->fresh = block->offset >= reader->capture->described;
	return state;
}

/* One block that scan() did not take: not a packet, not whole, or damaged. */
static enum tcphs_source_state next_block(struct pcapng_reader *pcapng, struct tcphs_packet *packet,
                                          size_t *count, struct tcphs_error *error)
{
	struct ng_block block = {0};
	enum tcphs_source_state state = fill_block(pcapng, &block, error);
	const char *why;

	if (state != TCPHS_SOURCE_MORE)
		return state;
	why = NULL;
	/* Only now is it known whether scan() would have taken it. */
	if (ng_get32(block.octets, block.big) == NG_PACKET) {
		*count = block.big ? scan(pcapng, packet, 1, true) : scan(pcapng, packet, 1, false);
		if (*count > 0)
			return TCPHS_SOURCE_MORE;
	}
	why = read_block(pcapng, &block, packet, count);
	if (why != NULL)
		return reader_damaged(&pcapng->reader, error, why);
	if (block.fresh)
		pcapng->reader.capture->described = block.offset + block.total;
	input_pass(pcapng->reader.input, block.total);
	return TCPHS_SOURCE_MORE;
}

static enum tcphs_source_state pcapng_read(struct reader *reader, struct tcphs_packet *batch,
                                           size_t max, size_t *count, struct tcphs_error *error)
{
	struct pcapng_reader *pcapng = (struct pcapng_reader *)reader;
	enum tcphs_source_state state;

	ng_enter_section(pcapng); /* a seek may have changed it */
	do {
		*count =
		    pcapng->big ? scan(pcapng, batch, max, true) : scan(pcapng, batch, max, false);
		if (*count > 0)
			return TCPHS_SOURCE_MORE;
		state = next_block(pcapng, batch, count, error);
	} while (state == TCPHS_SOURCE_MORE && *count == 0);
	return state;
}

static const struct reader_ops pcapng_ops = {.read = pcapng_read};

struct reader *pcapng_reader_open(struct input *input, struct capture *capture,
                                  struct tcphs_error *error)
{
	struct pcapng_reader *pcapng = calloc(1, sizeof(*pcapng));
	enum tcphs_source_state state;
	struct tcphs_packet packet;
	size_t count = 0;

	if (pcapng == NULL) {
		tcphs_error_set(error, TCPHS_NOMEM, "%s: memory is exhausted", input->file->name);
		return NULL;
	}
	pcapng->reader.ops = &pcapng_ops;
	pcapng->reader.input = input;
	pcapng->reader.capture = capture;
	/* The first block is a section header, or this would not have been called. */
	state = next_block(pcapng, &packet, &count, error);
	if (state == TCPHS_SOURCE_MORE)
		return &pcapng->reader;
	if (state == TCPHS_SOURCE_IDLE && !reader_not_yet(input, INPUT_LATER, error))
		tcphs_error_set(error, TCPHS_DAMAGED,
		                "%s: is cut short in its section header; copy or record it again",
		                input->file->name);
	free(pcapng);
	return NULL;
}
