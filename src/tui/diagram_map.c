/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/diagram_map.h"

#include <tcphs/connection.h>

static const struct diagram_state states[] = {
    {TCPHS_CLOSED, 0, 34},       {TCPHS_LISTEN, 3, 17},      {TCPHS_SYN_SENT, 3, 48},
    {TCPHS_SYN_RECEIVED, 6, 14}, {TCPHS_ESTABLISHED, 8, 48}, {TCPHS_FIN_WAIT_1, 11, 15},
    {TCPHS_CLOSE_WAIT, 11, 52},  {TCPHS_CLOSING, 13, 30},    {TCPHS_FIN_WAIT_2, 14, 12},
    {TCPHS_LAST_ACK, 14, 53},    {TCPHS_TIME_WAIT, 18, 13},  {TCPHS_CLOSED, 18, 53},
};

#define ARROW(from, to) TCPHS_##from, TCPHS_##to

/* clang-format off */
static const struct diagram_piece pieces[] = {
	{ARROW(CLOSED, LISTEN),              0, 20, false, "┌────────────"},
	{ARROW(CLOSED, LISTEN),              1, 20, true,  "│▼"},
	{ARROW(CLOSED, LISTEN),              1, 22, false, "passive open"},
	{ARROW(CLOSED, SYN_SENT),            0, 41, false, "───────────┐"},
	{ARROW(CLOSED, SYN_SENT),            1, 52, true,  "│▼"},
	{ARROW(CLOSED, SYN_SENT),            1, 54, false, "active open, snd SYN"},
	{ARROW(LISTEN, SYN_SENT),            3, 24, false, "────── snd SYN ───────▶"},
	{ARROW(LISTEN, SYN_RECEIVED),        4, 20, true,  "│▼"},
	{ARROW(LISTEN, SYN_RECEIVED),        4, 22, false, "rcv SYN, snd SYN-ACK"},
	{ARROW(SYN_SENT, SYN_RECEIVED),      4, 49, true,  "││"},
	{ARROW(SYN_SENT, SYN_RECEIVED),      6, 27, false, "◀────── rcv SYN ──────┘"},
	{ARROW(SYN_SENT, ESTABLISHED),       4, 54, true,  "│││▼"},
	{ARROW(SYN_SENT, ESTABLISHED),       4, 56, false, "rcv SYN-ACK,"},
	{ARROW(SYN_SENT, ESTABLISHED),       5, 56, false, "snd ACK"},
	{ARROW(SYN_RECEIVED, ESTABLISHED),   7, 23, true,  "│"},
	{ARROW(SYN_RECEIVED, ESTABLISHED),   8, 23, false, "└──── rcv ACK of SYN ──▶"},
	{ARROW(SYN_RECEIVED, FIN_WAIT_1),    7, 20, true,  "│││▼"},
	{ARROW(SYN_RECEIVED, FIN_WAIT_1),    8,  4, false, "close, snd FIN"},
	{ARROW(ESTABLISHED, FIN_WAIT_1),     9, 50, true,  "││"},
	{ARROW(ESTABLISHED, FIN_WAIT_1),    11, 26, false, "◀──── close, snd FIN ───┘"},
	{ARROW(ESTABLISHED, CLOSE_WAIT),     9, 56, true,  "│▼"},
	{ARROW(ESTABLISHED, CLOSE_WAIT),     9, 58, false, "rcv FIN, snd ACK"},
	{ARROW(FIN_WAIT_1, FIN_WAIT_2),     12, 17, true,  "│▼"},
	{ARROW(FIN_WAIT_1, FIN_WAIT_2),     12,  2, false, "rcv ACK of FIN"},
	{ARROW(FIN_WAIT_1, CLOSING),        12, 23, true,  "│"},
	{ARROW(FIN_WAIT_1, CLOSING),        12, 25, false, "rcv FIN, snd ACK"},
	{ARROW(FIN_WAIT_1, CLOSING),        13, 23, false, "└────▶"},
	{ARROW(FIN_WAIT_2, TIME_WAIT),      15, 17, true,  "││▼"},
	{ARROW(FIN_WAIT_2, TIME_WAIT),      15,  0, false, "rcv FIN, snd ACK"},
	{ARROW(CLOSING, TIME_WAIT),         14, 33, true,  "││"},
	{ARROW(CLOSING, TIME_WAIT),         14, 35, false, "rcv ACK of FIN"},
	{ARROW(CLOSING, TIME_WAIT),         16, 20, false, "┌────────────┘"},
	{ARROW(CLOSING, TIME_WAIT),         17, 20, false, "▼"},
	{ARROW(CLOSE_WAIT, LAST_ACK),       12, 56, true,  "│▼"},
	{ARROW(CLOSE_WAIT, LAST_ACK),       12, 58, false, "close, snd FIN"},
	{ARROW(LAST_ACK, CLOSED),           15, 56, true,  "││▼"},
	{ARROW(LAST_ACK, CLOSED),           15, 58, false, "rcv ACK of FIN"},
	{ARROW(TIME_WAIT, CLOSED),          18, 23, false, "──────── after 2 MSL ──────▶"},
};
/* clang-format on */

const struct diagram_state *diagram_state_at(size_t index)
{
	return index < sizeof(states) / sizeof(states[0]) ? &states[index] : NULL;
}

const struct diagram_piece *diagram_piece_at(size_t index)
{
	return index < sizeof(pieces) / sizeof(pieces[0]) ? &pieces[index] : NULL;
}
