/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One datagram from its fragments. Its parts are kept sorted and disjoint, so it is whole when
 * their lengths add up to the end that the last fragment announced.
 */
#ifndef DECODE_ASSEMBLY_H
#define DECODE_ASSEMBLY_H

#include "decode/fragment.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct assembly_part;

struct assembly {
	struct assembly_part *parts; /* owned */
	uint32_t part_count, part_room;
	uint8_t *octets; /* owned */
	uint32_t room;
	uint64_t *packets; /* owned; those that held the parts, the last one's own left out */
	uint32_t packet_count, packet_room;
	uint32_t have;  /* the parts' lengths together */
	uint32_t total; /* 0 until the last fragment has come */
	uint8_t protocol;
	bool starved; /* memory lacked, and something of it is forgotten */
};

enum assembly_result {
	ASSEMBLY_WAITS,
	ASSEMBLY_WHOLE,
	ASSEMBLY_OVERLAPS, /* with other octets, or the claimed ends disagree */
	ASSEMBLY_NO_MEMORY,
};

/* Adds a fragment, whose length is not 0 and whose end is within FRAGMENT_LENGTH_MAX, to an
 * assembly that was zero-initialised before the first one. */
enum assembly_result assembly_add(struct assembly *assembly, const struct fragment *fragment);

/* How many octets from the first on were captured without a hole. */
uint32_t assembly_captured(const struct assembly *assembly);

size_t assembly_memory(const struct assembly *assembly);
void assembly_free(struct assembly *assembly); /* leaves an empty one */

#endif
