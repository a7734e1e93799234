/* SPDX-License-Identifier: BSD-3-Clause */
/* Every layer there is; the tables of links.c and protocols.c choose among them. */
#ifndef DECODE_LAYERS_H
#define DECODE_LAYERS_H

#include "decode/walk.h"

/* ethernet.c */
layer_fn ethernet_read, vlan_read;
layer_fn bridged_read; /* an Ethernet frame inside something else */
/* llc.c */
layer_fn llc_read, snap_read;
/* cooked.c */
layer_fn sll_read, sll2_read, null_read, raw_read;
/* ppp.c */
layer_fn ppp_read, ppp_direction_read, ppp_hdlc_read, pppoe_read, chdlc_read, chdlc_direction_read;
/* framerelay.c */
layer_fn framerelay_read, framerelay_direction_read;
/* lan.c */
layer_fn tokenring_read, fddi_read, arcnet_read, arcnet_linux_read, ipoib_read, firewire_read,
    fibrechannel_read;
/* wlan.c, wlan_meta.c */
layer_fn wlan_read, wlan_padded_read, wlan_inner_read, radiotap_read, ppi_read, prism_read;
/* meta.c */
layer_fn nflog_read, pflog_read, enc_read, slip_read, ipnet_read, pktap_read, netanalyzer_read,
    netanalyzer_preamble_read, epon_read, mpacket_read, docsis_read;
/* card.c */
layer_fn erf_read, juniper_ethernet_read, juniper_ppp_read, juniper_framerelay_read,
    juniper_chdlc_read;
/* mpls.c, tags.c */
layer_fn mpls_read, itag_read, vntag_read, metadata_read, macsec_read, etag_read, fabricpath_read;
/* gre.c, udp.c, vxlan.c, gtp.c, tunnels.c */
layer_fn gre_read, udp_read, vxlan_read, vxlan_gpe_read, geneve_read, nsh_read, gtp_read, l2tp_read,
    teredo_read, lisp_read, esp_udp_read, ah_read, ayiya_read, etherip_read;
/* ipv4.c, ipv6.c */
layer_fn ipv4_read, ipv6_read, ipv6_options_read, ipv6_routing_read, ipv6_fragment_read;
/* monitor.c */
layer_fn tzsp_read, capwap_read;
/* icmp.c */
layer_fn icmp_read, icmpv6_read;
/* tcp.c */
layer_fn tcp_read;

#endif
