/* SPDX-License-Identifier: BSD-3-Clause */
/* Local networks other than Ethernet: token ring, FDDI, ARCNET, InfiniBand, FireWire, … */
#include "base/bytes.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stdbool.h>
#include <stddef.h>

/* A MAC header whose frame control octet, at `control`, tells LLC from management frames by
 * the bits of `mask`; LLC follows. */
static const uint8_t *mac_take(struct walk *walk, uint32_t length, unsigned control, uint8_t mask,
                               uint8_t llc)
{
	const uint8_t *header = walk_take(walk, length);

	if (header == NULL)
		return NULL;
	if ((header[control] & mask) != llc) {
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
		return NULL;
	}
	walk->next = llc_read;
	return header;
}

#define ROUTED       0x80 /* in the source address: routing information follows */
#define ROUTE_LENGTH 0x1f

/* IEEE 802.5: access control, frame control, destination, source. */
void tokenring_read(struct walk *walk)
{
	const uint8_t *header = mac_take(walk, 14, 1, 0xc0, 0x40);
	const uint8_t *route;

	if (header == NULL || (header[8] & ROUTED) == 0)
		return;
	route = walk_take(walk, 2);
	if (route != NULL)
		walk_extend(walk, 2, *route & ROUTE_LENGTH);
}

/* ANSI X3.139: frame control, destination, source. */
void fddi_read(struct walk *walk)
{
	mac_take(walk, 13, 0, 0x50, 0x50);
}

#define ARCNET_IP_1051 240 /* RFC 1051: no more header */
#define ARCNET_IP      212 /* RFC 1201: flag and sequence follow */
#define ARCNET_IPV6    196
#define ARCNET_EXCEPT  0xff /* the flag of an exception frame, with a second header */

/* `type` is the protocol id; the walk stands behind it. */
static void arcnet_next(struct walk *walk, uint8_t type)
{
	const uint8_t *flags;

	if (type == ARCNET_IP_1051) {
		next_ip(walk);
		return;
	}
	if (type != ARCNET_IP && type != ARCNET_IPV6) {
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
		return;
	}
	flags = walk_take(walk, 3);
	if (flags != NULL && flags[0] == ARCNET_EXCEPT) {
		flags = walk_take(walk, 4);
		if (flags != NULL)
			flags++; /* behind the repeated protocol */
	}
	if (flags == NULL)
		return;
	if (flags[0] != 0) /* one of several pieces; they are not put together */
		walk_stop(walk, TCPHS_SKIP_FRAGMENT);
	else
		next_ip(walk);
}

void arcnet_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 3);

	if (header != NULL)
		arcnet_next(walk, header[2]);
}

/* Linux shows two octets of offset between the addresses and the protocol. */
void arcnet_linux_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 5);

	if (header != NULL)
		arcnet_next(walk, header[4]);
}

/* RFC 4391 §6: 40 octets of pseudo-header, an EtherType, two reserved octets. */
void ipoib_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 44);

	if (header != NULL)
		next_ethertype(walk, get_be16(header + 40));
}

/* Apple's IP over IEEE 1394: two addresses of 8 octets, an EtherType. */
void firewire_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 18);

	if (header != NULL)
		next_ethertype(walk, get_be16(header + 16));
}

/* IP over Fibre Channel (RFC 2625 §3): the network header's two addresses, then LLC. */
void fibrechannel_read(struct walk *walk)
{
	if (walk_take(walk, 16) != NULL)
		walk->next = llc_read;
}
