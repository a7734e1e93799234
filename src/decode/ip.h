/* SPDX-License-Identifier: BSD-3-Clause */
/* What IPv4 and IPv6 share. */
#ifndef DECODE_IP_H
#define DECODE_IP_H

#include "decode/walk.h"

#include <stdbool.h>
#include <stdint.h>

/* From here on there are `length` octets, as the IP header says; it is believed even where
 * the frame around it is shorter, since the payload's length must come from nowhere else. */
void ip_enter(struct walk *walk, uint32_t length);

/* The walk stands behind the headers of a fragment. Goes on with the whole datagram if this
 * was the last one missing, else stops. */
void ip_fragment(struct walk *walk, uint8_t protocol, uint32_t id, uint32_t offset, bool more);

#endif
