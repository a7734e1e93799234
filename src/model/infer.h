/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * When did each segment arrive? A capture shows that it passed one point; its sender had sent
 * it, and that the other end received it is inferred from what that end sends later.
 *
 * Each endpoint has a log of departures and arrivals. An arrival is assumed at its own row,
 * moved to a later one when a segment of the receiver contradicts it, and proven when one
 * acknowledges it. The state of an endpoint is the fold of its log.
 */
#ifndef MODEL_INFER_H
#define MODEL_INFER_H

#include "model/endpoint.h"

#include <stddef.h>

#define NO_EVENT UINT32_MAX

enum entry_kind {
	ENTRY_SENT,
	ENTRY_RECEIVED,
	ENTRY_NO_TCB,     /* an arrival that met no connection: the receiver is CLOSED from here */
	ENTRY_LISTENED,   /* a SYN that met no connection, but a listener: a new one begins */
	ENTRY_GONE,       /* the side's TCB is gone (a newer incarnation) */
	ENTRY_ABORTED,    /* it has sent a RST that ends it */
	ENTRY_FIN_UNSEEN, /* it sent its FIN here, which was captured only when it was repeated */
	ENTRY_VOID,       /* withdrawn for good (a forged or contradicted RST) */
};

struct entry {
	uint32_t event;         /* what was sent or arrived */
	uint32_t at;            /* the event at whose row it takes effect */
	uint32_t proven;        /* the event from which on it is proven, or NO_EVENT */
	uint32_t una;           /* SND.UNA before it */
	uint32_t rcv_nxt, edge; /* of the receiver before an arrival; edge == rcv_nxt: unknown */
	uint8_t kind;           /* enum entry_kind */
	uint8_t from, to;       /* the state before and after */
	bool pins;              /* a departure that proves the state it leaves */
	bool ack_valid;         /* the ACK field covers nothing that was never sent */
	bool ignored;
	bool advanced; /* an arrival: RCV.NXT moved */
	bool across;   /* a FIN, behind octets that had come but are not in the capture */
	const struct tcphs_rule *rule;
};

struct log {
	struct entry *entry;
	size_t count, room;
	size_t unproven;   /* index before which every arrival is proven */
	size_t base_count; /* entries folded into base */
	struct endpoint initial, base, now;
	uint32_t *pending; /* events that are known not to have arrived yet, in order */
	size_t pending_count, pending_room;
	uint32_t last_sent; /* last event it sent, or NO_EVENT */
	uint32_t nxt;       /* the highest number it was captured sending */
	bool nxt_known;
};

#define INFER_STRAYS 4

struct infer {
	const struct event *event;
	size_t count;
	struct log side[2];
	uint8_t shift[2];             /* window shift of each side, or SHIFT_UNKNOWN */
	bool sack;                    /* both SYNs permitted SACK */
	bool self;                    /* one socket is both ends */
	bool unheard;                 /* an ICMP error says that the first SYN did not arrive */
	bool failed;                  /* memory is exhausted */
	int64_t open_time;            /* from the SYN to the third segment; INT64_MAX: not known */
	uint32_t spoofed;             /* a RST that was not from its sender, or NO_EVENT */
	uint32_t stray[INFER_STRAYS]; /* segments that were not, other than RSTs */
	unsigned strays;
};

/* Follows event[0..count) through both endpoints; infer->shift is the caller's. The logs' memory
 * is reused. */
void infer_run(struct infer *infer, const struct event *event, size_t count, bool self);
void infer_free(struct infer *infer);

/* Folds one entry into `endpoint`, and writes into it what it did. */
void infer_apply(const struct infer *infer, struct endpoint *endpoint, struct entry *entry);

static inline bool infer_is_stray(const struct infer *infer, uint32_t event)
{
	for (unsigned i = 0; i < infer->strays; i++)
		if (infer->stray[i] == event)
			return true;
	return false;
}

#endif
