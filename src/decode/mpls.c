/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * MPLS label stacks (RFC 3032). What a stack carries is not said; the first nibble behind it
 * tells IP (RFC 4928 §2) from a pseudowire's control word or a bare Ethernet frame (RFC 4448).
 */
#include "base/bytes.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stdbool.h>
#include <stddef.h>

#define BOTTOM_OF_STACK 0x100

#define ETHERTYPE_AT 12 /* in an Ethernet frame */

static bool is_ethernet(const struct walk *walk, uint32_t offset)
{
	const uint8_t *frame = walk_peek(walk, offset + ETHERTYPE_AT + 2);

	return frame != NULL && next_ethertype_known(get_be16(frame + offset + ETHERTYPE_AT));
}

static void mpls_payload(struct walk *walk)
{
	const uint8_t *first = walk_peek(walk, 1);

	if (first == NULL)
		walk_stop(walk, TCPHS_SKIP_CUT);
	else if (*first >> 4 == 4 || *first >> 4 == 6)
		next_ip(walk);
	else if (is_ethernet(walk, 0))
		walk->next = bridged_read;
	else if (*first >> 4 == 0 && is_ethernet(walk, 4) && walk_take(walk, 4) != NULL)
		walk->next = bridged_read;
	else
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
}

void mpls_read(struct walk *walk)
{
	const uint8_t *entry = walk_take(walk, 4);

	if (entry == NULL)
		return;
	walk_name_id(walk, WORD_MPLS, get_be32(entry) >> 12);
	if ((get_be32(entry) & BOTTOM_OF_STACK) == 0)
		walk->next = mpls_read;
	else
		mpls_payload(walk);
}
