/* SPDX-License-Identifier: BSD-3-Clause */
/* The session target's parts: reading (fuzz_session.c), and what is done then (session_deeds.c). */
#ifndef FUZZ_SESSION_RUN_H
#define FUZZ_SESSION_RUN_H

#include "conversation.h"

#include <tcphs/session.h>

#define PROGRAM 4u /* octets of the keys before the deeds */

/* What was told of connections, by one thread. */
struct told {
	uint64_t finals, packets,
	    left;    /* connections, their packets; of the former those that left */
	bool untold; /* there was no memory to tell of one */
};

struct run {
	struct tcphs_session *session;
	int file, feeder; /* what is read, and the pipe it comes by or -1 */
	struct told told[2];
	bool prepare, summaries;
	bool failed; /* memory was exhausted, and that was said */
};

void run_deeds(struct run *run, const struct input *input);
/* An octet-by-octet sum of what the connections held are summarised as. */
uint64_t run_sum(const struct run *run);

#endif
