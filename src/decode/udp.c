/* SPDX-License-Identifier: BSD-3-Clause */
/* UDP (RFC 768), for the tunnels in it: a table of ports. */
#include "decode/udp.h"

#include "base/bytes.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stddef.h>

struct port {
	uint16_t number;
	layer_fn *read;
};

/* clang-format off */
static const struct port ports[] = {
	{ 4789, vxlan_read },     /* RFC 7348 */
	{ 8472, vxlan_read },     /* Linux before the number was assigned */
	{ 4790, vxlan_gpe_read }, /* draft-ietf-nvo3-vxlan-gpe */
	{ 6081, geneve_read },    /* RFC 8926 */
	{ 2152, gtp_read },       /* 3GPP TS 29.281 */
	{ 3386, gtp_read },       /* its version 0, GSM 09.60 */
	{ 1701, l2tp_read },      /* RFC 2661 */
	{ 3544, teredo_read },    /* RFC 4380 */
	{ 4341, lisp_read },      /* RFC 9300 */
	{ 4500, esp_udp_read },   /* RFC 3948 */
	{ 4754, gre_read },       /* RFC 8086 */
	{ 6635, mpls_read },      /* RFC 7510 */
	{ 5072, ayiya_read },     /* draft-massar-v6ops-ayiya */
	{ 5247, capwap_read },    /* RFC 5415, data */
	{ 37008, tzsp_read },
};
/* clang-format on */

static layer_fn *port_find(uint16_t number)
{
	for (size_t i = 0; i < sizeof(ports) / sizeof(ports[0]); i++)
		if (ports[i].number == number)
			return ports[i].read;
	return NULL;
}

/* Answers come back to the well-known port or from it. */
static layer_fn *tunnel_find(const uint8_t *header)
{
	layer_fn *tunnel = port_find(get_be16(header + 2));

	return tunnel != NULL ? tunnel : port_find(get_be16(header));
}

bool udp_is_tunnel(const uint8_t *header)
{
	return tunnel_find(header) != NULL;
}

void udp_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 8);
	layer_fn *tunnel;

	if (header == NULL)
		return;
	tunnel = tunnel_find(header);
	if (tunnel == NULL) {
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
		return;
	}
	if (get_be16(header + 4) >= 8) /* 0: left to the NIC */
		walk_limit(walk, get_be16(header + 4) - 8u);
	walk_name(walk, WORD_UDP);
	walk->next = tunnel;
}
