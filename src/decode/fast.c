/* SPDX-License-Identifier: BSD-3-Clause */
#include "decode/fast.h"

#include "base/bytes.h"
#include "decode/tcp.h"

#define LINKTYPE_ETHERNET 1u
#define ETHERTYPE_IPV4    0x0800
#define ETHERTYPE_VLAN    0x8100

#define ETHERNET_HEADER 14u
#define VLAN_HEADER     4u
#define IPV4_HEADER     20u
#define HEADERS         (ETHERNET_HEADER + IPV4_HEADER + TCP_HEADER_MIN)

#define IPV4_PLAIN     0x45   /* version 4, no options */
#define FRAGMENT_FIELD 0x3fff /* more fragments, and the offset */
#define PROTOCOL_TCP   6

/* The encapsulation of Ethernet with the VLAN tag `tag`, or without one: the tables' own ids,
 * the one without a tag remembered. */
static uint32_t fast_encap(struct tcphs_decoder *decoder, const uint8_t *tag)
{
	encap_step path[3] = {encap_step_plain(WORD_ETH), encap_step_plain(WORD_IP)};

	if (tag != NULL) {
		path[1] = encap_step_id(WORD_VLAN, get_be16(tag) & 0xfff);
		path[2] = encap_step_plain(WORD_IP);
		return encap_table_find(decoder->encaps, path, 3);
	}
	if (decoder->plain_encap == DECODER_NO_ENCAP)
		decoder->plain_encap = encap_table_find(decoder->encaps, path, 2);
	return decoder->plain_encap;
}

bool fast_packet(struct tcphs_decoder *decoder, const struct tcphs_packet *packet,
                 struct tcphs_segment *segment)
{
	const uint8_t *ip = packet->data + ETHERNET_HEADER;
	const uint8_t *tag = NULL;
	uint32_t captured = packet->caplen;
	uint32_t total;
	struct tcp_place place;

	if (packet->linktype != LINKTYPE_ETHERNET || captured < HEADERS + VLAN_HEADER ||
	    packet->fcs_length > 0)
		return false;
	if (get_be16(ip - 2) == ETHERTYPE_VLAN) {
		tag = ip;
		ip += VLAN_HEADER;
	}
	if (get_be16(ip - 2) != ETHERTYPE_IPV4 || ip[0] != IPV4_PLAIN ||
	    (get_be16(ip + 6) & FRAGMENT_FIELD) != 0 || ip[9] != PROTOCOL_TCP)
		return false;
	total = get_be16(ip + 2);
	if (total < IPV4_HEADER + TCP_HEADER_MIN)
		return false;
	captured -= (uint32_t)(ip - packet->data);
	place = (struct tcp_place){
	    .at = ip + IPV4_HEADER,
	    .captured = (captured < total ? captured : total) - IPV4_HEADER,
	    .length = total - IPV4_HEADER,
	    .src = ip + 12,
	    .dst = ip + 16,
	    .family = 4,
	    .ip_id = get_be16(ip + 4),
	    .encap = fast_encap(decoder, tag),
	    .verify = !decoder->options.no_checksum,
	};
	tcp_fill(segment, packet, &place);
	segment->retry = 0;
	segment->icmp_type = segment->icmp_code = 0;
	return true;
}
