/* SPDX-License-Identifier: BSD-3-Clause */
/* By which interface each packet of a run came, where there are several with names: an octet each,
 * of the first ORIGINS_MOST packets. */
#ifndef CAPTURE_ORIGINS_H
#define CAPTURE_ORIGINS_H

#include <tcphs/source.h>

#define ORIGINS_MOST ((uint64_t)1 << 24)

struct origins {
	uint8_t *of; /* by number: the interface's index and 1, 0: not known */
	uint64_t known, room;
};

/* Notes those of the packets that come after the last one known. For want of memory, or of room
 * in an octet, it isn't known. */
void origins_take(struct origins *origins, const struct tcphs_packet *batch, size_t count);
/* Of packet `number`; false if it isn't known. */
bool origins_find(const struct origins *origins, uint64_t number, uint32_t *interface);
void origins_free(struct origins *origins);

#endif
