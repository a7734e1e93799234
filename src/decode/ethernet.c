/* SPDX-License-Identifier: BSD-3-Clause */
/* Ethernet II and 802.3, VLAN tags in any depth. */
#include "base/bytes.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stddef.h>

#define ETHERTYPE_MIN 0x600 /* below, the field is 802.3's length */

/* What follows an EtherType or length field of Ethernet and of VLAN tags. */
static void type_or_length(struct walk *walk, uint16_t type)
{
	if (type >= ETHERTYPE_MIN) {
		next_ethertype(walk, type);
		return;
	}
	walk_limit(walk, type);
	walk->next = llc_read;
}

void ethernet_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 14);

	if (header != NULL)
		type_or_length(walk, get_be16(header + 12));
}

void bridged_read(struct walk *walk)
{
	walk_name(walk, WORD_ETH);
	ethernet_read(walk);
}

void vlan_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 4);

	if (header == NULL)
		return;
	walk_name_id(walk, WORD_VLAN, get_be16(header) & 0xfff);
	type_or_length(walk, get_be16(header + 2));
}
