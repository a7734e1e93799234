/* SPDX-License-Identifier: BSD-3-Clause */
/* The interfaces that the packets of a run came by, in the order in which they were met. */
#ifndef CAPTURE_INTERFACES_H
#define CAPTURE_INTERFACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/source.h>

#define INTERFACES_CAP 65536 /* of one run; a file that describes more is damaged */

struct interfaces {
	struct tcphs_interface *list; /* the strings are owned */
	size_t count, room;
	bool named; /* several names: it is worth saying by which one a packet came */
};

/* Adds a copy of *interface, its texts (NULL is "") escaped; *index is its number. False if there
 * are too many or memory is exhausted. */
bool interfaces_add(struct interfaces *interfaces, const struct tcphs_interface *interface,
                    uint32_t *index);
uint64_t interfaces_dropped(const struct interfaces *interfaces);
void interfaces_free(struct interfaces *interfaces);

#endif
