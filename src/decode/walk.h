/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The walk through one packet, layer by layer.
 *
 * A layer is a function that takes its header off the walk and says which layer comes next
 * (through the tables of next.h), or says why there is none. A loop in walk_run() calls one
 * after the other, so nesting costs no stack and is bounded by WALK_LAYERS_MAX.
 *
 *        captured            on the wire
 *        ├──── left ────┤         │
 *   ─────┼──────────────┼─────────┤
 *        at             └ wire ───┘   left ≤ wire, always
 */
#ifndef DECODE_WALK_H
#define DECODE_WALK_H

#include "decode/encap.h"

#include <stdbool.h>
#include <stdint.h>
#include <tcphs/decode.h>

#define WALK_LAYERS_MAX 40 /* headers in one packet; more is an attack or nonsense */
#define WALK_PATH_MAX   24 /* of these, what the encapsulation names */

struct walk;
typedef void layer_fn(struct walk *walk);

struct walk {
	struct tcphs_decoder *decoder;
	const struct tcphs_packet *packet;
	struct tcphs_segment *segment; /* where to */

	const uint8_t *at; /* the next octet */
	uint32_t left;     /* octets captured from there on */
	uint32_t wire;     /* octets that were there on the wire, by the innermost length field */
	layer_fn *next;    /* NULL ends the walk */

	const uint8_t *src, *dst; /* of the innermost IP header; in the packet or a datagram */
	uint8_t family;           /* 4 or 6 */
	uint8_t retry;            /* 802.11 retry bit */
	uint16_t ip_id;
	unsigned ip_path; /* path_length before that header */

	const uint8_t *quote;      /* the ICMP error that quotes what is being read, or NULL */
	const uint8_t *quote_from; /* who sent it */
	uint8_t quote_family;

	bool found;           /* segment is filled */
	enum tcphs_skip skip; /* why not */

	unsigned path_length; /* ≥ 1: path[0] is the link type's word */
	encap_step path[WALK_PATH_MAX];
};

/* Starts at the packet's first octet. */
void walk_start(struct walk *walk, struct tcphs_decoder *decoder, const struct tcphs_packet *packet,
                struct tcphs_segment *segment);
/* Runs walk->next until there is none. */
void walk_run(struct walk *walk);

/* Ends the walk without a segment. */
void walk_stop(struct walk *walk, enum tcphs_skip reason);

/* Steps over a header of `count` octets and returns it; NULL, having stopped the walk, if the
 * capture was cut before its end or the enclosing length denies it. */
const uint8_t *walk_take(struct walk *walk, uint32_t count);
/* A header of which `taken` octets were taken turns out to be `length` long: steps over the
 * rest. False, having stopped the walk, if that is less, or is not all there. */
bool walk_extend(struct walk *walk, uint32_t taken, uint32_t length);
/* The next `count` octets without stepping over them; NULL, walk untouched, if not there. */
const uint8_t *walk_peek(const struct walk *walk, uint32_t count);
/* Drops what lies beyond `count` octets from here (trailers, padding). */
void walk_limit(struct walk *walk, uint32_t count);

/* Names a layer in the path. */
void walk_name(struct walk *walk, enum encap_word word);
void walk_name_id(struct walk *walk, enum encap_word word, uint32_t id);

#endif
