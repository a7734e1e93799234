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
#include "capture/ng_options.h"
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

/* The options of `block`, which stand behind its octet `from`. */
static inline struct ng_options ng_options_of(const struct ng_block *block, uint32_t from)
{
	uint32_t length = from + 4 <= block->total ? block->total - 4 - from : 0;

	return (struct ng_options){
	    .octets = block->octets + from, .length = length, .big = block->big};
}

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
