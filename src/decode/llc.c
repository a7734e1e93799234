/* SPDX-License-Identifier: BSD-3-Clause */
/* IEEE 802.2 LLC and SNAP (RFC 1042), under every 802 link but Ethernet II. */
#include "base/bytes.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stddef.h>

#define SAP_IP   0x06
#define SAP_SNAP 0xaa
#define UI       0x03 /* unnumbered information */

#define OUI_ETHERTYPE 0x000000
#define OUI_802_1H    0x0000f8
#define OUI_802_1     0x0080c2 /* bridged frames, RFC 2427 §4.2, RFC 2684 §5.2 */

#define BRIDGED_ETHERNET_FCS 0x0001
#define BRIDGED_ETHERNET     0x0007

void snap_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 5);
	uint16_t type;
	uint32_t oui;

	if (header == NULL)
		return;
	oui = get_be24(header);
	type = get_be16(header + 3);
	if (oui == OUI_ETHERTYPE || oui == OUI_802_1H)
		next_ethertype(walk, type);
	else if (oui == OUI_802_1 && (type == BRIDGED_ETHERNET_FCS || type == BRIDGED_ETHERNET))
		walk->next = ethernet_read;
	else
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
}

void llc_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 3);

	if (header == NULL)
		return;
	if (header[0] == SAP_SNAP && header[1] == SAP_SNAP && header[2] == UI)
		walk->next = snap_read;
	else if (header[0] == SAP_IP && header[1] == SAP_IP && header[2] == UI)
		walk->next = ipv4_read;
	else
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
}
