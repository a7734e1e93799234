/* SPDX-License-Identifier: BSD-3-Clause */
/* Frame relay (Q.922) with RFC 2427 encapsulation, or Cisco's, an EtherType. */
#include "base/bytes.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stddef.h>

#define ADDRESS_MAX   4
#define ADDRESS_LAST  0x01 /* the extension bit ends the address */
#define CONTROL_UI    0x03
#define NLPID_PADDING 0x00
#define NLPID_SNAP    0x80
#define NLPID_IPV6    0x8e
#define NLPID_IPV4    0xcc

static void nlpid_read(struct walk *walk)
{
	const uint8_t *nlpid = walk_take(walk, 1);

	if (nlpid != NULL && *nlpid == NLPID_PADDING)
		nlpid = walk_take(walk, 1);
	if (nlpid == NULL)
		return;
	if (*nlpid == NLPID_IPV4)
		walk->next = ipv4_read;
	else if (*nlpid == NLPID_IPV6)
		walk->next = ipv6_read;
	else if (*nlpid == NLPID_SNAP)
		walk->next = snap_read;
	else
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
}

void framerelay_read(struct walk *walk)
{
	const uint8_t *octet;
	unsigned count = 0;

	do {
		octet = walk_take(walk, 1);
		if (octet == NULL)
			return;
		count++;
	} while ((*octet & ADDRESS_LAST) == 0 && count < ADDRESS_MAX);
	octet = walk_peek(walk, 1);
	if (octet != NULL && *octet == CONTROL_UI) {
		walk_take(walk, 1);
		walk->next = nlpid_read;
		return;
	}
	octet = walk_take(walk, 2);
	if (octet != NULL)
		next_ethertype(walk, get_be16(octet));
}

void framerelay_direction_read(struct walk *walk)
{
	if (walk_take(walk, 1) != NULL)
		walk->next = framerelay_read;
}
