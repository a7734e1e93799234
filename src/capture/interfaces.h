/* SPDX-License-Identifier: BSD-3-Clause */
/* The interfaces that the packets of a run came by, in the order in which they were met, and what
 * the sections say that describe them. */
#ifndef CAPTURE_INTERFACES_H
#define CAPTURE_INTERFACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/source.h>
#include "capture/sections.h"

#define INTERFACES_CAP    65536             /* of one run; a file that describes more is damaged */
#define INTERFACES_OCTETS ((size_t)4 << 20) /* of options that are kept for a copy */

struct interfaces {
	struct tcphs_interface *list; /* the strings are owned */
	struct ng_options *told;      /* what a pcapng says of each, owned; or of length 0 */
	size_t count, room, octets;
	bool named; /* several names: it is worth saying by which one a packet came */
	struct sections sections;
};

/* Adds a copy of *interface, its texts (NULL is "") escaped; *index is its number. False if there
 * are too many or memory is exhausted. */
bool interfaces_add(struct interfaces *interfaces, const struct tcphs_interface *interface,
                    uint32_t *index);
/* Keeps a copy of the options that a pcapng has of interface `index`, while there is room. */
void interfaces_tell(struct interfaces *interfaces, uint32_t index, struct ng_options options);
uint64_t interfaces_dropped(const struct interfaces *interfaces);
void interfaces_free(struct interfaces *interfaces);

#endif
