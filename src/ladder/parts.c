/* SPDX-License-Identifier: BSD-3-Clause */
#include "ladder/parts.h"

static bool holds(const uint64_t *packets, size_t count, uint64_t packet)
{
	for (size_t i = 0; i < count; i++)
		if (packets[i] == packet && packet != 0)
			return true;
	return false;
}

/* An open is done where both sides are established, whichever segments that took: a third one
 * that was lost comes again behind its SYN-ACK, a wandering SYN may come long after. */
static void bound_open(struct tcphs_ladder *ladder)
{
	const struct tcphs_analysis *analysis = ladder->analysis;
	const struct tcphs_open *open = &analysis->connection.open;

	if (!open->complete || open->kind == TCPHS_OPEN_SELF || open->kind == TCPHS_OPEN_PARTIAL)
		return;
	for (uint32_t i = ladder->part_first[TCPHS_PART_OPEN]; i < analysis->rows; i++) {
		const struct tcphs_row *row = &analysis->row[i];

		if (row->is_run)
			return; /* it was done among data that are not kept apart */
		if (row->state[0] >= TCPHS_ESTABLISHED && row->state[1] >= TCPHS_ESTABLISHED) {
			ladder->part_last[TCPHS_PART_OPEN] = i;
			return;
		}
	}
}

/* The rows of each handshake: from the first to the last of its packets, and of their
 * repetitions. */
void ladder_find_parts(struct tcphs_ladder *ladder)
{
	const struct tcphs_connection *connection = &ladder->analysis->connection;
	uint32_t *first = ladder->part_first, *last = ladder->part_last;

	for (size_t i = 0; i < 3; i++)
		first[i] = UINT32_MAX, last[i] = 0;
	for (size_t i = 0; i < 2; i++)
		ladder->syn[i] = ladder->fin[i] = UINT32_MAX;
	for (uint32_t i = 0; i < ladder->analysis->rows; i++) {
		const struct tcphs_row *row = &ladder->analysis->row[i];
		bool syn = (row->flags & TCPHS_SYN) != 0, fin = (row->flags & TCPHS_FIN) != 0;
		int part = TCPHS_PART_NONE;

		if (row->is_run)
			continue;
		if (syn && ladder->syn[row->from] == UINT32_MAX)
			ladder->syn[row->from] = i;
		if (fin && ladder->fin[row->from] == UINT32_MAX)
			ladder->fin[row->from] = i;
		if (syn || holds(connection->open.packet, TCPHS_OPEN_PACKETS, row->packet))
			part = TCPHS_PART_OPEN;
		else if (connection->close.kind != TCPHS_CLOSE_NONE &&
		         (fin || holds(connection->close.packet, TCPHS_CLOSE_PACKETS, row->packet)))
			part = TCPHS_PART_CLOSE;
		if (first[part] == UINT32_MAX)
			first[part] = i;
		last[part] = i;
	}
	bound_open(ladder);
	/* A stray SYN behind the close stays outside; the parts never overlap. */
	if (first[TCPHS_PART_CLOSE] <= last[TCPHS_PART_OPEN] &&
	    first[TCPHS_PART_OPEN] != UINT32_MAX)
		last[TCPHS_PART_OPEN] = first[TCPHS_PART_CLOSE] > first[TCPHS_PART_OPEN]
		                            ? first[TCPHS_PART_CLOSE] - 1
		                            : first[TCPHS_PART_OPEN];
	first[TCPHS_PART_NONE] = UINT32_MAX;
}

/* A run of one segment that the tracker folded saves no line and hides what it was. */
bool ladder_has_lone(const struct tcphs_analysis *analysis)
{
	uint64_t packets = 0;
	bool folded = false;

	for (size_t i = 0; i < analysis->rows; i++) {
		const struct tcphs_row *row = &analysis->row[i];

		if (row->is_run || row->quiet) {
			packets += row->is_run ? row->run_packets[0] + row->run_packets[1] : 1;
			folded |= row->is_run;
			continue;
		}
		if (packets == 1 && folded)
			return true;
		packets = 0;
		folded = false;
	}
	return packets == 1 && folded;
}

uint8_t ladder_bracket(const struct tcphs_ladder *ladder, int part, const struct tcphs_line *line)
{
	uint32_t first = ladder->part_first[part], last = ladder->part_last[part];

	if (first == UINT32_MAX || line->row < first || line->row > last)
		return TCPHS_BRACKET_NONE;
	if (line->kind == TCPHS_LINE_GAP && line->row == first)
		return TCPHS_BRACKET_NONE;
	if (line->kind != TCPHS_LINE_SEGMENT)
		return line->row < last || line->kind == TCPHS_LINE_GAP ? TCPHS_BRACKET_INSIDE
		                                                        : TCPHS_BRACKET_NONE;
	if (first == last)
		return TCPHS_BRACKET_ONLY;
	return line->row == first  ? TCPHS_BRACKET_FIRST
	       : line->row == last ? TCPHS_BRACKET_LAST
	                           : TCPHS_BRACKET_INSIDE;
}
