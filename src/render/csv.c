/* SPDX-License-Identifier: BSD-3-Clause */
/* The csv format: one line a segment. Takes any ladder whose analysis is there. */
#include "render/record.h"

#include "base/csv.h"

#include <stdlib.h>
#include <tcphs/diagnosis.h>
#include <tcphs/render.h>

struct csv_state {
	struct stream *out;
	struct tcphs_sink sink;
	struct tcphs_render_options options;
};

static const char heads[] =
    "connection,client,client_port,server,server_port,packet,time,from,flags,seq,ack,length,window,"
    "client_state,server_state,client_certain,server_certain,role,fate,diagnoses\r\n";

static bool csv_write(void *context, const char *octets, size_t count)
{
	const struct csv_state *state = context;

	return state->sink.write(state->sink.context, octets, count);
}

static bool csv_begin(void **state, const struct tcphs_render_options *options,
                      const struct tcphs_sink *sink, struct tcphs_error *error)
{
	struct csv_state *csv = calloc(1, sizeof(*csv));

	*state = csv;
	if (csv != NULL) {
		csv->sink = *sink;
		csv->options = *options;
		csv->out = stream_new(csv_write, csv);
		if (csv->out != NULL) {
			stream_text(csv->out, heads);
			return true;
		}
	}
	free(csv);
	*state = NULL;
	tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
	return false;
}

static void add_text(struct stream *out, const char *text)
{
	csv_next(out);
	if (text != NULL)
		csv_cell(out, text, strlen(text));
}

static void add_number(struct stream *out, uint64_t number)
{
	csv_next(out);
	stream_u64(out, number);
}

static void add_endpoint(struct stream *out, const struct tcphs_endpoint *end)
{
	csv_next(out);
	stream_used(out, digits_address(stream_reserve(out, DIGITS_ADDRESS), &end->address));
	add_number(out, end->port);
}

/* "1234", or "2:17" in the second of several captures. */
static void add_packet(const struct csv_state *csv, uint64_t packet)
{
	size_t capture = 0;
	uint64_t number = packet;

	csv_next(csv->out);
	if (csv->options.captures > 1 && csv->options.source != NULL) {
		tcphs_source_locate(csv->options.source, packet, &capture, &number);
		stream_u64(csv->out, capture + 1);
		stream_char(csv->out, ':');
	}
	stream_u64(csv->out, number);
}

static void add_flags(struct stream *out, uint16_t flags)
{
	static const char *const names[] = {"FIN", "SYN", "RST", "PSH", "ACK",
	                                    "URG", "ECE", "CWR", "AE"};
	const char *before = "";

	csv_next(out);
	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (!(flags >> i & 1))
			continue;
		stream_text(out, before);
		stream_text(out, names[i]);
		before = " ";
	}
}

static void add_codes(struct stream *out, const struct tcphs_analysis *analysis,
                      const struct tcphs_row *row)
{
	csv_next(out);
	for (size_t i = 0; i < row->diagnoses && row->diagnosis + i < analysis->diagnoses; i++) {
		unsigned code = analysis->diagnosis[row->diagnosis + i].code;

		if (i > 0)
			stream_char(out, ' ');
		stream_text(out, tcphs_code_info((enum tcphs_code)code)->name);
	}
}

static void add_row(const struct csv_state *csv, const struct tcphs_analysis *analysis,
                    const struct tcphs_row *row)
{
	struct stream *out = csv->out;

	stream_u64(out, analysis->connection.id);
	add_endpoint(out, &analysis->connection.end[TCPHS_CLIENT]);
	add_endpoint(out, &analysis->connection.end[TCPHS_SERVER]);
	add_packet(csv, row->packet);
	csv_next(out);
	stream_used(out, digits_instant(stream_reserve(out, DIGITS_INSTANT), row->time));
	add_text(out, tcphs_side_name((enum tcphs_side)row->from));
	add_flags(out, row->flags);
	add_number(out, row->seq);
	csv_next(out);
	if (row->flags & TCPHS_ACK)
		stream_u64(out, row->ack);
	add_number(out, row->length);
	add_number(out, row->window);
	for (int side = 0; side < 2; side++)
		add_text(out, tcphs_state_name((enum tcphs_state)row->state[side]));
	for (int side = 0; side < 2; side++)
		add_text(out, row->certain[side] ? "true" : "false");
	add_text(out, tcphs_role_name((enum tcphs_role)row->role));
	add_text(out, tcphs_fate_name((enum tcphs_fate)row->fate));
	add_codes(out, analysis, row);
	csv_end(out);
}

static bool csv_ok(const struct csv_state *csv, struct tcphs_error *error)
{
	if (csv->out->failed)
		tcphs_error_set(error, TCPHS_USAGE, "the output can't be written");
	return !csv->out->failed;
}

static bool csv_ladder(void *state, const struct tcphs_ladder *ladder, struct tcphs_error *error)
{
	const struct csv_state *csv = state;

	for (size_t i = 0; i < ladder->analysis->rows; i++)
		if (!ladder->analysis->row[i].is_run)
			add_row(csv, ladder->analysis, &ladder->analysis->row[i]);
	if (csv->options.live) /* the next one may be far */
		stream_flush(csv->out);
	return csv_ok(csv, error);
}

static bool csv_finish(void *state, struct tcphs_error *error)
{
	struct csv_state *csv = state;
	bool ok;

	if (csv == NULL)
		return false;
	stream_flush(csv->out);
	ok = csv_ok(csv, error);
	free(csv->out);
	free(csv);
	return ok;
}

const struct tcphs_format csv_format = {
    .name = "csv",
    .extension = ".csv",
    .help = "comma-separated values, one line a segment",
    .begin = csv_begin,
    .ladder = csv_ladder,
    .end = csv_finish,
};
