/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The short cut for what nearly every packet is: Ethernet, at most one VLAN tag, IPv4 without
 * options or fragments or IPv6 without extension headers, TCP. It gives exactly what the walk
 * gives, or declines.
 */
#ifndef DECODE_FAST_H
#define DECODE_FAST_H

#include "decode/decoder.h"

#include <stdbool.h>

/* False: nothing was counted or written, the packet is for the walk. */
bool fast_packet(struct tcphs_decoder *decoder, const struct tcphs_packet *packet,
                 struct tcphs_segment *segment);

#endif
