/* SPDX-License-Identifier: BSD-3-Clause */
/* Small tunnels: L2TP (RFC 2661), Teredo (RFC 4380), AYIYA, LISP (RFC 9300), AH (RFC 4302),
 * EtherIP. */
#include "base/bytes.h"
#include "decode/layers.h"
#include "decode/next.h"

#include <stdbool.h>
#include <stddef.h>

#define L2TP_CONTROL  0x8000
#define L2TP_LENGTH   0x4000
#define L2TP_SEQUENCE 0x0800
#define L2TP_OFFSET   0x0200
#define L2TP_VERSION  0x000f

/* flags · [length] · tunnel · session · [Ns Nr] · [offset size, padding] · PPP */
void l2tp_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 2);
	const uint8_t *ids;
	const uint8_t *offset;
	uint16_t flags;

	if (header == NULL)
		return;
	flags = get_be16(header);
	if ((flags & L2TP_CONTROL) != 0 || (flags & L2TP_VERSION) != 2) {
		walk_stop(walk, TCPHS_SKIP_NOT_TCP);
		return;
	}
	if ((flags & L2TP_LENGTH) != 0 && walk_take(walk, 2) == NULL)
		return;
	ids = walk_take(walk, 4);
	if (ids == NULL || ((flags & L2TP_SEQUENCE) != 0 && walk_take(walk, 4) == NULL))
		return;
	if ((flags & L2TP_OFFSET) != 0) {
		offset = walk_take(walk, 2);
		if (offset == NULL || walk_take(walk, get_be16(offset)) == NULL)
			return;
	}
	walk_name_id(walk, WORD_L2TP, get_be32(ids));
	walk->next = ppp_read;
}

#define TEREDO_AUTHENTICATION 0x0001
#define TEREDO_ORIGIN         0x0000

/* Authentication: client id and value of given lengths, nonce, confirmation (RFC 4380 §5.1.1). */
static bool teredo_authentication_take(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 4);

	return header != NULL && walk_extend(walk, 4, 13u + header[2] + header[3]);
}

void teredo_read(struct walk *walk)
{
	const uint8_t *header = walk_peek(walk, 2);

	if (header != NULL && get_be16(header) == TEREDO_AUTHENTICATION) {
		if (!teredo_authentication_take(walk))
			return;
		header = walk_peek(walk, 2);
	}
	if (header != NULL && get_be16(header) == TEREDO_ORIGIN && walk_take(walk, 8) == NULL)
		return;
	header = walk_peek(walk, 1);
	if (header == NULL || *header >> 4 != 6) {
		walk_stop(walk, header == NULL ? TCPHS_SKIP_CUT : TCPHS_SKIP_NOT_TCP);
		return;
	}
	walk_name(walk, WORD_TEREDO);
	walk->next = ipv6_read;
}

#define AYIYA_NEXT 3 /* where the next header's number is */

/* Identity of 2^n octets, signature of 4·n, both n in high nibbles; then 8 fixed octets. */
void ayiya_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 8);

	if (header == NULL ||
	    !walk_extend(walk, 8, 8 + (1u << (header[0] >> 4)) + (header[1] >> 4) * 4u))
		return;
	walk_name(walk, WORD_AYIYA);
	next_protocol(walk, header[AYIYA_NEXT]);
}

#define LISP_INSTANCE 0x08 /* the instance id is there */

void lisp_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 8);

	if (header == NULL)
		return;
	if ((header[0] & LISP_INSTANCE) != 0)
		walk_name_id(walk, WORD_LISP, get_be24(header + 4));
	else
		walk_name(walk, WORD_LISP);
	next_ip(walk);
}

/* UDP port 4500 carries ESP, or IKE behind four zero octets, or a keep-alive of one. */
void esp_udp_read(struct walk *walk)
{
	const uint8_t *spi = walk_peek(walk, 4);

	walk_stop(walk,
	          spi != NULL && get_be32(spi) != 0 ? TCPHS_SKIP_ENCRYPTED : TCPHS_SKIP_NOT_TCP);
}

/* The SPI differs per direction and tells nothing that the addresses don't: no id. */
void ah_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 12);

	if (header == NULL || !walk_extend(walk, 12, (header[1] + 2u) * 4))
		return;
	walk_name(walk, WORD_AH);
	next_protocol(walk, header[0]);
}

/* RFC 3378: version 3 and twelve zero bits, then a frame. */
void etherip_read(struct walk *walk)
{
	const uint8_t *header = walk_take(walk, 2);

	if (header == NULL)
		return;
	if (header[0] >> 4 != 3) {
		walk_stop(walk, TCPHS_SKIP_MALFORMED);
		return;
	}
	walk_name(walk, WORD_ETHERIP);
	walk->next = bridged_read;
}
