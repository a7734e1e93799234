/* SPDX-License-Identifier: BSD-3-Clause */
/* Overlays with a 24-bit network id: VXLAN (RFC 7348), VXLAN-GPE, Geneve (RFC 8926); NSH. */
#include "base/bytes.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stddef.h>

#define VXLAN_ID_VALID 0x08 /* the only flag that must be set, RFC 7348 §5 */

void vxlan_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 8);

	if (header == NULL)
		return;
	if ((header[0] & VXLAN_ID_VALID) == 0) {
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
		return;
	}
	walk_name_id(walk, WORD_VXLAN, get_be24(header + 4));
	walk->next = bridged_read;
}

/* The next protocol of VXLAN-GPE and of NSH (RFC 8300 §2.2), by number. */
static void next_numbered(struct walk *walk, uint8_t number)
{
	static layer_fn *const layers[] = {NULL,         ipv4_read, ipv6_read,
	                                   bridged_read, nsh_read,  mpls_read};

	if (number < sizeof(layers) / sizeof(layers[0]) && layers[number] != NULL)
		walk->next = layers[number];
	else
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
}

#define GPE_NEXT 0x04 /* the next protocol is given; else it is VXLAN and Ethernet */

void vxlan_gpe_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 8);

	if (header == NULL)
		return;
	walk_name_id(walk, WORD_VXLAN, get_be24(header + 4));
	if ((header[0] & GPE_NEXT) != 0)
		next_numbered(walk, header[3]);
	else
		walk->next = bridged_read;
}

#define NSH_LENGTH 0x3f /* in 4 octets, the first header word included */

void nsh_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 8);

	if (header == NULL || !walk_extend(walk, 8, (header[1] & NSH_LENGTH) * 4u))
		return;
	walk_name_id(walk, WORD_NSH, get_be24(header + 4));
	next_numbered(walk, header[3]);
}

#define GENEVE_OPTIONS 0x3f /* their length in 4 octets */

void geneve_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 8);

	if (header == NULL)
		return;
	if (header[0] >> 6 != 0) {
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
		return;
	}
	if (walk_take(walk, (header[0] & GENEVE_OPTIONS) * 4u) == NULL)
		return;
	walk_name_id(walk, WORD_GENEVE, get_be24(header + 4));
	next_ethertype(walk, get_be16(header + 2));
}
