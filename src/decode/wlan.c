/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * IEEE 802.11 data frames in the clear.
 *
 *   frame control 2 · duration 2 · addresses 3×6 · sequence 2 · [address 4: 6] · [QoS 2 ·
 *   [HT control 4]] · [padding] · LLC
 */
#include "base/bytes.h"
#include "decode/layers.h"

#include <stdbool.h>
#include <stddef.h>

#define TYPE_MASK       0x0f /* of the first octet: version and type */
#define TYPE_DATA       0x08
#define SUBTYPE_NO_DATA 0x40
#define SUBTYPE_QOS     0x80

#define FLAG_TO_DS     0x01 /* of the second octet */
#define FLAG_FROM_DS   0x02
#define FLAG_MORE      0x04
#define FLAG_RETRY     0x08
#define FLAG_PROTECTED 0x40
#define FLAG_ORDER     0x80

#define FRAGMENT_MASK 0x000f /* of the sequence control field */
#define QOS_AMSDU     0x80

static uint32_t header_length(uint8_t control, uint8_t flags)
{
	uint32_t length = 24;

	if ((flags & FLAG_TO_DS) != 0 && (flags & FLAG_FROM_DS) != 0)
		length += 6;
	if ((control & SUBTYPE_QOS) != 0)
		length += (flags & FLAG_ORDER) != 0 ? 6 : 2;
	return length;
}

/* The offset of the QoS field in a header of `length` octets. */
static uint32_t qos_offset(uint8_t flags, uint32_t length)
{
	return (flags & FLAG_ORDER) != 0 ? length - 6 : length - 2;
}

/* Of several frames in one, the first: its own addresses and length, then LLC. */
static void amsdu_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 14);

	if (header == NULL)
		return;
	walk_limit(walk, get_be16(header + 12));
	walk->next = llc_read;
}

/* `swapped`: some access points send the frame control field in their own byte order. */
static void frame_read(struct walk *walk, bool padded, bool swapped)
{
	const uint8_t *header = walk_peek(walk, 2);
	uint8_t control, flags;
	uint32_t length;

	if (header == NULL) {
		walk_stop(walk, TCPHS_SKIP_CUT);
		return;
	}
	control = header[swapped ? 1 : 0];
	flags = header[swapped ? 0 : 1];
	if ((control & TYPE_MASK) != TYPE_DATA || (control & SUBTYPE_NO_DATA) != 0) {
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
		return;
	}
	length = header_length(control, flags);
	if (walk_take(walk, padded ? (length + 3) & ~3u : length) == NULL)
		return;
	walk->retry = (flags & FLAG_RETRY) != 0;
	if ((flags & FLAG_PROTECTED) != 0)
		walk_stop(walk, TCPHS_SKIP_ENCRYPTED);
	else if ((flags & FLAG_MORE) != 0 || (get_le16(header + 22) & FRAGMENT_MASK) != 0)
		walk_stop(walk, TCPHS_SKIP_FRAGMENT);
	else if ((control & SUBTYPE_QOS) != 0 &&
	         (header[qos_offset(flags, length)] & QOS_AMSDU) != 0)
		walk->next = amsdu_read;
	else
		walk->next = llc_read;
}

void wlan_read(struct walk *walk)
{
	frame_read(walk, false, false);
}

void wlan_padded_read(struct walk *walk)
{
	frame_read(walk, true, false);
}

/* In a tunnel from an access point: a data frame in either byte order. */
void wlan_inner_read(struct walk *walk)
{
	const uint8_t *control = walk_peek(walk, 2);

	walk_name(walk, WORD_WLAN);
	frame_read(walk, false,
	           control != NULL && (control[0] & TYPE_MASK) != TYPE_DATA &&
	               (control[1] & TYPE_MASK) == TYPE_DATA);
}
