/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/diagram_map.h"

#include <tcphs/connection.h>

static const struct diagram_state large_states[] = {
    {TCPHS_CLOSED, 0, 34},       {TCPHS_LISTEN, 3, 17},      {TCPHS_SYN_SENT, 3, 48},
    {TCPHS_SYN_RECEIVED, 6, 14}, {TCPHS_ESTABLISHED, 8, 48}, {TCPHS_FIN_WAIT_1, 11, 15},
    {TCPHS_CLOSE_WAIT, 11, 52},  {TCPHS_CLOSING, 13, 30},    {TCPHS_FIN_WAIT_2, 14, 12},
    {TCPHS_LAST_ACK, 14, 53},    {TCPHS_TIME_WAIT, 18, 13},  {TCPHS_CLOSED, 18, 53},
};

#define ARROW(from, to) TCPHS_##from, TCPHS_##to

/* clang-format off */
static const struct diagram_piece large_pieces[] = {
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

/* The same for a small screen, such as 60x15: every state and arrow, with fewer words. */
static const struct diagram_state small_states[] = {
	{TCPHS_CLOSED, 0, 25},       {TCPHS_LISTEN, 0, 11},      {TCPHS_SYN_SENT, 0, 39},
	{TCPHS_SYN_RECEIVED, 3, 8},  {TCPHS_ESTABLISHED, 4, 44}, {TCPHS_FIN_WAIT_1, 6, 4},
	{TCPHS_CLOSE_WAIT, 6, 44},   {TCPHS_CLOSING, 7, 27},     {TCPHS_FIN_WAIT_2, 8, 4},
	{TCPHS_LAST_ACK, 8, 47},     {TCPHS_TIME_WAIT, 9, 24},   {TCPHS_CLOSED, 9, 45},
};

static const struct diagram_piece small_pieces[] = {
	{ARROW(CLOSED, LISTEN),              0, 18, false, "◀─────"},
	{ARROW(CLOSED, SYN_SENT),            0, 32, false, "─────▶"},
	{ARROW(LISTEN, SYN_SENT),            1, 15, false, "└──────── snd SYN ───────▲"},
	{ARROW(LISTEN, SYN_RECEIVED),        1, 13, true,  "│▼"},
	{ARROW(LISTEN, SYN_RECEIVED),        2, 15, false, "rcv SYN"},
	{ARROW(SYN_SENT, SYN_RECEIVED),      1, 42, true,  "││"},
	{ARROW(SYN_SENT, SYN_RECEIVED),      3, 21, false, "◀────── rcv SYN ─────┘"},
	{ARROW(SYN_SENT, ESTABLISHED),       1, 45, true,  "││▼"},
	{ARROW(SYN_SENT, ESTABLISHED),       2, 47, false, "rcv SYN-ACK"},
	{ARROW(SYN_RECEIVED, ESTABLISHED),   4, 17, false, "└──── rcv ACK of SYN ────▶"},
	{ARROW(SYN_RECEIVED, FIN_WAIT_1),    4, 10, true,  "│▼"},
	{ARROW(SYN_RECEIVED, FIN_WAIT_1),    5,  4, false, "close"},
	{ARROW(ESTABLISHED, FIN_WAIT_1),     5, 24, false, "┌─── close, snd FIN ──┘"},
	{ARROW(ESTABLISHED, FIN_WAIT_1),     6, 15, false, "◀────────┘"},
	{ARROW(ESTABLISHED, CLOSE_WAIT),     5, 49, false, "▼ rcv FIN"},
	{ARROW(FIN_WAIT_1, FIN_WAIT_2),      7,  1, false, "rcv ACK ▼"},
	{ARROW(FIN_WAIT_1, CLOSING),         7, 12, false, "└─ rcv FIN ──▶"},
	{ARROW(FIN_WAIT_2, TIME_WAIT),       9,  9, false, "└─ rcv FIN ──▶"},
	{ARROW(CLOSING, TIME_WAIT),          8, 29, false, "▼ rcv ACK"},
	{ARROW(CLOSE_WAIT, LAST_ACK),        7, 49, false, "▼ close"},
	{ARROW(LAST_ACK, CLOSED),            9, 52, false, "◀─┘"},
	{ARROW(TIME_WAIT, CLOSED),           9, 34, false, "─ 2 MSL ─▶"},
};
/* clang-format on */

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const struct diagram_map maps[] = {
    {19, 76, LENGTH(large_states), LENGTH(large_pieces), large_states, large_pieces},
    {10, 58, LENGTH(small_states), LENGTH(small_pieces), small_states, small_pieces},
};

const struct diagram_map *diagram_map_for(int height, int width)
{
	return &maps[height < maps[0].height || width < maps[0].width];
}
