/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ICMP (RFC 792) and ICMPv6 (RFC 4443) errors. They quote the beginning of the packet they
 * complain about, so the walk goes on with the quoted packet in the place of the one that
 * carries the error: its IP layer leaves the path, and tcp.c sees walk->quote.
 */
#include "decode/layers.h"
#include "decode/next.h"

#include <stdbool.h>
#include <stddef.h>

#define ICMP_HEADER 8u

static void quote_enter(struct walk *walk, uint64_t errors)
{
	const uint8_t *header = walk_take(walk, ICMP_HEADER);

	if (header == NULL)
		return;
	if (walk->quote != NULL || header[0] >= 64 || (errors >> header[0] & 1) == 0) {
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
		return;
	}
	walk->quote = header;
	walk->quote_from = walk->src;
	walk->quote_family = walk->family;
	walk->path_length = walk->ip_path;
	next_ip(walk);
}

#define TYPE(n) (UINT64_C(1) << (n))

/* Unreachable, source quench, redirect, time exceeded, parameter problem. */
void icmp_read(struct walk *walk)
{
	quote_enter(walk, TYPE(3) | TYPE(4) | TYPE(5) | TYPE(11) | TYPE(12));
}

/* Unreachable, too big, time exceeded, parameter problem. */
void icmpv6_read(struct walk *walk)
{
	quote_enter(walk, TYPE(1) | TYPE(2) | TYPE(3) | TYPE(4));
}
