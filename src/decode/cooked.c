/* SPDX-License-Identifier: BSD-3-Clause */
/* Link types that an operating system makes up: Linux cooked, BSD null and loop, bare IP. */
#include "base/bytes.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stddef.h>

#define ARPHRD_NETLINK 824

#define SLL_TYPE_MIN   0x600 /* below: no EtherType but one of Linux's own numbers */
#define SLL_TYPE_802_2 0x0004

static void sll_next(struct walk *walk, uint16_t hardware, uint16_t type)
{
	if (hardware == ARPHRD_NETLINK)
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
	else if (type >= SLL_TYPE_MIN)
		next_ethertype(walk, type);
	else if (type == SLL_TYPE_802_2)
		walk->next = llc_read;
	else
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
}

void sll_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 16);

	if (header != NULL)
		sll_next(walk, get_be16(header + 2), get_be16(header + 14));
}

void sll2_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 20);

	if (header != NULL)
		sll_next(walk, get_be16(header + 8), get_be16(header));
}

/* The address family differs between systems (IPv6 is 10, 24, 28 or 30) and its byte order
 * with whoever captured; the IP version says the same without doubt. */
void null_read(struct walk *walk)
{
	if (walk_take(walk, 4) != NULL)
		next_ip(walk);
}

void raw_read(struct walk *walk)
{
	next_ip(walk);
}
