/* SPDX-License-Identifier: BSD-3-Clause */
/* IPv4 (RFC 791). */
#include "base/bytes.h"
#include "decode/ip.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stddef.h>

#define MORE_FRAGMENTS 0x2000
#define OFFSET_MASK    0x1fff

void ipv4_read(struct walk *walk)
{
	uint32_t wire = walk->wire;
	const uint8_t *header = walk_take(walk, 20);
	uint32_t header_length, total;
	uint16_t fragment;

	if (header == NULL)
		return;
	header_length = (header[0] & 0xfu) * 4;
	total = get_be16(header + 2);
	if (total == 0) /* segmentation is left to the NIC, and the length with it */
		total = wire;
	if (header[0] >> 4 != 4 || total < header_length) {
		walk_stop(walk, TCPHS_SKIP_MALFORMED);
		return;
	}
	if (!walk_extend(walk, 20, header_length))
		return;
	ip_enter(walk, total - header_length);
	walk->ip_path = walk->path_length;
	walk_name(walk, WORD_IP);
	walk->family = 4;
	walk->src = header + 12;
	walk->dst = header + 16;
	walk->ip_id = get_be16(header + 4);
	fragment = get_be16(header + 6);
	if ((fragment & (MORE_FRAGMENTS | OFFSET_MASK)) == 0)
		next_protocol(walk, header[9]);
	else
		ip_fragment(walk, header[9], get_be16(header + 4), (fragment & OFFSET_MASK) * 8u,
		            (fragment & MORE_FRAGMENTS) != 0);
}
