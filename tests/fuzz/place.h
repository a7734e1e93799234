/* SPDX-License-Identifier: BSD-3-Clause */
/* Where in a packet its TCP segment is, for those who change it. */
#ifndef FUZZ_PLACE_H
#define FUZZ_PLACE_H

#include "conversation.h"

struct place {
	uint8_t *ip, *tcp;          /* tcp is NULL if there is none */
	size_t ip_head, tcp_octets; /* of the datagram, as far as it was captured whole */
};

struct place place_find(const struct talk *talk, const struct talk_packet *packet);
/* Both checksums become right. */
void place_mend(const struct place *place);
/* Sender and receiver change places. */
void place_turn(const struct place *place);
void place_put16(uint8_t *p, uint16_t value);
void place_put32(uint8_t *p, uint32_t value);

#endif
