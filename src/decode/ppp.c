/* SPDX-License-Identifier: BSD-3-Clause */
/* PPP (RFC 1661) bare, in HDLC-like framing (RFC 1662) and over Ethernet (RFC 2516); Cisco HDLC. */
#include "base/bytes.h"
#include "decode/decoder.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stddef.h>

#define ADDRESS_ALL        0xff
#define CONTROL_UI         0x03
#define CISCO_UNICAST      0x0f
#define CISCO_MULTICAST    0x8f
#define PPPOE_VERSION_TYPE 0x11
#define PPPOE_SESSION      0x00

#define PROTOCOL_IPV4       0x0021
#define PROTOCOL_MULTILINK  0x003d
#define PROTOCOL_ENCRYPTED  0x0053
#define PROTOCOL_IPV6       0x0057
#define PROTOCOL_COMPRESSED 0x00fd
#define PROTOCOL_MPLS       0x0281
#define PROTOCOL_CONTROL    0x8000 /* from here on LCP, IPCP and the like */

#define MULTILINK_WHOLE 0xc0 /* beginning and end in one fragment, RFC 1990 §3 */

/* One PPP fragment of several is not put together; most links send whole packets. */
static void multilink_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 4);

	if (header == NULL)
		return;
	if ((header[0] & MULTILINK_WHOLE) == MULTILINK_WHOLE)
		walk->next = ppp_read;
	else
		walk_stop(walk, TCPHS_SKIP_FRAGMENT);
}

struct ppp_protocol {
	uint16_t number;
	layer_fn *read;
};

static const struct ppp_protocol ppp_protocols[] = {
    {PROTOCOL_IPV4, ipv4_read},
    {PROTOCOL_IPV6, ipv6_read},
    {PROTOCOL_MPLS, mpls_read},
    {PROTOCOL_MULTILINK, multilink_read},
};

static void ppp_next(struct walk *walk, uint16_t protocol)
{
	for (size_t i = 0; i < sizeof(ppp_protocols) / sizeof(ppp_protocols[0]); i++) {
		if (ppp_protocols[i].number == protocol) {
			walk->next = ppp_protocols[i].read;
			return;
		}
	}
	if (protocol == PROTOCOL_ENCRYPTED || protocol == PROTOCOL_COMPRESSED)
		walk_stop(walk, TCPHS_SKIP_ENCRYPTED);
	else if (protocol >= PROTOCOL_CONTROL)
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
	else
		decoder_unknown(walk, UNKNOWN_PPP, protocol);
}

/* Address and control may be left out, and so may the protocol's first octet if it is zero:
 * the last octet of a protocol number is odd, all before it are even (RFC 1661 §2). */
void ppp_read(struct walk *walk)
{
	const uint8_t *header = walk_peek(walk, 2);

	if (walk->path_length > 1) /* else the link type's word says it */
		walk_name(walk, WORD_PPP);
	if (header != NULL && header[0] == ADDRESS_ALL && header[1] == CONTROL_UI)
		walk_take(walk, 2);
	header = walk_take(walk, 1);
	if (header == NULL)
		return;
	if ((header[0] & 1) != 0)
		ppp_next(walk, header[0]);
	else if (walk_take(walk, 1) != NULL)
		ppp_next(walk, get_be16(header));
}

/* The capturing program put the direction where the address was, or before it. */
void ppp_direction_read(struct walk *walk)
{
	if (walk_take(walk, 1) == NULL)
		return;
	if (walk_peek(walk, 1) != NULL && walk->at[0] == CONTROL_UI)
		walk_take(walk, 1);
	walk->next = ppp_read;
}

void chdlc_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 4);

	if (header != NULL)
		next_ethertype(walk, get_be16(header + 2));
}

void chdlc_direction_read(struct walk *walk)
{
	if (walk_take(walk, 1) != NULL)
		walk->next = chdlc_read;
}

void ppp_hdlc_read(struct walk *walk)
{
	const uint8_t *address = walk_peek(walk, 1);

	if (address != NULL && (*address == CISCO_UNICAST || *address == CISCO_MULTICAST))
		walk->next = chdlc_read;
	else
		walk->next = ppp_read;
}

void pppoe_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 6);

	if (header == NULL)
		return;
	if (header[0] != PPPOE_VERSION_TYPE || header[1] != PPPOE_SESSION) {
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
		return;
	}
	walk_name_id(walk, WORD_PPPOE, get_be16(header + 2));
	walk_limit(walk, get_be16(header + 4));
	walk->next = ppp_read;
}
