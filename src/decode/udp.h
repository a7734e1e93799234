/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef DECODE_UDP_H
#define DECODE_UDP_H

#include <stdbool.h>
#include <stdint.h>

/* Whether one of the ports in the UDP header's first 4 octets is a tunnel's. */
bool udp_is_tunnel(const uint8_t *header);

#endif
