/* SPDX-License-Identifier: BSD-3-Clause */
/* pcapng blocks, little endian, that are built in memory before they are written. */
#ifndef CAPTURE_BLOCK_H
#define CAPTURE_BLOCK_H

#include <tcphs/source.h>
#include "capture/ng_options.h"
#include "capture/sections.h"

#define BLOCK_TEXT_CAP 4096 /* octets of a name, description or comment that are written */

struct block {
	uint8_t *octets;
	size_t length, room;
	bool failed; /* no memory */
};

/* Each of these builds a block in the place of what is there. */

/* Of what the sections from number `from` on say, all in one. */
void block_section(struct block *block, const struct sections *sections, size_t from);
/* Of an interface whose packets are like `packet`, in nanoseconds; `told` are its options in a
 * pcapng, or of length 0. */
void block_interface(struct block *block, const struct tcphs_interface *interface,
                     struct ng_options told, const struct tcphs_packet *packet);
void block_statistics(struct block *block, uint32_t interface, int64_t time, uint64_t received,
                      uint64_t dropped);

/* What stands before and behind the `padded` octets of a packet. */
void block_packet(struct block *head, struct block *tail, uint32_t interface,
                  const struct tcphs_packet *packet, uint32_t padded);

void block_free(struct block *block);

#endif
