/* SPDX-License-Identifier: BSD-3-Clause */
/* IPv6 and its extension headers (RFC 8200). */
#include "base/bytes.h"
#include "decode/ip.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stddef.h>

#define ROUTING_SOURCE 0 /* RFC 2460 §4.4 */
#define ROUTING_SRH    4 /* RFC 8754 §2 */

void ipv6_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 40);
	uint32_t length;

	if (header == NULL)
		return;
	if (header[0] >> 4 != 6) {
		walk_stop(walk, TCPHS_SKIP_MALFORMED);
		return;
	}
	length = get_be16(header + 4);
	if (length != 0) /* else a jumbogram: as long as the frame */
		ip_enter(walk, length);
	walk->ip_path = walk->path_length;
	walk_name(walk, WORD_IPV6);
	walk->family = 6;
	walk->src = header + 8;
	walk->dst = header + 24;
	walk->ip_id = 0;
	next_protocol(walk, header[6]);
}

/* An extension header of the common form: next header, length in 8 octets beyond the first 8. */
static const uint8_t *extension_take(struct walk *walk)
{
	const uint8_t *header;

	if (walk->family != 6) { /* these numbers mean nothing under IPv4 */
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
		return NULL;
	}
	header = walk_take(walk, 8);
	return header != NULL && walk_extend(walk, 8, 8 + header[1] * 8u) ? header : NULL;
}

void ipv6_options_read(struct walk *walk)
{
	const uint8_t *header = extension_take(walk);

	if (header != NULL)
		next_protocol(walk, header[0]);
}

/* While segments are left, the destination is where the route ends: the TCP checksum is
 * computed with that address (RFC 8200 §8.1). */
void ipv6_routing_read(struct walk *walk)
{
	const uint8_t *header = extension_take(walk);
	unsigned addresses;

	if (header == NULL)
		return;
	addresses = header[1] / 2;
	if (header[3] > 0 && addresses > 0) {
		if (header[2] == ROUTING_SOURCE)
			walk->dst = header + 8 + (size_t)(addresses - 1) * 16;
		else if (header[2] == ROUTING_SRH)
			walk->dst = header + 8; /* the list runs backwards */
	}
	next_protocol(walk, header[0]);
}

void ipv6_fragment_read(struct walk *walk)
{
	const uint8_t *header;
	uint16_t offset;

	if (walk->family != 6) {
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
		return;
	}
	header = walk_take(walk, 8);
	if (header == NULL)
		return;
	offset = get_be16(header + 2);
	if ((offset & 0xfff9) == 0) /* atomic: not a fragment at all, RFC 6946 */
		next_protocol(walk, header[0]);
	else
		ip_fragment(walk, header[0], get_be32(header + 4), offset & 0xfff8u,
		            (offset & 1) != 0);
}
