/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/block.h"

#include <string.h>
#include "base/escape.h"
#include "capture/pcapng.h"

static void block_add16(struct block *block, uint16_t number)
{
	block->octets[block->length++] = (uint8_t)number;
	block->octets[block->length++] = (uint8_t)(number >> 8);
}

void block_add32(struct block *block, uint32_t number)
{
	block_add16(block, (uint16_t)number);
	block_add16(block, (uint16_t)(number >> 16));
}

static void block_add64(struct block *block, uint64_t number)
{
	block_add32(block, (uint32_t)number);
	block_add32(block, (uint32_t)(number >> 32));
}

static void block_add_option(struct block *block, uint16_t code, const void *value, size_t length)
{
	if (length > BLOCK_TEXT_CAP)
		length = BLOCK_TEXT_CAP;
	block_add16(block, code);
	block_add16(block, (uint16_t)length);
	memcpy(block->octets + block->length, value, length);
	memset(block->octets + block->length + length, 0, 3);
	block->length += (length + 3) & ~(size_t)3;
}

static void block_add_text(struct block *block, uint16_t code, const char *text)
{
	char octets[BLOCK_TEXT_CAP];

	if (text != NULL && text[0] != '\0')
		block_add_option(block, code, octets, escape_undo(octets, sizeof(octets), text));
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
	size_t length;

	block_add32(block, NG_OPT_END);
	block_add32(block, total);
	length = block->length;
	block->length = 4;
	block_add32(block, total);
	block->length = length;
}

void block_section(struct block *block)
{
	static const char application[] = "tcphs " TCPHS_VERSION;

	block_begin(block, NG_SECTION);
	block_add32(block, NG_BYTE_ORDER);
	block_add16(block, 1); /* version 1.0 */
	block_add16(block, 0);
	block_add64(block, UINT64_MAX); /* the length of the section is unknown */
	block_add_option(block, NG_SHB_USERAPPL, application, sizeof(application) - 1);
	block_end(block);
}

void block_interface(struct block *block, const struct tcphs_interface *interface,
                     const struct tcphs_packet *packet)
{
	const uint8_t nanoseconds = 9, fcs_length = (uint8_t)packet->fcs_length;

	block_begin(block, NG_INTERFACE);
	block_add16(block, (uint16_t)packet->linktype);
	block_add16(block, 0);
	block_add32(block, interface->snaplen);
	block_add_text(block, NG_OPT_COMMENT, interface->comment);
	block_add_text(block, NG_IF_NAME, interface->name);
	block_add_text(block, NG_IF_DESCRIPTION, interface->description);
	block_add_option(block, NG_IF_TSRESOL, &nanoseconds, 1);
	if (packet->fcs_length >= 0)
		block_add_option(block, NG_IF_FCSLEN, &fcs_length, 1);
	block_end(block);
}

void block_statistics(struct block *block, uint32_t interface, int64_t time, uint64_t received,
                      uint64_t dropped)
{
	struct block value = {.length = 0};

	block_begin(block, NG_STATISTICS);
	block_add32(block, interface);
	block_add32(block, (uint32_t)((uint64_t)time >> 32));
	block_add32(block, (uint32_t)time);
	block_add64(&value, received);
	block_add_option(block, NG_ISB_IFRECV, value.octets, 8);
	value.length = 0;
	block_add64(&value, dropped);
	block_add_option(block, NG_ISB_IFDROP, value.octets, 8);
	block_end(block);
}
