/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The state machine of RFC 9293 as a table: state × event → state, with the section.
 * Which event a segment is, is decided in endpoint.c and endpoint_receive.c; here is only what
 * follows.
 */
#ifndef MODEL_MACHINE_H
#define MODEL_MACHINE_H

#include <tcphs/connection.h>

enum machine_event {
	/* what an endpoint puts on the wire */
	SND_SYN,
	SND_SYNACK,
	SND_SEGMENT, /* an ACK or data that shows it synchronized */
	SND_FIN,     /* its first */
	SND_RST,     /* it has no connection any more */
	/* what arrives and is acceptable */
	RCV_RST,         /* exact, or acceptable in SYN-SENT */
	RCV_RST_PASSIVE, /* the same, at an endpoint that came from LISTEN */
	RCV_SYN,
	RCV_SYNACK,     /* whose ACK covers our SYN */
	RCV_ACK_OF_SYN, /* an ACK that covers our SYN */
	RCV_SEGMENT,    /* anything else that is in order */
	RCV_ACK_OF_FIN,
	RCV_FIN,
	/* what a capture proves otherwise */
	NO_CONNECTION, /* its answer shows that it had no TCB */
	TIMEOUT,       /* nothing passed for 2 MSL */
	MACHINE_EVENTS,
};

/* The rule for `event` in `state`, or NULL: it moves nothing. */
const struct tcphs_rule *machine_rule(enum tcphs_state state, enum machine_event event);

#endif
