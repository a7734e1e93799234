/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/block.h"

#include <stdlib.h>
#include <string.h>
#include "base/escape.h"
#include "capture/pcapng.h"

#define ROOM_FIRST  512
#define PACKET_HEAD 28 /* octets of a packet block before its packet */

static bool make_room(struct block *block, size_t more)
{
	size_t room = block->room > 0 ? block->room : ROOM_FIRST;
	uint8_t *octets;

	if (block->room - block->length >= more)
		return true;
	while (room - block->length < more)
		room *= 2;
	octets = realloc(block->octets, room);
	if (octets == NULL) {
		block->failed = true;
		return false;
	}
	block->octets = octets;
	block->room = room;
	return true;
}

void block_free(struct block *block)
{
	free(block->octets);
	*block = (struct block){0};
}

static void block_add_octets(struct block *block, const void *octets, size_t count)
{
	if (count == 0 || !make_room(block, count))
		return;
	memcpy(block->octets + block->length, octets, count);
	block->length += count;
}

static void block_add16(struct block *block, uint16_t number)
{
	const uint8_t octets[] = {(uint8_t)number, (uint8_t)(number >> 8)};

	block_add_octets(block, octets, sizeof(octets));
}

static void block_add32(struct block *block, uint32_t number)
{
	const uint8_t octets[] = {(uint8_t)number, (uint8_t)(number >> 8), (uint8_t)(number >> 16),
	                          (uint8_t)(number >> 24)};

	block_add_octets(block, octets, sizeof(octets));
}

static void block_add64(struct block *block, uint64_t number)
{
	block_add32(block, (uint32_t)number);
	block_add32(block, (uint32_t)(number >> 32));
}

static void block_add_option(struct block *block, uint16_t code, const void *value, size_t length)
{
	static const uint8_t padding[3];

	block_add16(block, code);
	block_add16(block, (uint16_t)length);
	block_add_octets(block, value, length);
	block_add_octets(block, padding, -length & 3);
}

static void block_add_option64(struct block *block, uint16_t code, uint64_t number)
{
	block_add16(block, code);
	block_add16(block, 8);
	block_add64(block, number);
}

static void block_add_text(struct block *block, uint16_t code, const char *text)
{
	char octets[BLOCK_TEXT_CAP];

	if (text != NULL && text[0] != '\0')
		block_add_option(block, code, octets, escape_undo(octets, sizeof(octets), text));
}

static void block_add_options(struct block *block, struct ng_options options,
                              const struct ng_rule *rules)
{
	if (options.length > 0 && make_room(block, NG_COPY_ROOM(options.length)))
		block->length += ng_options_copy(block->octets + block->length, options, rules);
}

static void block_begin(struct block *block, uint32_t type)
{
	block->length = 0;
	block_add32(block, type);
	block_add32(block, 0); /* the length, when it is known */
}

static void block_end(struct block *block)
{
	uint32_t total = (uint32_t)block->length + 8;

	block_add32(block, NG_OPT_END);
	block_add32(block, total);
	if (block->failed)
		return;
	for (unsigned i = 0; i < 4; i++)
		block->octets[4 + i] = (uint8_t)(total >> 8 * i);
}

/* An option that may stand there once: that of the first section that has it. */
static void add_first(struct block *block, const struct sections *sections, const uint16_t *order,
                      size_t count, uint16_t code, const char *otherwise)
{
	uint16_t length = 0;

	for (size_t i = 0; i < count; i++) {
		const uint8_t *value = ng_options_find(sections->list[order[i]], code, 1, &length);

		if (value == NULL)
			continue;
		block_add_option(block, code, value, length);
		return;
	}
	if (otherwise != NULL)
		block_add_option(block, code, otherwise, strlen(otherwise));
}

void block_section(struct block *block, const struct sections *sections, size_t from)
{
	uint16_t order[SECTIONS_TOLD];
	size_t count = sections_order(sections, from, order);

	block_begin(block, NG_SECTION);
	block_add32(block, NG_BYTE_ORDER);
	block_add16(block, 1); /* version 1.0 */
	block_add16(block, 0);
	block_add64(block, UINT64_MAX); /* the length of the section is unknown */
	for (size_t i = 0; i < count; i++)
		block_add_options(block, sections->list[order[i]], ng_section_rules);
	add_first(block, sections, order, count, NG_SHB_HARDWARE, NULL);
	add_first(block, sections, order, count, NG_SHB_OS, NULL);
	add_first(block, sections, order, count, NG_SHB_USERAPPL, "tcphs " TCPHS_VERSION);
	block_end(block);
}

void block_interface(struct block *block, const struct tcphs_interface *interface,
                     struct ng_options told, const struct tcphs_packet *packet)
{
	const uint8_t nanoseconds = 9, fcs_length = (uint8_t)packet->fcs_length;

	block_begin(block, NG_INTERFACE);
	block_add16(block, (uint16_t)packet->linktype);
	block_add16(block, 0);
	block_add32(block, interface->snaplen);
	if (told.length > 0) {
		block_add_options(block, told, ng_interface_rules);
	} else {
		block_add_text(block, NG_OPT_COMMENT, interface->comment);
		block_add_text(block, NG_IF_NAME, interface->name);
		block_add_text(block, NG_IF_DESCRIPTION, interface->description);
		if (packet->fcs_length >= 0)
			block_add_option(block, NG_IF_FCSLEN, &fcs_length, 1);
	}
	block_add_option(block, NG_IF_TSRESOL, &nanoseconds, 1);
	block_end(block);
}

void block_statistics(struct block *block, uint32_t interface, int64_t time, uint64_t received,
                      uint64_t dropped)
{
	block_begin(block, NG_STATISTICS);
	block_add32(block, interface);
	block_add32(block, (uint32_t)((uint64_t)time >> 32));
	block_add32(block, (uint32_t)time);
	block_add_option64(block, NG_ISB_IFRECV, received);
	block_add_option64(block, NG_ISB_IFDROP, dropped);
	block_end(block);
}

void block_packet(struct block *head, struct block *tail, uint32_t interface,
                  const struct tcphs_packet *packet, uint32_t padded)
{
	const struct ng_options options = {packet->options, packet->options_length,
	                                   packet->options_big};
	uint32_t total;

	tail->length = 0;
	if (options.length > 0) {
		block_add_options(tail, options, ng_packet_rules);
		block_add32(tail, NG_OPT_END);
	}
	total = PACKET_HEAD + padded + (uint32_t)tail->length + 4;
	block_add32(tail, total);
	head->length = 0;
	block_add32(head, NG_PACKET);
	block_add32(head, total);
	block_add32(head, interface);
	block_add32(head, (uint32_t)((uint64_t)packet->time >> 32));
	block_add32(head, (uint32_t)packet->time);
	block_add32(head, packet->caplen);
	block_add32(head, packet->wirelen);
}
