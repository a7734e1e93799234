/* SPDX-License-Identifier: BSD-3-Clause */
/* The tables of next protocols: EtherTypes and IP protocols. */
#include "base/bytes.h"
#include "decode/decoder.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stddef.h>

static void not_tcp(struct walk *walk)
{
	walk_stop(walk, TCPHS_SKIP_NOT_TCP);
}

static void encrypted(struct walk *walk)
{
	walk_stop(walk, TCPHS_SKIP_ENCRYPTED);
}

struct ethertype {
	uint16_t number;
	layer_fn *read;
};

/* clang-format off */
static const struct ethertype ethertypes[] = {
	{ 0x0800, ipv4_read },
	{ 0x86dd, ipv6_read },
	{ 0x8100, vlan_read },     /* 802.1Q */
	{ 0x88a8, vlan_read },     /* 802.1ad */
	{ 0x9100, vlan_read },     /* QinQ before its standard */
	{ 0x9200, vlan_read },
	{ 0x8847, mpls_read },     /* RFC 5332: downstream assigned */
	{ 0x8848, mpls_read },     /* upstream assigned */
	{ 0x8864, pppoe_read },    /* session */
	{ 0x6558, bridged_read },  /* transparent Ethernet, as tunnels have it */
	{ 0x880b, ppp_read },
	{ 0x8870, llc_read },      /* LLC in a frame too long for a length field */
	{ 0x88e7, itag_read },     /* 802.1ah */
	{ 0x8926, vntag_read },
	{ 0x8909, metadata_read }, /* Cisco MetaData */
	{ 0x893f, etag_read },     /* 802.1BR */
	{ 0x8903, fabricpath_read },
	{ 0x88e5, macsec_read },   /* 802.1AE */
	{ 0x894f, nsh_read },
	{ 0x0806, not_tcp },       /* ARP */
	{ 0x8863, not_tcp },       /* PPPoE discovery */
	{ 0x8035, not_tcp },       /* RARP; SLARP in Cisco HDLC */
	{ 0x88cc, not_tcp },       /* LLDP */
	{ 0x888e, not_tcp },       /* 802.1X */
	{ 0x9000, not_tcp },       /* loopback test */
};

struct protocol {
	layer_fn *read;
	bool tunnel;
};

static const struct protocol protocols[256] = {
	/* number     layer                tunnel */
	[0]   = { ipv6_options_read,  false }, /* hop-by-hop options */
	[1]   = { icmp_read,          false },
	[2]   = { not_tcp,            false }, /* IGMP */
	[4]   = { ipv4_read,          true  }, /* IP in IP, RFC 2003 */
	[6]   = { tcp_read,           false },
	[17]  = { udp_read,           true  }, /* nothing but tunnels are looked for there */
	[41]  = { ipv6_read,          true  }, /* 6in4, RFC 4213 */
	[43]  = { ipv6_routing_read,  false },
	[44]  = { ipv6_fragment_read, false },
	[47]  = { gre_read,           true  },
	[50]  = { encrypted,          false }, /* ESP */
	[51]  = { ah_read,            false }, /* no tunnel by itself */
	[58]  = { icmpv6_read,        false },
	[59]  = { not_tcp,            false }, /* no next header */
	[60]  = { ipv6_options_read,  false }, /* destination options */
	[88]  = { not_tcp,            false }, /* EIGRP */
	[89]  = { not_tcp,            false }, /* OSPF */
	[97]  = { etherip_read,       true  }, /* RFC 3378 */
	[103] = { not_tcp,            false }, /* PIM */
	[108] = { encrypted,          false }, /* IPComp */
	[112] = { not_tcp,            false }, /* VRRP */
	[132] = { not_tcp,            false }, /* SCTP */
	[135] = { ipv6_options_read,  false }, /* mobility, RFC 6275 */
	[137] = { mpls_read,          true  }, /* RFC 4023 */
	[139] = { ipv6_options_read,  false }, /* host identity, RFC 7401 */
	[140] = { ipv6_options_read,  false }, /* Shim6, RFC 5533 */
};
/* clang-format on */

static layer_fn *ethertype_find(uint16_t type)
{
	for (size_t i = 0; i < sizeof(ethertypes) / sizeof(ethertypes[0]); i++)
		if (ethertypes[i].number == type)
			return ethertypes[i].read;
	return NULL;
}

bool next_ethertype_known(uint16_t type)
{
	return ethertype_find(type) != NULL;
}

void next_ethertype(struct walk *walk, uint16_t type)
{
	walk->next = ethertype_find(type);
	if (walk->next == NULL)
		decoder_unknown(walk, UNKNOWN_ETHERTYPE, type);
}

void next_protocol(struct walk *walk, uint8_t protocol)
{
	const struct protocol *entry = &protocols[protocol];

	if (entry->read == NULL)
		decoder_unknown(walk, UNKNOWN_PROTOCOL, protocol);
	else if (entry->tunnel && walk->decoder->options.no_decap)
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
	else
		walk->next = entry->read;
}

bool next_wanted(const struct walk *walk, uint8_t protocol)
{
	const struct protocol *entry = &protocols[protocol];

	return entry->read != NULL && entry->read != not_tcp && entry->read != encrypted &&
	       !(entry->tunnel && walk->decoder->options.no_decap);
}

void next_ip(struct walk *walk)
{
	const uint8_t *first = walk_peek(walk, 1);

	if (first != NULL && *first >> 4 == 4)
		walk->next = ipv4_read;
	else if (first != NULL && *first >> 4 == 6)
		walk->next = ipv6_read;
	else
		walk_stop(walk, first == NULL ? TCPHS_SKIP_CUT : TCPHS_SKIP_NOT_TCP);
}
