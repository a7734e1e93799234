/* SPDX-License-Identifier: BSD-3-Clause */
/* The words of the model, in one table each. They are a contract with scripts. */
#include <tcphs/connection.h>

#define LENGTH_IS(table, count)                                                                    \
	_Static_assert(sizeof(table) / sizeof((table)[0]) == (size_t)(count), #table)

static const char *const state_name[] = {
    [TCPHS_UNKNOWN] = "UNKNOWN",
    [TCPHS_CLOSED] = "CLOSED",
    [TCPHS_LISTEN] = "LISTEN",
    [TCPHS_SYN_SENT] = "SYN-SENT",
    [TCPHS_SYN_RECEIVED] = "SYN-RECEIVED",
    [TCPHS_ESTABLISHED] = "ESTABLISHED",
    [TCPHS_FIN_WAIT_1] = "FIN-WAIT-1",
    [TCPHS_FIN_WAIT_2] = "FIN-WAIT-2",
    [TCPHS_CLOSE_WAIT] = "CLOSE-WAIT",
    [TCPHS_CLOSING] = "CLOSING",
    [TCPHS_LAST_ACK] = "LAST-ACK",
    [TCPHS_TIME_WAIT] = "TIME-WAIT",
};
LENGTH_IS(state_name, TCPHS_STATE_COUNT);

static const char *const side_name[] = {"client", "server", "both", NULL};

static const char *const open_name[] = {
    [TCPHS_OPEN_THREE_WAY] = "three-way",
    [TCPHS_OPEN_FOUR_WAY] = "four-way",
    [TCPHS_OPEN_SIMULTANEOUS] = "simultaneous",
    [TCPHS_OPEN_FAST] = "fast-open",
    [TCPHS_OPEN_SELF] = "self",
    [TCPHS_OPEN_REFUSED] = "refused",
    [TCPHS_OPEN_NO_ANSWER] = "no-answer",
    [TCPHS_OPEN_HALF] = "half-open",
    [TCPHS_OPEN_ABORTED] = "aborted",
    [TCPHS_OPEN_PARTIAL] = "partial",
    [TCPHS_OPEN_MIDSTREAM] = "midstream",
};
LENGTH_IS(open_name, TCPHS_OPEN_COUNT);

static const char *const close_name[] = {
    [TCPHS_CLOSE_NONE] = "none",           [TCPHS_CLOSE_FOUR_WAY] = "four-way",
    [TCPHS_CLOSE_THREE_WAY] = "three-way", [TCPHS_CLOSE_SIMULTANEOUS] = "simultaneous",
    [TCPHS_CLOSE_HALF] = "half-close",     [TCPHS_CLOSE_RESET] = "reset",
    [TCPHS_CLOSE_FIN_RESET] = "fin-reset",
};
LENGTH_IS(close_name, TCPHS_CLOSE_COUNT);

static const char *const vantage_name[] = {NULL, "client", "server", "middle"};

static const char *const final_name[] = {
    [TCPHS_FINAL_NO] = NULL,
    [TCPHS_FINAL_CLOSED] = "closed",
    [TCPHS_FINAL_UNANSWERED] = "unanswered",
    [TCPHS_FINAL_HALF_OPEN] = "half-open",
    [TCPHS_FINAL_REPLACED] = "replaced",
    [TCPHS_FINAL_EVICTED] = "evicted",
    [TCPHS_FINAL_END] = "end",
};

static const char *const severity_name[] = {"note", "warning", "error"};
LENGTH_IS(severity_name, TCPHS_SEVERITY_COUNT);

static const char *const role_name[] = {
    [TCPHS_ROLE_NONE] = NULL,   [TCPHS_ROLE_SYN] = "syn",   [TCPHS_ROLE_SYNACK] = "synack",
    [TCPHS_ROLE_ACK] = "ack",   [TCPHS_ROLE_FIN1] = "fin1", [TCPHS_ROLE_ACK1] = "ack1",
    [TCPHS_ROLE_FIN2] = "fin2", [TCPHS_ROLE_ACK2] = "ack2", [TCPHS_ROLE_RST] = "rst",
    [TCPHS_ROLE_DATA] = "data",
};
LENGTH_IS(role_name, TCPHS_ROLE_COUNT);

static const char *const fate_name[] = {NULL, "delivered", "lost", "copy", "ignored"};
LENGTH_IS(fate_name, TCPHS_FATE_COUNT);

#define NAME_IN(table, index)                                                                      \
	((size_t)(index) < sizeof(table) / sizeof((table)[0]) ? (table)[index] : NULL)

const char *tcphs_state_name(enum tcphs_state state)
{
	return NAME_IN(state_name, state);
}

const char *tcphs_side_name(enum tcphs_side side)
{
	return NAME_IN(side_name, side);
}

const char *tcphs_open_name(enum tcphs_open_kind kind)
{
	return NAME_IN(open_name, kind);
}

const char *tcphs_close_name(enum tcphs_close_kind kind)
{
	return NAME_IN(close_name, kind);
}

const char *tcphs_vantage_name(enum tcphs_vantage vantage)
{
	return NAME_IN(vantage_name, vantage);
}

const char *tcphs_final_name(enum tcphs_final final)
{
	return NAME_IN(final_name, final);
}

const char *tcphs_severity_name(enum tcphs_severity severity)
{
	return NAME_IN(severity_name, severity);
}

const char *tcphs_role_name(enum tcphs_role role)
{
	return NAME_IN(role_name, role);
}

const char *tcphs_fate_name(enum tcphs_fate fate)
{
	return NAME_IN(fate_name, fate);
}
