/* SPDX-License-Identifier: BSD-3-Clause */
/* Link types of capture cards and routers: Endace's ERF, Juniper's monitors. */
#include "base/bytes.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stddef.h>

#define ERF_MORE 0x80 /* of the type: an extension header of 8 octets follows */

struct erf_type {
	uint8_t number;
	uint8_t skip; /* octets before the frame */
	layer_fn *read;
};

/* clang-format off */
static const struct erf_type erf_types[] = {
	{  1, 0, ppp_hdlc_read },  /* HDLC_POS */
	{  2, 2, ethernet_read },  /* ETH: offset and padding first */
	{ 10, 0, ppp_hdlc_read },  /* COLOR_HDLC_POS */
	{ 11, 2, ethernet_read },  /* COLOR_ETH */
	{ 15, 0, ppp_hdlc_read },  /* DSM_COLOR_HDLC_POS */
	{ 16, 2, ethernet_read },  /* DSM_COLOR_ETH */
	{ 20, 2, ethernet_read },  /* COLOR_HASH_ETH */
	{ 22, 0, ipv4_read },
	{ 23, 0, ipv6_read },
};
/* clang-format on */

static void erf_next(struct walk *walk, uint8_t type)
{
	for (size_t i = 0; i < sizeof(erf_types) / sizeof(erf_types[0]); i++) {
		if (erf_types[i].number != type)
			continue;
		if (walk_take(walk, erf_types[i].skip) != NULL)
			walk->next = erf_types[i].read;
		return;
	}
	walk_stop(walk, TCPHS_SKIP_NOT_TCP);
}

/* time stamp 8 · type · flags · record length · colour or losses · length on the wire */
void erf_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 16);
	const uint8_t *extension;
	uint8_t more;

	if (header == NULL)
		return;
	for (more = header[8]; (more & ERF_MORE) != 0; more = extension[0]) {
		extension = walk_take(walk, 8);
		if (extension == NULL)
			return;
	}
	erf_next(walk, header[8] & (uint8_t)~ERF_MORE);
}

#define JUNIPER_MAGIC     0x4d4743 /* "MGC" */
#define JUNIPER_NO_L2     0x02     /* of the flags: a protocol number takes the frame's place */
#define JUNIPER_EXTENSION 0x80

static void juniper_read(struct walk *walk, layer_fn *frame)
{
	const uint8_t *header = walk_take(walk, 4);
	const uint8_t *length;

	if (header == NULL)
		return;
	if (get_be24(header) != JUNIPER_MAGIC) {
		walk_stop(walk, TCPHS_SKIP_MALFORMED);
		return;
	}
	if ((header[3] & JUNIPER_EXTENSION) != 0) {
		length = walk_take(walk, 2);
		if (length == NULL || walk_take(walk, get_be16(length)) == NULL)
			return;
	}
	if ((header[3] & JUNIPER_NO_L2) == 0)
		walk->next = frame;
	else if (walk_take(walk, 4) != NULL)
		next_ip(walk);
}

void juniper_ethernet_read(struct walk *walk)
{
	juniper_read(walk, ethernet_read);
}

void juniper_ppp_read(struct walk *walk)
{
	juniper_read(walk, ppp_read);
}

void juniper_framerelay_read(struct walk *walk)
{
	juniper_read(walk, framerelay_read);
}

void juniper_chdlc_read(struct walk *walk)
{
	juniper_read(walk, chdlc_read);
}
