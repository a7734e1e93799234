/* SPDX-License-Identifier: BSD-3-Clause */
/* What capturing programs put before an 802.11 frame: radiotap, PPI, Prism, AVS. */
#include "base/bytes.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stdbool.h>
#include <stddef.h>

#define RADIOTAP_TSFT    0x00000001u
#define RADIOTAP_FLAGS   0x00000002u
#define RADIOTAP_MORE    0x80000000u /* another word of presence bits follows */
#define RADIOTAP_DATAPAD 0x20        /* of the flags: the 802.11 header is padded to 4 octets */

/* The radiotap flags octet, 0 if there is none. The fields stand in the order of the first
 * word's bits, each aligned to its size from the header's beginning. */
static uint8_t radiotap_flags(const uint8_t *header, uint32_t length)
{
	uint32_t present = get_le32(header + 4);
	uint32_t at = 8;

	for (uint32_t word = present; (word & RADIOTAP_MORE) != 0; at += 4) {
		if (at + 4 > length)
			return 0;
		word = get_le32(header + at);
	}
	if ((present & RADIOTAP_TSFT) != 0)
		at = ((at + 7) & ~7u) + 8;
	return (present & RADIOTAP_FLAGS) != 0 && at < length ? header[at] : 0;
}

void radiotap_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 8);
	uint8_t flags;

	if (header == NULL || !walk_extend(walk, 8, get_le16(header + 2)))
		return;
	flags = radiotap_flags(header, get_le16(header + 2));
	walk->next = (flags & RADIOTAP_DATAPAD) != 0 ? wlan_padded_read : wlan_read;
}

/* Per-packet information: its length, and the link type that follows. */
void ppi_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 8);

	if (header != NULL && walk_extend(walk, 8, get_le16(header + 2)))
		next_link(walk, get_le32(header + 4));
}

#define PRISM_MESSAGE 0x44 /* in the byte order of whoever captured */
#define AVS_MAGIC     0x80211000u

/* An AVS header may come under Prism's link type. Both say their length in the second word. */
void prism_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 8);
	bool big;

	if (header == NULL)
		return;
	big = (get_be32(header) & 0xfffff000u) == AVS_MAGIC || get_be32(header) == PRISM_MESSAGE;
	if (walk_extend(walk, 8, big ? get_be32(header + 4) : get_le32(header + 4)))
		walk->next = wlan_read;
}
