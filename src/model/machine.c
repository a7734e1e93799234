/* SPDX-License-Identifier: BSD-3-Clause */
#include "model/machine.h"

#include <stddef.h>

/* clang-format off */
/* One row an arrow: RFC 9293 Figure 5 and the rules of §3.10 that a capture can show. */
#define ROW(from, on, words, to, section)                                                          \
	[TCPHS_##from][on] = {TCPHS_##from, TCPHS_##to, words, section}

static const struct tcphs_rule table[TCPHS_STATE_COUNT][MACHINE_EVENTS] = {
	/*  from          on               in words              to            RFC 9293 */
	ROW(CLOSED,       SND_SYN,         "snd SYN",            SYN_SENT,     "3.10.1"),
	ROW(CLOSED,       SND_SYNACK,      "snd SYN-ACK",        SYN_RECEIVED, "3.10.7.2"),

	ROW(LISTEN,       RCV_SYN,         "rcv SYN",            SYN_RECEIVED, "3.10.7.2"),
	ROW(LISTEN,       SND_SYN,         "snd SYN",            SYN_SENT,     "3.10.1"),
	ROW(LISTEN,       SND_SYNACK,      "snd SYN-ACK",        SYN_RECEIVED, "3.10.7.2"),
	ROW(LISTEN,       SND_RST,         "snd RST",            CLOSED,       "3.10.5"),

	ROW(SYN_SENT,     RCV_SYNACK,      "rcv SYN-ACK",        ESTABLISHED,  "3.10.7.3"),
	ROW(SYN_SENT,     RCV_SYN,         "rcv SYN",            SYN_RECEIVED, "3.10.7.3"),
	ROW(SYN_SENT,     RCV_RST,         "rcv RST",            CLOSED,       "3.10.7.3"),
	ROW(SYN_SENT,     SND_SYNACK,      "snd SYN-ACK",        SYN_RECEIVED, "3.10.7.3"),
	ROW(SYN_SENT,     SND_SEGMENT,     "snd ACK",            ESTABLISHED,  "3.10.7.3"),
	ROW(SYN_SENT,     SND_RST,         "snd RST",            CLOSED,       "3.10.5"),
	ROW(SYN_SENT,     NO_CONNECTION,   "no connection",      CLOSED,       "3.10.7.1"),

	ROW(SYN_RECEIVED, RCV_SYNACK,      "rcv SYN-ACK",        ESTABLISHED,  "3.10.7.4"),
	ROW(SYN_RECEIVED, RCV_ACK_OF_SYN,  "rcv ACK of SYN",     ESTABLISHED,  "3.10.7.4"),
	ROW(SYN_RECEIVED, RCV_FIN,         "rcv FIN",            CLOSE_WAIT,   "3.10.7.4"),
	ROW(SYN_RECEIVED, RCV_RST,         "rcv RST",            CLOSED,       "3.10.7.4"),
	ROW(SYN_RECEIVED, RCV_RST_PASSIVE, "rcv RST",            LISTEN,       "3.10.7.4"),
	ROW(SYN_RECEIVED, SND_SEGMENT,     "snd data or ACK",    ESTABLISHED,  "3.10.7.4"),
	ROW(SYN_RECEIVED, SND_FIN,         "snd FIN",            FIN_WAIT_1,   "3.10.4"),
	ROW(SYN_RECEIVED, SND_RST,         "snd RST",            CLOSED,       "3.10.5"),
	ROW(SYN_RECEIVED, NO_CONNECTION,   "no connection",      CLOSED,       "3.10.7.1"),

	ROW(ESTABLISHED,  RCV_FIN,         "rcv FIN",            CLOSE_WAIT,   "3.10.7.4"),
	ROW(ESTABLISHED,  RCV_RST,         "rcv RST",            CLOSED,       "3.10.7.4"),
	ROW(ESTABLISHED,  RCV_RST_PASSIVE, "rcv RST",            CLOSED,       "3.10.7.4"),
	ROW(ESTABLISHED,  SND_FIN,         "snd FIN",            FIN_WAIT_1,   "3.10.4"),
	ROW(ESTABLISHED,  SND_RST,         "snd RST",            CLOSED,       "3.10.5"),
	ROW(ESTABLISHED,  NO_CONNECTION,   "no connection",      CLOSED,       "3.10.7.1"),

	ROW(FIN_WAIT_1,   RCV_ACK_OF_FIN,  "rcv ACK of FIN",     FIN_WAIT_2,   "3.10.7.4"),
	ROW(FIN_WAIT_1,   RCV_FIN,         "rcv FIN",            CLOSING,      "3.10.7.4"),
	ROW(FIN_WAIT_1,   RCV_RST,         "rcv RST",            CLOSED,       "3.10.7.4"),
	ROW(FIN_WAIT_1,   RCV_RST_PASSIVE, "rcv RST",            CLOSED,       "3.10.7.4"),
	ROW(FIN_WAIT_1,   SND_RST,         "snd RST",            CLOSED,       "3.10.5"),
	ROW(FIN_WAIT_1,   NO_CONNECTION,   "no connection",      CLOSED,       "3.10.7.1"),

	ROW(FIN_WAIT_2,   RCV_FIN,         "rcv FIN",            TIME_WAIT,    "3.10.7.4"),
	ROW(FIN_WAIT_2,   RCV_RST,         "rcv RST",            CLOSED,       "3.10.7.4"),
	ROW(FIN_WAIT_2,   RCV_RST_PASSIVE, "rcv RST",            CLOSED,       "3.10.7.4"),
	ROW(FIN_WAIT_2,   SND_RST,         "snd RST",            CLOSED,       "3.10.5"),
	ROW(FIN_WAIT_2,   NO_CONNECTION,   "no connection",      CLOSED,       "3.10.7.1"),

	ROW(CLOSE_WAIT,   RCV_RST,         "rcv RST",            CLOSED,       "3.10.7.4"),
	ROW(CLOSE_WAIT,   RCV_RST_PASSIVE, "rcv RST",            CLOSED,       "3.10.7.4"),
	ROW(CLOSE_WAIT,   SND_FIN,         "snd FIN",            LAST_ACK,     "3.10.4"),
	ROW(CLOSE_WAIT,   SND_RST,         "snd RST",            CLOSED,       "3.10.5"),
	ROW(CLOSE_WAIT,   NO_CONNECTION,   "no connection",      CLOSED,       "3.10.7.1"),

	ROW(CLOSING,      RCV_ACK_OF_FIN,  "rcv ACK of FIN",     TIME_WAIT,    "3.10.7.4"),
	ROW(CLOSING,      RCV_RST,         "rcv RST",            CLOSED,       "3.10.7.4"),
	ROW(CLOSING,      RCV_RST_PASSIVE, "rcv RST",            CLOSED,       "3.10.7.4"),
	ROW(CLOSING,      SND_RST,         "snd RST",            CLOSED,       "3.10.5"),
	ROW(CLOSING,      NO_CONNECTION,   "no connection",      CLOSED,       "3.10.7.1"),

	ROW(LAST_ACK,     RCV_ACK_OF_FIN,  "rcv ACK of FIN",     CLOSED,       "3.10.7.4"),
	ROW(LAST_ACK,     RCV_RST,         "rcv RST",            CLOSED,       "3.10.7.4"),
	ROW(LAST_ACK,     RCV_RST_PASSIVE, "rcv RST",            CLOSED,       "3.10.7.4"),
	ROW(LAST_ACK,     SND_RST,         "snd RST",            CLOSED,       "3.10.5"),
	ROW(LAST_ACK,     NO_CONNECTION,   "no connection",      CLOSED,       "3.10.7.1"),

	ROW(TIME_WAIT,    RCV_RST,         "rcv RST",            CLOSED,       "3.10.7.4"),
	ROW(TIME_WAIT,    RCV_RST_PASSIVE, "rcv RST",            CLOSED,       "3.10.7.4"),
	ROW(TIME_WAIT,    SND_RST,         "snd RST",            CLOSED,       "3.10.5"),
	ROW(TIME_WAIT,    NO_CONNECTION,   "no connection",      CLOSED,       "3.10.7.1"),
	ROW(TIME_WAIT,    TIMEOUT,         "2 MSL of silence",   CLOSED,       "3.10.8"),

	/* The capture began later, or holds one direction: the first sign of life tells. */
	ROW(UNKNOWN,      SND_SYN,         "snd SYN",            SYN_SENT,     "3.10.1"),
	ROW(UNKNOWN,      SND_SYNACK,      "snd SYN-ACK",        SYN_RECEIVED, "3.10.7.2"),
	ROW(UNKNOWN,      SND_SEGMENT,     "snd segment",        ESTABLISHED,  "3.10.7.4"),
	ROW(UNKNOWN,      SND_FIN,         "snd FIN",            FIN_WAIT_1,   "3.10.4"),
	ROW(UNKNOWN,      SND_RST,         "snd RST",            CLOSED,       "3.10.5"),
	ROW(UNKNOWN,      RCV_SYN,         "rcv SYN",            SYN_RECEIVED, "3.10.7.2"),
	ROW(UNKNOWN,      RCV_SYNACK,      "rcv SYN-ACK",        ESTABLISHED,  "3.10.7.3"),
	ROW(UNKNOWN,      RCV_SEGMENT,     "rcv segment",        ESTABLISHED,  "3.10.7.4"),
	ROW(UNKNOWN,      RCV_FIN,         "rcv FIN",            CLOSE_WAIT,   "3.10.7.4"),
	ROW(UNKNOWN,      RCV_RST,         "rcv RST",            CLOSED,       "3.10.7.4"),
	ROW(UNKNOWN,      RCV_RST_PASSIVE, "rcv RST",            CLOSED,       "3.10.7.4"),
	ROW(UNKNOWN,      NO_CONNECTION,   "no connection",      CLOSED,       "3.10.7.1"),
};
/* clang-format on */

const struct tcphs_rule *machine_rule(enum tcphs_state state, enum machine_event event)
{
	const struct tcphs_rule *rule = &table[state][event];

	return rule->on != NULL ? rule : NULL;
}
