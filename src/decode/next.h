/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which layer comes next: one table of link types and one of protocols, each entry a function.
 *
 * The functions below set walk->next, or stop the walk with the reason why there is none.
 */
#ifndef DECODE_NEXT_H
#define DECODE_NEXT_H

#include "decode/walk.h"

#include <stdbool.h>
#include <stdint.h>

void next_link(struct walk *walk, uint32_t linktype);  /* LINKTYPE_, tcpdump.org's registry */
void next_ethertype(struct walk *walk, uint16_t type); /* IEEE 802 EtherType */
bool next_ethertype_known(uint16_t type);
void next_protocol(struct walk *walk, uint8_t protocol); /* IP protocol or IPv6 next header */
/* Whether the protocol leads anywhere, so that putting its fragments together pays. */
bool next_wanted(const struct walk *walk, uint8_t protocol);
void next_ip(struct walk *walk); /* by the IP version in the next octet */

#endif
