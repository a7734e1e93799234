/* SPDX-License-Identifier: BSD-3-Clause */
/* GTP-U: version 1 (3GPP TS 29.281 §5) and version 0 (GSM 09.60 §6). */
#include "base/bytes.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stdbool.h>
#include <stddef.h>

#define FLAG_GTP      0x10 /* not GTP', which is charging data */
#define FLAG_OPTIONAL 0x07 /* sequence, N-PDU or extension: all three fields are there */
#define FLAG_EXTENDED 0x04

#define TYPE_G_PDU 0xff

/* Extension headers: length in 4 octets, content, type of the next one in the last octet. */
static bool extensions_take(struct walk *walk, uint8_t type)
{
	while (type != 0) {
		const uint8_t *header = walk_take(walk, 1);

		if (header == NULL || !walk_extend(walk, 1, *header * 4u))
			return false;
		type = header[*header * 4 - 1];
	}
	return true;
}

/* GTP' and what is no user's packet (echoes, signals) hold no TCP. */
static bool carries_packet(struct walk *walk, const uint8_t *header)
{
	bool carries = header[1] == TYPE_G_PDU && (header[0] & FLAG_GTP) != 0;

	if (!carries)
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
	return carries;
}

static void version_1(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 8);
	const uint8_t *optional;

	if (header == NULL || !carries_packet(walk, header))
		return;
	walk_limit(walk, get_be16(header + 2));
	if ((header[0] & FLAG_OPTIONAL) != 0) {
		optional = walk_take(walk, 4);
		if (optional == NULL)
			return;
		if ((header[0] & FLAG_EXTENDED) != 0 && !extensions_take(walk, optional[3]))
			return;
	}
	walk_name_id(walk, WORD_GTP, get_be32(header + 4));
	next_ip(walk);
}

static void version_0(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 20);

	if (header == NULL || !carries_packet(walk, header))
		return;
	walk_limit(walk, get_be16(header + 2));
	walk_name_id(walk, WORD_GTP, get_be16(header + 6)); /* the flow label */
	next_ip(walk);
}

void gtp_read(struct walk *walk)
{
	const uint8_t *first = walk_peek(walk, 1);

	if (first == NULL)
		walk_stop(walk, TCPHS_SKIP_CUT);
	else if (*first >> 5 == 1)
		version_1(walk);
	else if (*first >> 5 == 0)
		version_0(walk);
	else
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
}
