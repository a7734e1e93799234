/* SPDX-License-Identifier: BSD-3-Clause */
/* Between the files that put a row into words. */
#ifndef LADDER_EXPLAIN_H
#define LADDER_EXPLAIN_H

#include <tcphs/ladder.h>

#include "base/bounded.h"

struct teller {
	const struct tcphs_ladder *ladder;
	const struct tcphs_connection *connection;
	const struct tcphs_row *row;
	uint32_t index;    /* of the row */
	const char *x, *y; /* the sender, the other side */
	struct bounded out;
};

#define TELL(teller, ...) bounded_addf(&(teller)->out, __VA_ARGS__)

static inline enum tcphs_side peer_of(const struct teller *teller)
{
	return teller->row->from == TCPHS_CLIENT ? TCPHS_SERVER : TCPHS_CLIENT;
}

/* The sentences about the segment's numbers: ISN, seq, ack, FIN, RST, and their arithmetic. */
void tell_numbers(struct teller *teller);
/* Both states with the rule that moved them, both sides' variables before and after. */
void tell_states(struct teller *teller);
/* The header's fields as they are on the wire; its options. */
void tell_header(struct teller *teller);
void tell_options(struct teller *teller);
/* What the capture says of the packet besides its octets. */
void tell_notes(struct teller *teller);

#endif
