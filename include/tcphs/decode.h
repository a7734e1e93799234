/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * From a packet's octets to a TCP segment: link layers, tunnels, IP, fragments, TCP, options.
 *
 * A decoder keeps what must outlive a packet: fragments being reassembled (bounded), the
 * table of encapsulations met, and counts of what was skipped and why. Every length is
 * checked; no input can make it fail, it only counts.
 */
#ifndef TCPHS_DECODE_H
#define TCPHS_DECODE_H

#include <stddef.h>
#include <stdint.h>
#include <tcphs/segment.h>
#include <tcphs/source.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tcphs_decoder;

struct tcphs_decode_options {
	bool no_decap;    /* do not look into tunnels (VXLAN, GRE, …) */
	bool no_checksum; /* do not verify TCP checksums */
};

/* Why a packet gave no segment. */
enum tcphs_skip {
	TCPHS_SKIP_NOT_TCP,   /* UDP, ARP, ICMP, … */
	TCPHS_SKIP_LINKTYPE,  /* a link type that is not read */
	TCPHS_SKIP_CUT,       /* the capture ends before TCP's 14th octet */
	TCPHS_SKIP_MALFORMED, /* a length or version that can't be */
	TCPHS_SKIP_FRAGMENT,  /* waits for, or never got, the rest of its datagram */
	TCPHS_SKIP_ENCRYPTED, /* ESP, protected 802.11, IPComp */
	TCPHS_SKIP_COUNT,
};
const char *tcphs_skip_name(enum tcphs_skip reason); /* "not TCP", "unknown link type", … */

/* NULL options: the defaults. NULL if memory is exhausted. */
struct tcphs_decoder *tcphs_decoder_new(const struct tcphs_decode_options *options);
void tcphs_decoder_free(struct tcphs_decoder *decoder);

/*
 * Decodes packets[0..count) into segments[], which has room for `count`; returns how many
 * segments there are. A packet gives at most one; the others are counted by reason.
 */
size_t tcphs_decode(struct tcphs_decoder *decoder, const struct tcphs_packet *packets, size_t count,
                    struct tcphs_segment *segments);

/* After tcphs_decode() made a segment of one packet: the other packets that it is made of, which
 * held fragments of its datagram, in any order. Returns how many, 0 for a segment in one piece;
 * *packets lives until the next call. */
size_t tcphs_decoder_fragments(const struct tcphs_decoder *decoder, const uint64_t **packets);

/* How many packets so far gave no segment for this reason. */
uint64_t tcphs_decoder_skipped(const struct tcphs_decoder *decoder, enum tcphs_skip reason);
/* What was not understood, by kind, e.g. index 0 "link type 299" 17; false past the last. */
bool tcphs_decoder_unknown(const struct tcphs_decoder *decoder, size_t index, const char **what,
                           uint64_t *packets);
/* Datagrams whose fragments never came together (those still awaited now count, too), and
 * overlapping ones that were dropped. */
uint64_t tcphs_decoder_fragments_incomplete(const struct tcphs_decoder *decoder);
uint64_t tcphs_decoder_fragments_overlapping(const struct tcphs_decoder *decoder);

/*
 * The path of layers of encapsulation `id`, as "eth.vlan[7].ip"; lives as long as the
 * decoder. Two segments have the same id iff link type is aside and their tags (VLAN ids,
 * MPLS labels, tunnel kind and its id) are the same. At most TCPHS_ENCAP_MAX are told apart.
 */
const char *tcphs_decoder_encapsulation(const struct tcphs_decoder *decoder, uint32_t id);
#define TCPHS_ENCAP_MAX 65535u
/* Whether memory failed it, so that it can't tell encapsulations apart any more, or has forgotten
 * fragments. */
bool tcphs_decoder_starved(const struct tcphs_decoder *decoder);

#ifdef __cplusplus
}
#endif
#endif
