/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * pcapng (draft-ietf-opsawg-pcapng), between the reader of packets and the reader of what
 * describes them. A block is
 *
 *   0      4       8                  total - 4
 *   | type | total | body, options … | total |       total a multiple of 4, in the
 *                                                     byte order of the section
 */
#ifndef CAPTURE_PCAPNG_H
#define CAPTURE_PCAPNG_H

#include "base/bytes.h"
#include "capture/reader.h"

#define NG_BLOCK_CAP ((uint32_t)16 << 20) /* octets of a block; a longer one is damage */
#define NG_TIME_END  ((int64_t)1 << 62) /* times are 0 … year 2116: differences can't overflow */

#define NG_BYTE_ORDER 0x1a2b3c4d /* of a section header, tells its byte order */

enum ng_block_type {
	NG_INTERFACE = 1,
	NG_OLD_PACKET = 2,
	NG_SIMPLE_PACKET = 3,
	NG_STATISTICS = 5,
	NG_PACKET = 6,
	NG_SECTION = 0x0a0d0d0a, /* reads the same in both byte orders */
};

enum ng_option_code {
	NG_OPT_END = 0,
	NG_OPT_COMMENT = 1,
	NG_SHB_USERAPPL = 4,
	NG_IF_NAME = 2,
	NG_IF_DESCRIPTION = 3,
	NG_IF_TSRESOL = 9,
	NG_IF_FCSLEN = 13,
	NG_IF_TSOFFSET = 14,
	NG_ISB_IFRECV = 4,
	NG_ISB_IFDROP = 5,
	NG_EPB_FLAGS = 2,
	NG_EPB_DROPCOUNT = 4,
};

struct pcapng_reader {
	struct reader reader;
	/* Of the current section: */
	const struct ng_interface *interfaces;
	uint32_t interface_count;
	bool big;
};

struct ng_block {
	const uint8_t *octets;
	uint32_t total;
	uint64_t offset; /* in the stream */
	bool big;
	bool fresh; /* not read before by any handle: its descriptions and counts are news */
};

static inline uint16_t ng_get16(const uint8_t *octets, bool big)
{
	return big ? get_be16(octets) : get_le16(octets);
}

static inline uint32_t ng_get32(const uint8_t *octets, bool big)
{
	return big ? get_be32(octets) : get_le32(octets);
}

static inline uint64_t ng_get64(const uint8_t *octets, bool big)
{
	return big ? get_be64(octets) : get_le64(octets);
}

/* The value of option `code` in the options of `block` from octet `from` on; NULL if it isn't
 * there with at least `least` octets. *length is its length. */
const uint8_t *ng_option(const struct ng_block *block, uint32_t from, uint16_t code, uint16_t least,
                         uint16_t *length);

/* What a block with a description changes; NULL, or what is wrong with it. */
const char *ng_section_block(struct pcapng_reader *pcapng, const struct ng_block *block);
const char *ng_interface_block(struct pcapng_reader *pcapng, const struct ng_block *block);
const char *ng_statistics_block(struct pcapng_reader *pcapng, const struct ng_block *block);

/* Makes the section with index reader.section the current one. */
void ng_enter_section(struct pcapng_reader *pcapng);

/* Nanoseconds since 1970 of a 64-bit stamp. False if it can't be; *time is then the nearest
 * that can. */
bool ng_time(const struct ng_interface *interface, uint64_t ticks, int64_t *time);

#endif
