/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One endpoint: RFC 9293's variables and the arithmetic that turns a segment into events of
 * the state table, in the RFC's own order (§3.10.7: RST, SYN, ACK, FIN). A plain value:
 * copying it is a snapshot.
 */
#ifndef MODEL_ENDPOINT_H
#define MODEL_ENDPOINT_H

#include "model/event.h"
#include "model/machine.h"

#include <stddef.h>

#define ENDPOINT_HOLES 3

struct endpoint {
	uint8_t state; /* enum tcphs_state */
	bool passive;  /* it came from LISTEN */
	bool iss_known, irs_known, rcv_known, una_known;
	bool fin_sent, fin_acked; /* fin_acked: the acknowledgement arrived */
	bool peer_fin;            /* a FIN arrived, perhaps ahead of what precedes it */
	bool syn_acked;           /* a bare ACK of our SYN came in SYN-SENT (split open) */
	bool syn_fin;             /* its SYN carried a FIN, which a closed port acknowledges, too */
	bool syn_data;            /* the peer's SYN carried data that it accepted */
	bool ack_known;           /* last_ack and edge are */
	bool edge_known;
	bool sack; /* both sides may send SACK blocks */
	uint8_t shift; /* of the window it advertises; SHIFT_UNKNOWN */
	uint8_t held;  /* ranges in held_from/to */
	uint32_t iss, irs;
	uint32_t syn_end; /* with syn_data: the number after that data */
	uint32_t snd_una, snd_nxt, rcv_nxt;
	uint32_t fin_end;      /* the number after our FIN */
	uint32_t peer_fin_end; /* the number after the peer's */
	uint32_t last_ack;     /* the last ACK it sent */
	uint32_t ack_field;    /* the same, also where it covers what was never sent */
	bool ack_field_known;
	uint32_t edge; /* right edge of the window it granted */
	uint32_t held_from[ENDPOINT_HOLES], held_to[ENDPOINT_HOLES]; /* arrived out of order */
};

#define SHIFT_UNKNOWN 0xff

/* What an arrival did. */
struct arrival {
	const struct tcphs_rule *rule; /* the last rule that moved the state, or NULL */
	bool ignored;                  /* unacceptable or meaningless in this state */
};

/* It has put `event` (not a RST) on the wire. `ack_valid`: its ACK field covers nothing that
 * the peer never sent. Returns the rule that moved it, or NULL. */
const struct tcphs_rule *endpoint_send(struct endpoint *endpoint, const struct event *event,
                                       bool ack_valid);
/* It has sent a FIN that ends at `end`, which the capture lacks. */
const struct tcphs_rule *endpoint_fin_unseen(struct endpoint *endpoint, uint32_t end);
/* It has aborted, or shown that it has no connection. */
const struct tcphs_rule *endpoint_gone(struct endpoint *endpoint, enum machine_event on);
/* `event` arrives. */
struct arrival endpoint_receive(struct endpoint *endpoint, const struct event *event);

/* What the table has for `on`: it moves there. NULL: nothing. */
static inline const struct tcphs_rule *endpoint_move(struct endpoint *e, enum machine_event on)
{
	const struct tcphs_rule *rule = machine_rule((enum tcphs_state)e->state, on);

	if (rule != NULL)
		e->state = rule->to;
	return rule;
}

/* ISS < ack ≤ SND.NXT (RFC 9293 §3.10.7.3). */
bool endpoint_ack_covers_syn(const struct endpoint *endpoint, uint32_t ack);

/* Does a segment without SYN prove that this endpoint in SYN-RECEIVED is synchronized? A pure
 * ACK of the peer's ISN + 1 does not: it also answers stray segments (§3.10.7.4, first). */
bool endpoint_proves_synchronized(const struct endpoint *endpoint, const struct event *event);

#endif
