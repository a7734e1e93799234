/* SPDX-License-Identifier: BSD-3-Clause */
/* The comments on packets of a run: the first ones kept, all of them counted. */
#ifndef CAPTURE_COMMENTS_H
#define CAPTURE_COMMENTS_H

#include <tcphs/source.h>

#define COMMENTS_MOST 64

struct comments {
	struct tcphs_comment comment[COMMENTS_MOST]; /* their text is owned */
	size_t count;
	uint64_t all, newest;
};

/* Takes those of the packets that come after the newest that was seen. */
void comments_take(struct comments *comments, const struct tcphs_packet *batch, size_t count);
void comments_free(struct comments *comments);

#endif
