/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The short cut for what nearly every packet is: Ethernet, at most one VLAN tag, IPv4 without
 * options or fragments or IPv6 without extension headers, TCP. It gives exactly what the walk
 * gives, or declines.
 */
#ifndef DECODE_FAST_H
#define DECODE_FAST_H

#include "decode/decoder.h"

#include <stddef.h>

/* Decodes packets until one is for the walk, of which nothing was counted or written. Returns how
 * many it was; each has a segment. */
size_t fast_packets(struct tcphs_decoder *decoder, const struct tcphs_packet *packets, size_t count,
                    struct tcphs_segment *segments);

#endif
