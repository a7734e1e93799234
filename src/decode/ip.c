/* SPDX-License-Identifier: BSD-3-Clause */
#include "decode/ip.h"

#include "decode/decoder.h"
#include "decode/fragment.h"
#include "decode/next.h"
#include "decode/udp.h"

#include <stddef.h>

void ip_enter(struct walk *walk, uint32_t length)
{
	walk->wire = length;
	if (walk->left > length)
		walk->left = length;
}

#define PROTOCOL_UDP 17

/* Whether the first fragment of a datagram promises a segment. Most large UDP datagrams don't,
 * and are not worth the memory. */
static bool is_wanted(const struct walk *walk, uint8_t protocol)
{
	const uint8_t *ports = walk_peek(walk, 4);

	if (protocol == PROTOCOL_UDP && ports != NULL && !udp_is_tunnel(ports))
		return false;
	return next_wanted(walk, protocol);
}

void ip_fragment(struct walk *walk, uint8_t protocol, uint32_t id, uint32_t offset, bool more)
{
	struct fragment_whole whole;
	struct fragment fragment = {
	    .src = walk->src,
	    .dst = walk->dst,
	    .family = walk->family,
	    .id = id,
	    .path = encap_table_hash(walk->decoder->encaps, walk->path, walk->path_length),
	    .protocol = protocol,
	    .more = more,
	    .offset = offset,
	    .length = walk->wire,
	    .data = walk->at,
	    .captured = walk->left,
	    .time = walk->packet->time,
	    .packet = walk->packet->number,
	    .packets = walk->decoder->pieces,
	    .packet_count = walk->decoder->piece_count,
	};

	if (walk->quote != NULL) { /* the rest is not quoted */
		if (offset == 0)
			next_protocol(walk, protocol);
		else
			walk_stop(walk, TCPHS_SKIP_NOT_TCP);
		return;
	}
	/* With IPv6 the first fragment alone knows what the datagram carries. */
	if (walk->family == 4 && !next_wanted(walk, protocol)) {
		next_protocol(walk, protocol);
		return;
	}
	if (more && fragment.length % 8 != 0) {
		walk_stop(walk, TCPHS_SKIP_MALFORMED);
		return;
	}
	fragment.unwanted = offset == 0 && !is_wanted(walk, protocol);
	switch (fragment_table_add(walk->decoder->fragments, &fragment, &whole)) {
	case FRAGMENT_WAITS:
		walk_stop(walk, TCPHS_SKIP_FRAGMENT);
		return;
	case FRAGMENT_UNWANTED:
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
		return;
	case FRAGMENT_DROPPED:
		walk_stop(walk, TCPHS_SKIP_MALFORMED);
		return;
	case FRAGMENT_WHOLE:
		walk->at = whole.data;
		walk->left = whole.captured;
		walk->wire = whole.length;
		walk->decoder->pieces = whole.packets;
		walk->decoder->piece_count = whole.packet_count;
		next_protocol(walk, whole.protocol);
	}
}
