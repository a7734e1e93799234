/* SPDX-License-Identifier: BSD-3-Clause */
/* Tags between an Ethernet header and what it carries, other than VLANs. */
#include "base/bytes.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stddef.h>

/* IEEE 802.1ah: flags and a 24-bit service id, then the customer's whole frame. */
void itag_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 4);

	if (header == NULL)
		return;
	walk_name_id(walk, WORD_ITAG, get_be24(header + 1));
	walk->next = ethernet_read;
}

/* Cisco's VN-Tag: which virtual port, which may differ per direction: no id. */
void vntag_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 6);

	if (header == NULL)
		return;
	walk_name(walk, WORD_VNTAG);
	next_ethertype(walk, get_be16(header + 4));
}

/* IEEE 802.1BR: a port extender's channels, per direction: no id. */
void etag_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 8);

	if (header == NULL)
		return;
	walk_name(walk, WORD_ETAG);
	next_ethertype(walk, get_be16(header + 6));
}

/* Cisco's FabricPath: switch addresses outside, a topology tag, then the whole frame. */
void fabricpath_read(struct walk *walk)
{
	if (walk_take(walk, 2) == NULL)
		return;
	walk_name(walk, WORD_FABRICPATH);
	walk->next = ethernet_read;
}

/* Cisco MetaData: version, length in 4 octets, options, the EtherType. */
void metadata_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 2);
	const uint8_t *type;

	if (header == NULL || !walk_extend(walk, 2, 2 + header[1] * 4u))
		return;
	walk_name(walk, WORD_CMD);
	type = walk_take(walk, 2);
	if (type != NULL)
		next_ethertype(walk, get_be16(type));
}

#define MACSEC_SCI       0x20 /* of the first octet: 8 more octets of identifier */
#define MACSEC_ENCRYPTED 0x0c /* encrypted, or changed otherwise */

/* IEEE 802.1AE: authenticated frames are in the clear, with 16 octets of check value behind. */
void macsec_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 6);

	if (header == NULL || !walk_extend(walk, 6, (header[0] & MACSEC_SCI) != 0 ? 14 : 6))
		return;
	if ((header[0] & MACSEC_ENCRYPTED) != 0) {
		walk_stop(walk, TCPHS_SKIP_ENCRYPTED);
		return;
	}
	walk_name(walk, WORD_MACSEC);
	header = walk_take(walk, 2);
	if (header != NULL)
		next_ethertype(walk, get_be16(header));
}
