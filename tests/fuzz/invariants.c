/* SPDX-License-Identifier: BSD-3-Clause */
#include "invariants.h"

#include "fuzz.h"

#include "model/machine.h"
#include "track/tracker.h"

#include <string.h>

/* ---- states ------------------------------------------------------------------------ */

static bool is_of_table(const struct tcphs_rule *rule)
{
	for (int event = 0; event < MACHINE_EVENTS; event++)
		if (machine_rule((enum tcphs_state)rule->from, (enum machine_event)event) == rule)
			return true;
	return false;
}

/* Bits of the states that rows of the table lead to from `state`, itself included. */
static unsigned reachable(unsigned state)
{
	unsigned found = 1u << state, before = 0;

	while (found != before) {
		before = found;
		for (unsigned from = 0; from < TCPHS_STATE_COUNT; from++)
			for (int event = 0; event < MACHINE_EVENTS && (found >> from & 1);
			     event++) {
				const struct tcphs_rule *rule =
				    machine_rule((enum tcphs_state)from, (enum machine_event)event);

				if (rule != NULL)
					found |= 1u << rule->to;
			}
	}
	return found;
}

/* Several rules may apply in one row (late arrivals catch up); the last one is named. */
static void check_row_states(const struct tcphs_analysis *analysis)
{
	for (size_t i = 0; i < analysis->rows; i++) {
		const struct tcphs_row *row = &analysis->row[i];

		for (int side = 0; side < 2; side++) {
			const struct tcphs_rule *rule = row->rule[side];

			expect(row->state[side] < TCPHS_STATE_COUNT);
			if (rule == NULL) {
				expect(i == 0 || row[-1].state[side] == row->state[side]);
				continue;
			}
			expect(is_of_table(rule) && rule->to == row->state[side]);
			expect(i == 0 || (reachable(row[-1].state[side]) >> rule->from & 1));
		}
	}
}

/* Entry by entry: each rule begins in the state that the one before it led to. */
static void check_log(const struct log *log)
{
	unsigned state = log->initial.state;

	for (size_t i = 0; i < log->count; i++) {
		const struct entry *entry = &log->entry[i];

		if (entry->rule == NULL)
			continue;
		expect(is_of_table(entry->rule));
		expect(reachable(state) >> entry->rule->from & 1);
		expect(entry->rule->to == entry->to);
		expect(entry->from == state);
		state = entry->to;
	}
}

/* ---- rows and diagnoses ------------------------------------------------------------ */

static void check_row(const struct tcphs_analysis *analysis, size_t i)
{
	const struct tcphs_row *row = &analysis->row[i];

	expect(row->packet >= analysis->connection.first_packet);
	expect(row->packet <= analysis->connection.last_packet || row->is_run ||
	       analysis->connection.last_packet > 0);
	expect(row->from <= TCPHS_SERVER && row->role < TCPHS_ROLE_COUNT);
	expect(row->fate < TCPHS_FATE_COUNT && row->again < (int32_t)i);
	expect(row->diagnosis <= analysis->diagnoses);
	expect(row->diagnoses <= analysis->diagnoses - row->diagnosis);
	for (uint32_t d = row->diagnosis; d < row->diagnosis + row->diagnoses; d++)
		expect(analysis->diagnosis[d].row == i);
	if (row->is_run && analysis->connection.rows_dropped == 0) /* else what was cut out */
		expect(row->run_packets[0] + row->run_packets[1] > 0);
}

/* Those of one row stand together; those of none are in the order of their packets. */
static void check_diagnoses(const struct tcphs_analysis *analysis)
{
	uint64_t packet = 0;

	for (size_t d = 0; d < analysis->diagnoses; d++) {
		const struct tcphs_diagnosis *diagnosis = &analysis->diagnosis[d];

		expect(diagnosis->code < TCPHS_CODE_COUNT);
		expect(diagnosis->severity < TCPHS_SEVERITY_COUNT);
		expect(diagnosis->row == UINT32_MAX || diagnosis->row < analysis->rows);
		if (diagnosis->row == UINT32_MAX) {
			expect(packet <= diagnosis->packet);
			packet = diagnosis->packet;
		}
	}
}

void check_analysis(const struct tcphs_tracker *tracker, const struct tcphs_analysis *analysis)
{
	const struct tcphs_connection *connection = &analysis->connection;
	uint64_t packets = connection->rows_dropped;

	expect(connection->packets == connection->end[0].packets + connection->end[1].packets);
	expect(connection->duration >= 0 && connection->diagnoses == analysis->diagnoses);
	expect(connection->open.kind < TCPHS_OPEN_COUNT);
	expect(connection->close.kind < TCPHS_CLOSE_COUNT);
	for (size_t i = 0; i < analysis->rows; i++) {
		const struct tcphs_row *row = &analysis->row[i];

		check_row(analysis, i);
		packets += row->is_run ? row->run_packets[0] + row->run_packets[1] : 1;
	}
	expect(packets == connection->packets);
	check_row_states(analysis);
	check_diagnoses(analysis);
	check_log(&tracker->analyst->model.infer.side[0]);
	if (!tracker->analyst->model.infer.self)
		check_log(&tracker->analyst->model.infer.side[1]);
}

/* ---- counters ---------------------------------------------------------------------- */

void check_counters(const struct reading *reading)
{
	struct tcphs_tracker_counts counts = tcphs_tracker_counts(reading->tracker);
	uint64_t skipped = 0, held = 0;

	for (int reason = 0; reason < TCPHS_SKIP_COUNT; reason++)
		skipped += tcphs_decoder_skipped(reading->decoder, (enum tcphs_skip)reason);
	expect(reading->packets == reading->segments + skipped);
	expect(reading->segments == counts.segments + counts.remarks + counts.remarks_lost);
	expect(counts.copies <= counts.segments);
	for (size_t i = 0; i < tcphs_tracker_count(reading->tracker); i++) {
		struct tcphs_connection connection;

		tcphs_tracker_peek(reading->tracker, i, &connection);
		held += connection.packets;
	}
	expect(counts.connections == tcphs_tracker_count(reading->tracker) + reading->gone);
	expect(counts.segments == held + reading->gone_packets);
	expect(counts.evicted <= reading->gone);
}

/* Marks the rows of every connection. */
static void mark_rows(const struct tcphs_tracker *tracker, uint8_t *seen, size_t count,
                      uint64_t *dropped)
{
	struct tcphs_analysis analysis = {0};

	for (size_t i = 0; i < tcphs_tracker_count(tracker); i++) {
		expect(tcphs_tracker_analyse(tracker, i, &analysis));
		*dropped += analysis.connection.rows_dropped;
		for (size_t r = 0; r < analysis.rows; r++) {
			uint64_t number = analysis.row[r].packet;

			expect(number >= 1 && number <= count && !analysis.row[r].is_run);
			expect(!seen[number]);
			seen[number] = 1;
		}
	}
	tcphs_analysis_free(&analysis);
}

void check_each_packet_once(const struct reading *reading, const struct talk *talk,
                            const struct tcphs_decode_options *decode)
{
	static uint8_t seen[TALK_PACKETS_MAX + 1];
	struct tcphs_decoder *decoder = tcphs_decoder_new(decode);
	uint64_t dropped = 0, missing = 0;

	expect(decoder != NULL);
	memset(seen, 0, sizeof(seen));
	mark_rows(reading->tracker, seen, talk->count, &dropped);
	for (size_t i = 0; i < talk->count; i++) {
		struct tcphs_packet packet = talk_packet_at(talk, i);
		struct tcphs_segment segment;
		bool is_tcp = tcphs_decode(decoder, &packet, 1, &segment) == 1 &&
		              segment.kind == TCPHS_SEGMENT_TCP;

		expect(is_tcp || !seen[i + 1]);
		missing += is_tcp && !seen[i + 1];
	}
	expect(missing == dropped);
	tcphs_decoder_free(decoder);
}
