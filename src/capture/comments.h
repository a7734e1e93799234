/* SPDX-License-Identifier: BSD-3-Clause */
/* The comments on packets of a run: the first ones kept, all of them counted. A capture may comment
 * every packet, so both their number and their octets have a cap. */
#ifndef CAPTURE_COMMENTS_H
#define CAPTURE_COMMENTS_H

#include <tcphs/source.h>

#define COMMENTS_MOST   4096
#define COMMENTS_OCTETS ((size_t)1 << 20) /* of their texts */

struct comments {
	struct tcphs_comment *comment; /* by packet; their text is owned */
	size_t count, room, octets;
	uint64_t all, newest;
};

/* Takes those of the packets that come after the newest that was seen. */
void comments_take(struct comments *comments, const struct tcphs_packet *batch, size_t count);
/* The comment on packet `number`, "" if there is none, or none was kept. */
const char *comments_find(const struct comments *comments, uint64_t number);
void comments_free(struct comments *comments);

#endif
