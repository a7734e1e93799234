/* SPDX-License-Identifier: BSD-3-Clause */
/* Analyses filled by hand, for tests of what draws them: no tracker, no capture. */
#ifndef TESTS_LADDER_FIXTURE_H
#define TESTS_LADDER_FIXTURE_H

#include <stdlib.h>
#include <string.h>
#include <tcphs/connection.h>
#include <tcphs/diagnosis.h>

#define CLIENT_ISN 3284627151u
#define SERVER_ISN 708095274u
#define START      INT64_C(1795000000123456789)

static const struct tcphs_rule fixture_rules[] = {
    {TCPHS_CLOSED, TCPHS_SYN_SENT, "snd SYN", "3.10.1"},
    {TCPHS_LISTEN, TCPHS_SYN_RECEIVED, "rcv SYN", "3.10.7.2"},
    {TCPHS_SYN_SENT, TCPHS_ESTABLISHED, "rcv SYN-ACK", "3.10.7.3"},
    {TCPHS_SYN_RECEIVED, TCPHS_ESTABLISHED, "rcv ACK of SYN", "3.10.7.4"},
    {TCPHS_ESTABLISHED, TCPHS_FIN_WAIT_1, "snd FIN", "3.10.4"},
    {TCPHS_ESTABLISHED, TCPHS_CLOSE_WAIT, "rcv FIN", "3.10.7.4"},
    {TCPHS_FIN_WAIT_1, TCPHS_FIN_WAIT_2, "rcv ACK of FIN", "3.10.7.4"},
    {TCPHS_FIN_WAIT_2, TCPHS_TIME_WAIT, "rcv FIN", "3.10.7.4"},
    {TCPHS_CLOSE_WAIT, TCPHS_LAST_ACK, "snd FIN", "3.10.4"},
    {TCPHS_LAST_ACK, TCPHS_CLOSED, "rcv ACK of FIN", "3.10.7.4"},
    {TCPHS_FIN_WAIT_1, TCPHS_CLOSING, "rcv FIN", "3.10.7.4"},
};

static inline struct tcphs_row *fixture_row(struct tcphs_analysis *analysis, int from, double ms,
                                            uint16_t flags, uint32_t seq, uint32_t ack,
                                            uint32_t length)
{
	struct tcphs_row *row;

	if (analysis->rows == analysis->row_room) {
		analysis->row_room = analysis->row_room * 2 + 16;
		analysis->row = realloc(analysis->row, analysis->row_room * sizeof(*row));
	}
	row = &analysis->row[analysis->rows++];
	memset(row, 0, sizeof(*row));
	row->packet = analysis->rows;
	row->time = START + (int64_t)(ms * 1e6);
	row->from = (uint8_t)from;
	row->flags = flags;
	row->seq = (from == TCPHS_CLIENT ? CLIENT_ISN : SERVER_ISN) + seq;
	row->ack =
	    (flags & TCPHS_ACK) != 0 ? (from == TCPHS_CLIENT ? SERVER_ISN : CLIENT_ISN) + ack : 0;
	row->length = length;
	row->window = 65160;
	row->again = -1;
	if (analysis->rows > 1) {
		memcpy(row->state, row[-1].state, sizeof(row->state));
		memcpy(row->certain, row[-1].certain, sizeof(row->certain));
		memcpy(row->vars, row[-1].vars, sizeof(row->vars));
	}
	row->vars[from].iss = from == TCPHS_CLIENT ? CLIENT_ISN : SERVER_ISN;
	row->vars[from].iss_known = true;
	row->vars[from].snd_nxt = row->seq + length + ((flags & (TCPHS_SYN | TCPHS_FIN)) != 0);
	row->vars[from].snd_una = row->vars[from].iss;
	if ((flags & TCPHS_ACK) != 0)
		row->vars[!from].snd_una = row->ack;
	analysis->connection.end[from].packets++;
	analysis->connection.packets++;
	analysis->connection.last_packet = row->packet;
	analysis->connection.duration = row->time - START;
	return row;
}

static inline void fixture_state(struct tcphs_row *row, int side, enum tcphs_state to, bool certain)
{
	for (size_t i = 0; i < sizeof(fixture_rules) / sizeof(fixture_rules[0]); i++)
		if (fixture_rules[i].from == row->state[side] && fixture_rules[i].to == to)
			row->rule[side] = &fixture_rules[i];
	row->state[side] = (uint8_t)to;
	row->certain[side] = certain;
}

/* The connection ends in the states of its last row. */
static inline void fixture_end(struct tcphs_analysis *analysis)
{
	for (int side = 0; side < 2; side++) {
		const struct tcphs_row *row = &analysis->row[analysis->rows - 1];

		analysis->connection.end[side].state = row->state[side];
		analysis->connection.end[side].certain = row->certain[side];
	}
}

static inline void fixture_diagnosis(struct tcphs_analysis *analysis, struct tcphs_diagnosis what)
{
	struct tcphs_diagnosis *list;

	list = realloc(analysis->diagnosis, (analysis->diagnoses + 1) * sizeof(*list));
	analysis->diagnosis = list;
	what.severity = tcphs_code_info(what.code)->severity;
	if (what.row < analysis->rows) {
		struct tcphs_row *row = &analysis->row[what.row];

		if (row->diagnoses++ == 0)
			row->diagnosis = (uint32_t)analysis->diagnoses;
		what.packet = row->packet;
	}
	list[analysis->diagnoses++] = what;
	analysis->connection.diagnoses++;
}

static inline void fixture_free(struct tcphs_analysis *analysis)
{
	free(analysis->row);
	free(analysis->diagnosis);
	memset(analysis, 0, sizeof(*analysis));
}

static inline void fixture_begin(struct tcphs_analysis *analysis)
{
	struct tcphs_connection *connection = &analysis->connection;

	memset(analysis, 0, sizeof(*analysis));
	connection->id = 1;
	connection->start = START;
	connection->first_packet = 1;
	connection->open.rtt = connection->open.rtt_to_server = connection->open.rtt_to_client = -1;
	connection->close.duration = -1;
	connection->close.initiator = TCPHS_NOBODY;
	for (int side = 0; side < 2; side++) {
		struct tcphs_endpoint *end = &connection->end[side];

		end->address =
		    (struct tcphs_address){.family = 4, .octets = {10, 77, 0, (uint8_t)(side + 1)}};
		end->port = side == TCPHS_CLIENT ? 40000 : 80;
		end->isn_known = true;
		end->isn = side == TCPHS_CLIENT ? CLIENT_ISN : SERVER_ISN;
		end->options_known = true;
		end->mss = 1460;
		end->wscale = 7;
		end->sack = end->timestamps = true;
	}
}

/* The client's SYN, at 0. */
static inline void fixture_syn(struct tcphs_analysis *analysis)
{
	struct tcphs_row *row = fixture_row(analysis, TCPHS_CLIENT, 0, TCPHS_SYN, 0, 0, 0);

	row->role = TCPHS_ROLE_SYN;
	row->state[0] = TCPHS_CLOSED;
	row->state[1] = TCPHS_LISTEN;
	fixture_state(row, 0, TCPHS_SYN_SENT, true);
	fixture_state(row, 1, TCPHS_SYN_RECEIVED, false);
}

/* SYN, SYN-ACK, ACK at 0, 11.128 and 11.198 ms. */
static inline void fixture_open(struct tcphs_analysis *analysis)
{
	struct tcphs_open *open = &analysis->connection.open;
	struct tcphs_row *row;

	fixture_syn(analysis);
	row = fixture_row(analysis, TCPHS_SERVER, 11.128, TCPHS_SYN | TCPHS_ACK, 0, 1, 0);
	row->role = TCPHS_ROLE_SYNACK;
	row->certain[1] = true;
	fixture_state(row, 0, TCPHS_ESTABLISHED, false);
	row = fixture_row(analysis, TCPHS_CLIENT, 11.198, TCPHS_ACK, 1, 1, 0);
	row->role = TCPHS_ROLE_ACK;
	row->certain[0] = true;
	fixture_state(row, 1, TCPHS_ESTABLISHED, false);
	open->kind = TCPHS_OPEN_THREE_WAY;
	open->complete = true;
	for (int i = 0; i < 3; i++)
		open->packet[i] = (uint64_t)i + 1;
	open->rtt = 11198000;
	open->rtt_to_server = 11128000;
	open->rtt_to_client = 70000;
}

/* The first ladder of a textbook: opened, 100 octets there, 200 back, closed by the client. */
static inline void fixture_textbook(struct tcphs_analysis *analysis)
{
	struct tcphs_close *close;
	struct tcphs_row *row;

	fixture_begin(analysis);
	fixture_open(analysis);
	row = fixture_row(analysis, TCPHS_CLIENT, 12, TCPHS_ACK | TCPHS_PSH, 1, 1, 100);
	row->quiet = 1;
	row = fixture_row(analysis, TCPHS_SERVER, 23, TCPHS_ACK, 1, 101, 0);
	row->quiet = 1;
	row->certain[1] = true;
	row = fixture_row(analysis, TCPHS_SERVER, 24, TCPHS_ACK | TCPHS_PSH, 1, 101, 200);
	row->quiet = 1;
	row = fixture_row(analysis, TCPHS_CLIENT, 24.1, TCPHS_ACK, 101, 201, 0);
	row->quiet = 1;
	row = fixture_row(analysis, TCPHS_CLIENT, 77.190, TCPHS_FIN | TCPHS_ACK, 101, 201, 0);
	row->role = TCPHS_ROLE_FIN1;
	fixture_state(row, 0, TCPHS_FIN_WAIT_1, true);
	fixture_state(row, 1, TCPHS_CLOSE_WAIT, false);
	row = fixture_row(analysis, TCPHS_SERVER, 130.931, TCPHS_ACK, 201, 102, 0);
	row->role = TCPHS_ROLE_ACK1;
	row->certain[1] = true;
	fixture_state(row, 0, TCPHS_FIN_WAIT_2, false);
	row = fixture_row(analysis, TCPHS_SERVER, 182.894, TCPHS_FIN | TCPHS_ACK, 201, 102, 0);
	row->role = TCPHS_ROLE_FIN2;
	fixture_state(row, 0, TCPHS_TIME_WAIT, false);
	fixture_state(row, 1, TCPHS_LAST_ACK, true);
	row = fixture_row(analysis, TCPHS_CLIENT, 182.939, TCPHS_ACK, 102, 202, 0);
	row->role = TCPHS_ROLE_ACK2;
	row->certain[0] = true;
	fixture_state(row, 1, TCPHS_CLOSED, false);
	close = &analysis->connection.close;
	close->kind = TCPHS_CLOSE_FOUR_WAY;
	close->complete = true;
	close->initiator = TCPHS_CLIENT;
	for (int i = 0; i < 4; i++)
		close->packet[i] = (uint64_t)i + 8;
	close->duration = 105749000;
	analysis->connection.end[0].bytes = 100;
	analysis->connection.end[1].bytes = 200;
	fixture_end(analysis);
}

/* A SYN-ACK that acknowledges the wrong number, and the RST that it earns. */
static inline void fixture_wrong_ack(struct tcphs_analysis *analysis)
{
	struct tcphs_row *row;

	fixture_begin(analysis);
	fixture_syn(analysis);
	row = fixture_row(analysis, TCPHS_SERVER, 5.871, TCPHS_SYN | TCPHS_ACK, 0, 7, 0);
	row->role = TCPHS_ROLE_SYNACK;
	row->certain[1] = true;
	row = fixture_row(analysis, TCPHS_CLIENT, 5.902, TCPHS_RST, 7, 0, 0);
	row->state[1] = TCPHS_LISTEN;
	row->certain[1] = false;
	fixture_diagnosis(analysis, (struct tcphs_diagnosis){.code = TCPHS_D_SYNACK_ACK_MISMATCH,
	                                                     .from = TCPHS_SERVER,
	                                                     .row = 1,
	                                                     .numbers = 1,
	                                                     .expected = CLIENT_ISN + 1,
	                                                     .got = CLIENT_ISN + 7});
	analysis->connection.open.kind = TCPHS_OPEN_ABORTED;
	analysis->connection.open.packet[TCPHS_P_SYN] = 1;
	analysis->connection.open.packet[TCPHS_P_SYNACK] = 2;
	analysis->connection.open.packet[TCPHS_P_OPEN_RST] = 3;
	fixture_end(analysis);
}

/* Lost, repeated and crossing segments. */
static inline void fixture_troubled(struct tcphs_analysis *analysis)
{
	struct tcphs_row *row;

	fixture_begin(analysis);
	fixture_open(analysis);
	row = fixture_row(analysis, TCPHS_CLIENT, 1400.310, TCPHS_ACK | TCPHS_PSH, 1, 1, 100);
	row->fate = TCPHS_LOST;
	row = fixture_row(analysis, TCPHS_CLIENT, 1402.774, TCPHS_ACK | TCPHS_PSH, 1, 1, 100);
	row->again = 3;
	row = fixture_row(analysis, TCPHS_SERVER, 1403, TCPHS_ACK | TCPHS_PSH, 1, 1, 1448);
	row->fate = TCPHS_LOST;
	row = fixture_row(analysis, TCPHS_SERVER, 1404, TCPHS_ACK | TCPHS_PSH, 1, 1, 1448);
	row->again = 5;
	row->fate = TCPHS_COPY;
	row = fixture_row(analysis, TCPHS_CLIENT, 1512.310, TCPHS_FIN | TCPHS_ACK, 101, 1, 0);
	row->late = true;
	fixture_state(row, 0, TCPHS_FIN_WAIT_1, true);
	row = fixture_row(analysis, TCPHS_SERVER, 1512.331, TCPHS_FIN | TCPHS_ACK, 1449, 101, 0);
	fixture_state(row, 0, TCPHS_CLOSING, false);
	fixture_state(row, 1, TCPHS_FIN_WAIT_1, true);
	analysis->connection.close.kind = TCPHS_CLOSE_SIMULTANEOUS;
	analysis->connection.close.initiator = TCPHS_BOTH;
	analysis->connection.close.packet[TCPHS_P_FIN1] = 8;
	analysis->connection.close.packet[TCPHS_P_FIN2] = 9;
	fixture_diagnosis(analysis, (struct tcphs_diagnosis){.code = TCPHS_D_CLOSE_SIMULTANEOUS,
	                                                     .row = UINT32_MAX,
	                                                     .detail = {21000}});
	fixture_end(analysis);
}

#endif
