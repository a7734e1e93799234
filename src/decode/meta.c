/* SPDX-License-Identifier: BSD-3-Clause */
/* Link types whose header was made up by a firewall, an analyser or an operating system. */
#include "base/bytes.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stdbool.h>
#include <stddef.h>

#define NFLOG_PAYLOAD 9

struct nflog_tlv {
	uint32_t length, type;
};

static struct nflog_tlv nflog_tlv_get(const uint8_t *at, bool big)
{
	struct nflog_tlv tlv = {get_le16(at), get_le16(at + 2)};

	if (big)
		tlv = (struct nflog_tlv){get_be16(at), get_be16(at + 2)};
	return tlv;
}

/* Netfilter's log: family, version, resource, then values with length and type in the byte
 * order of whoever captured, padded to 4 octets. No type is above 255, which tells the order. */
void nflog_read(struct walk *walk)
{
	const uint8_t *at;

	if (walk_take(walk, 4) == NULL)
		return;
	while ((at = walk_take(walk, 4)) != NULL) {
		struct nflog_tlv tlv = nflog_tlv_get(at, at[2] == 0 && at[3] != 0);

		if (tlv.length < 4) {
			walk_stop(walk, TCPHS_SKIP_MALFORMED);
			return;
		}
		if (tlv.type == NFLOG_PAYLOAD) {
			walk_limit(walk, tlv.length - 4);
			next_ip(walk);
			return;
		}
		if (walk_take(walk, (tlv.length - 1) & ~3u) == NULL)
			return;
	}
}

/* OpenBSD's packet filter: the first octet is the header's length, padded to 4 octets. */
void pflog_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 4);

	if (header != NULL && walk_extend(walk, 4, (header[0] + 3u) & ~3u))
		next_ip(walk);
}

/* OpenBSD's IPsec: address family, SPI, flags. */
void enc_read(struct walk *walk)
{
	if (walk_take(walk, 12) != NULL)
		next_ip(walk);
}

/* BSD's SLIP: direction and the compressed header, 16 octets. */
void slip_read(struct walk *walk)
{
	if (walk_take(walk, 16) != NULL)
		next_ip(walk);
}

/* Solaris' IPNET: 24 octets about interfaces and zones. */
void ipnet_read(struct walk *walk)
{
	if (walk_take(walk, 24) != NULL)
		next_ip(walk);
}

/* Apple's PKTAP: its length, a record type, the link type that follows. */
void pktap_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 12);

	if (header != NULL && walk_extend(walk, 12, get_le32(header)))
		next_link(walk, get_le32(header + 8));
}

static void ethernet_behind(struct walk *walk, uint32_t count)
{
	if (walk_take(walk, count) != NULL)
		walk->next = ethernet_read;
}

/* netANALYZER: four octets of its own, without and with the preamble. */
void netanalyzer_read(struct walk *walk)
{
	ethernet_behind(walk, 4);
}

void netanalyzer_preamble_read(struct walk *walk)
{
	ethernet_behind(walk, 12);
}

/* IEEE 802.3ah EPON: the preamble, which holds the logical link id. */
void epon_read(struct walk *walk)
{
	ethernet_behind(walk, 8);
}

#define PREAMBLE     0x55
#define PREAMBLE_MAX 8

/* IEEE 802.3br: preamble, perhaps shortened, and a delimiter: an express frame's, or that of a
 * preemptable one's beginning. */
void mpacket_read(struct walk *walk)
{
	static const uint8_t delimiters[] = {0xd5, 0xe6, 0x4c, 0x7f, 0xb3};
	const uint8_t *octet = walk_take(walk, 1);

	for (unsigned i = 1; octet != NULL && *octet == PREAMBLE && i < PREAMBLE_MAX; i++)
		octet = walk_take(walk, 1);
	if (octet == NULL)
		return;
	for (size_t i = 0; i < sizeof(delimiters); i++) {
		if (*octet == delimiters[i]) {
			walk->next = ethernet_read;
			return;
		}
	}
	walk_stop(walk, TCPHS_SKIP_FRAGMENT);
}

#define DOCSIS_TYPE_MASK 0xfe /* of frame control: type and parameter */
#define DOCSIS_PACKET    0x00
#define DOCSIS_EXTENDED  0x01 /* an extended header follows */
#define DOCSIS_PRIVACY   0x30 /* its element types 3 and 4: baseline privacy */
#define DOCSIS_ENCRYPTED 0x80 /* of the element's second value octet */

/* Whether an extended header of `length` octets says that the packet is encrypted. */
static bool docsis_is_encrypted(const uint8_t *extended, uint32_t length)
{
	uint32_t at = 0;

	while (at + 3 < length) {
		unsigned type = extended[at] & 0xf0u;

		if (type == DOCSIS_PRIVACY || type == DOCSIS_PRIVACY + 0x10)
			return (extended[at + 2] & DOCSIS_ENCRYPTED) != 0;
		at += 1 + (extended[at] & 0x0fu);
	}
	return false;
}

/* DOCSIS: frame control, parameter, length, extended header, check sequence, Ethernet. */
void docsis_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 4);
	uint32_t extended;

	if (header == NULL)
		return;
	if ((header[0] & DOCSIS_TYPE_MASK) != DOCSIS_PACKET) {
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
		return;
	}
	extended = (header[0] & DOCSIS_EXTENDED) != 0 ? header[1] : 0;
	if (walk_take(walk, extended + 2) == NULL)
		return;
	if (docsis_is_encrypted(header + 4, extended))
		walk_stop(walk, TCPHS_SKIP_ENCRYPTED);
	else
		walk->next = ethernet_read;
}
