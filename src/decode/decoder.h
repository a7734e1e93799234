/* SPDX-License-Identifier: BSD-3-Clause */
/* What a decoder keeps between packets, for the layers that need it. */
#ifndef DECODE_DECODER_H
#define DECODE_DECODER_H

#include "decode/encap.h"
#include "decode/walk.h"

#include <stdbool.h>
#include <stdint.h>
#include <tcphs/decode.h>

/* Kinds of what was not understood; each is counted with its number. */
enum unknown_kind {
	UNKNOWN_LINKTYPE,
	UNKNOWN_ETHERTYPE,
	UNKNOWN_PROTOCOL,
	UNKNOWN_PPP,
	UNKNOWN_KIND_COUNT,
};

#define UNKNOWN_MAX 64 /* told apart; further ones only count as skipped */

#define DECODER_NO_ENCAP UINT32_MAX

struct unknown {
	enum unknown_kind kind;
	uint32_t number;
	uint64_t packets;
	char text[32];
};

struct tcphs_decoder {
	struct tcphs_decode_options options;
	struct encap_table *encaps;
	struct fragment_table *fragments;
	uint64_t skipped[TCPHS_SKIP_COUNT];
	struct unknown unknown[UNKNOWN_MAX];
	unsigned unknown_count;
	const uint64_t *pieces; /* the packets before that made up the one at hand, a datagram's */
	uint32_t piece_count;
	uint32_t plain_encap[2]; /* of Ethernet with bare IPv4 and IPv6, or DECODER_NO_ENCAP */
};

/* Ends the walk at something that is not understood, and counts it. */
void decoder_unknown(struct walk *walk, enum unknown_kind kind, uint32_t number);

/* One packet through the layers, whatever it is. False, counted, if it gives no segment. */
bool decoder_packet(struct tcphs_decoder *decoder, const struct tcphs_packet *packet,
                    struct tcphs_segment *segment);

#endif
