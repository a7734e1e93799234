/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * GRE (RFC 2784, keys and sequence RFC 2890, source routes RFC 1701), version 1 as PPTP uses
 * it (RFC 2637 §4.1), and ERSPAN in it.
 *
 *   C R K S s recur A flags ver · protocol · [checksum, offset] · [key] · [sequence] · [route]
 */
#include "base/bytes.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stddef.h>

#define FLAG_CHECKSUM 0x8000
#define FLAG_ROUTING  0x4000
#define FLAG_KEY      0x2000
#define FLAG_SEQUENCE 0x1000
#define FLAG_ACK      0x0080 /* version 1 */
#define VERSION_MASK  0x0007

#define TYPE_PPP        0x880b
#define TYPE_WCCP       0x883e
#define TYPE_ERSPAN     0x88be /* I and II */
#define TYPE_ARUBA      0x8200
#define TYPE_ERSPAN_III 0x22eb

#define ERSPAN_SESSION 0x03ff

#define ERSPAN_III_FRAME 0x7c00 /* frame type in the third word's low half: 0 Ethernet, 2 IP */
#define ERSPAN_III_IP    0x0800
#define ERSPAN_III_MORE  0x0001 /* 8 octets of platform's own follow */

/* No header of its own. */
static void erspan_1(struct walk *walk)
{
	walk_name(walk, WORD_ERSPAN);
	walk->next = ethernet_read;
}

/* The mirror session is one for both directions, and no more than a name. */
static void erspan_2(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 8);

	if (header == NULL)
		return;
	walk_name_id(walk, WORD_ERSPAN, get_be16(header + 2) & ERSPAN_SESSION);
	walk->next = ethernet_read;
}

static void erspan_3(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 12);
	uint16_t frame;

	if (header == NULL)
		return;
	frame = get_be16(header + 10);
	walk_name_id(walk, WORD_ERSPAN, get_be16(header + 2) & ERSPAN_SESSION);
	if ((frame & ERSPAN_III_MORE) != 0 && walk_take(walk, 8) == NULL)
		return;
	if ((frame & ERSPAN_III_FRAME) == ERSPAN_III_IP)
		next_ip(walk);
	else if ((frame & ERSPAN_III_FRAME) == 0)
		walk->next = ethernet_read;
	else
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
}

/* Version 2 of WCCP puts four octets before the packet, the first of them no IP version. */
static void wccp(struct walk *walk)
{
	const uint8_t *first = walk_peek(walk, 1);

	if (first != NULL && *first >> 4 != 4 && walk_take(walk, 4) == NULL)
		return;
	next_ip(walk);
}

static void gre_payload(struct walk *walk, uint16_t flags, uint16_t type)
{
	if (type == TYPE_ERSPAN && (flags & FLAG_SEQUENCE) != 0)
		erspan_2(walk);
	else if (type == TYPE_ERSPAN)
		erspan_1(walk);
	else if (type == TYPE_ERSPAN_III)
		erspan_3(walk);
	else if (type == TYPE_ARUBA)
		walk->next = wlan_inner_read;
	else if (type == TYPE_WCCP)
		wccp(walk);
	else
		next_ethertype(walk, type);
}

/* Source route entries: family, offset, length; an empty one ends the list. */
static const uint8_t *routes_take(struct walk *walk)
{
	const uint8_t *entry = walk_take(walk, 4);

	while (entry != NULL && entry[3] != 0)
		entry = walk_take(walk, entry[3]) != NULL ? walk_take(walk, 4) : NULL;
	return entry;
}

static void gre_version_0(struct walk *walk, uint16_t flags, uint16_t type)
{
	const uint8_t *key = NULL;

	if ((flags & (FLAG_CHECKSUM | FLAG_ROUTING)) != 0 && walk_take(walk, 4) == NULL)
		return;
	if ((flags & FLAG_KEY) != 0) {
		key = walk_take(walk, 4);
		if (key == NULL)
			return;
	}
	if ((flags & FLAG_SEQUENCE) != 0 && walk_take(walk, 4) == NULL)
		return;
	if ((flags & FLAG_ROUTING) != 0 && routes_take(walk) == NULL)
		return;
	if (key != NULL)
		walk_name_id(walk, WORD_GRE, get_be32(key));
	else
		walk_name(walk, WORD_GRE);
	gre_payload(walk, flags, type);
}

/* PPTP: payload length and call id, then numbers; without a payload it only acknowledges. */
static void gre_version_1(struct walk *walk, uint16_t flags, uint16_t type)
{
	const uint8_t *call = walk_take(walk, 4);

	if (call == NULL)
		return;
	if (type != TYPE_PPP || (flags & FLAG_SEQUENCE) == 0) {
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
		return;
	}
	if (walk_take(walk, (flags & FLAG_ACK) != 0 ? 8 : 4) == NULL)
		return;
	walk_name_id(walk, WORD_GRE, get_be16(call + 2));
	walk_limit(walk, get_be16(call));
	walk->next = ppp_read;
}

void gre_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 4);
	uint16_t flags;

	if (header == NULL)
		return;
	flags = get_be16(header);
	if ((flags & VERSION_MASK) == 0)
		gre_version_0(walk, flags, get_be16(header + 2));
	else if ((flags & VERSION_MASK) == 1)
		gre_version_1(walk, flags, get_be16(header + 2));
	else
		walk_stop(walk, TCPHS_SKIP_MALFORMED);
}
