/* SPDX-License-Identifier: BSD-3-Clause */
/* Every layer there is; the tables of links.c and protocols.c choose among them. */
#ifndef DECODE_LAYERS_H
#define DECODE_LAYERS_H

#include "decode/walk.h"

/* ethernet.c */
layer_fn ethernet_read, vlan_read;
/* llc.c */
layer_fn llc_read, snap_read;
/* cooked.c */
layer_fn sll_read, sll2_read, null_read, raw_read;
/* ipv4.c, ipv6.c, ipv6_headers.c */
layer_fn ipv4_read, ipv6_read, ipv6_options_read, ipv6_routing_read, ipv6_fragment_read;
/* tcp.c */
layer_fn tcp_read;

#endif
