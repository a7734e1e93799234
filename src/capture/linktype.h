/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * LINKTYPE_ numbers, which files have, and DLT_ numbers, which libpcap has on this system.
 * They are the same but for a few (pcap-linktype(7)).
 */
#ifndef CAPTURE_LINKTYPE_H
#define CAPTURE_LINKTYPE_H

#include <stdint.h>

#define LINKTYPE_ETHERNET 1

int linktype_to_dlt(uint32_t linktype);
uint32_t linktype_from_dlt(int dlt);

#endif
