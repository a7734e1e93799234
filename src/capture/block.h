/* SPDX-License-Identifier: BSD-3-Clause */
/* pcapng blocks, little endian, that are built in memory before they are written. */
#ifndef CAPTURE_BLOCK_H
#define CAPTURE_BLOCK_H

#include <tcphs/source.h>

#define BLOCK_TEXT_CAP 4096 /* octets of a name, description or comment that are written */

struct block {
	uint8_t octets[3 * BLOCK_TEXT_CAP + 256];
	size_t length;
};

void block_section(struct block *block);
/* Of an interface whose packets are like `packet`, in nanoseconds. */
void block_interface(struct block *block, const struct tcphs_interface *interface,
                     const struct tcphs_packet *packet);
void block_statistics(struct block *block, uint32_t interface, int64_t time, uint64_t received,
                      uint64_t dropped);

/* For a block that is built by the piece, from length 0 on. */
void block_add32(struct block *block, uint32_t number);

#endif
