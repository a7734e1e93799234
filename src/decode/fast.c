/* SPDX-License-Identifier: BSD-3-Clause */
#include "decode/fast.h"

#include "base/bytes.h"
#include "base/fetch.h"
#include "decode/tcp.h"

#define LINKTYPE_ETHERNET 1u
#define ETHERTYPE_IPV4    0x0800
#define ETHERTYPE_IPV6    0x86dd
#define ETHERTYPE_VLAN    0x8100

#define FETCH_AHEAD 6 /* packets; their headers may not be in a cache near by yet */

#define ETHERNET_HEADER 14u
#define VLAN_HEADER     4u
#define IPV4_HEADER     20u
#define IPV6_HEADER     40u

#define IPV4_PLAIN     0x45   /* version 4, no options */
#define FRAGMENT_FIELD 0x3fff /* more fragments, and the offset */

/* The encapsulation of Ethernet with the VLAN tag `tag`, or without one: the table's own ids,
 * those without a tag remembered. */
static uint32_t fast_encap(struct tcphs_decoder *decoder, const uint8_t *tag, uint8_t family)
{
	uint32_t *plain = &decoder->plain_encap[family == 6];
	encap_step path[3], ip;

	if (tag == NULL && *plain != DECODER_NO_ENCAP)
		return *plain;
	ip = encap_step_plain(family == 4 ? WORD_IP : WORD_IPV6);
	path[0] = encap_step_plain(WORD_ETH);
	path[1] = ip;
	if (tag == NULL)
		return *plain = encap_table_find(decoder->encaps, path, 2);
	path[1] = encap_step_id(WORD_VLAN, get_be16(tag) & 0xfff);
	path[2] = ip;
	return encap_table_find(decoder->encaps, path, 3);
}

/* The IP header at `ip`, `captured` octets of it and what follows: where its TCP header is.
 * False if it is none of the plain kind. */
static INLINE bool fast_ipv4(struct tcp_place *place, const uint8_t *ip, uint32_t captured)
{
	uint32_t total;

	if (captured < IPV4_HEADER + TCP_HEADER_MIN || ip[0] != IPV4_PLAIN ||
	    (get_be16(ip + 6) & FRAGMENT_FIELD) != 0 || ip[9] != PROTOCOL_TCP)
		return false;
	total = get_be16(ip + 2);
	if (total < IPV4_HEADER + TCP_HEADER_MIN)
		return false;
	place->at = ip + IPV4_HEADER;
	place->captured = (captured < total ? captured : total) - IPV4_HEADER;
	place->length = total - IPV4_HEADER;
	place->src = ip + 12;
	place->dst = ip + 16;
	place->family = 4;
	place->ip_id = get_be16(ip + 4);
	return true;
}

static INLINE bool fast_ipv6(struct tcp_place *place, const uint8_t *ip, uint32_t captured)
{
	uint32_t length;

	if (captured < IPV6_HEADER + TCP_HEADER_MIN || ip[0] >> 4 != 6 || ip[6] != PROTOCOL_TCP)
		return false;
	length = get_be16(ip + 4);
	if (length < TCP_HEADER_MIN)
		return false;
	captured -= IPV6_HEADER;
	place->at = ip + IPV6_HEADER;
	place->captured = captured < length ? captured : length;
	place->length = length;
	place->src = ip + 8;
	place->dst = ip + 24;
	place->family = 6;
	place->ip_id = 0;
	return true;
}

/* The TCP header is there: in line for each family. */
static INLINE void fast_fill(struct tcphs_decoder *decoder, const struct tcphs_packet *packet,
                             const uint8_t *tag, struct tcp_place *place,
                             struct tcphs_segment *segment)
{
	place->encap = fast_encap(decoder, tag, place->family);
	place->verify = !decoder->options.no_checksum;
	tcp_fill(segment, packet, place);
	segment->retry = 0;
	segment->icmp_type = segment->icmp_code = 0;
}

static INLINE bool fast_packet(struct tcphs_decoder *decoder, const struct tcphs_packet *packet,
                               struct tcphs_segment *segment)
{
	const uint8_t *ip = packet->data + ETHERNET_HEADER;
	const uint8_t *tag = NULL;
	struct tcp_place place;
	uint32_t captured;
	uint16_t type;

	if (packet->linktype != LINKTYPE_ETHERNET || packet->fcs_length > 0 ||
	    packet->caplen < ETHERNET_HEADER + VLAN_HEADER)
		return false;
	type = get_be16(ip - 2);
	if (type == ETHERTYPE_VLAN) {
		tag = ip;
		ip += VLAN_HEADER;
		type = get_be16(ip - 2);
	}
	captured = packet->caplen - (uint32_t)(ip - packet->data);
	if (type == ETHERTYPE_IPV4 && fast_ipv4(&place, ip, captured))
		fast_fill(decoder, packet, tag, &place, segment);
	else if (type == ETHERTYPE_IPV6 && fast_ipv6(&place, ip, captured))
		fast_fill(decoder, packet, tag, &place, segment);
	else
		return false;
	return true;
}

size_t fast_packets(struct tcphs_decoder *decoder, const struct tcphs_packet *packets, size_t count,
                    struct tcphs_segment *segments)
{
	size_t done = 0;

	while (done < count) {
		if (done + FETCH_AHEAD < count)
			fetch_line(packets[done + FETCH_AHEAD].data);
		if (!fast_packet(decoder, &packets[done], &segments[done]))
			break;
		done++;
	}
	return done;
}
