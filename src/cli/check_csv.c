/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs check --csv: one line a diagnosis. */
#include "cli/check_form.h"

#include "base/address.h"
#include "base/csv.h"
#include "cli/options.h"

#include <tcphs/diagnosis.h>
#include <tcphs/ladder.h>

static const char heads[] = "connection,client,server,host,packet,code,severity,expected,got,rfc,"
                            "section,text\r\n";

static void add_text(struct stream *out, const char *text)
{
	csv_next(out);
	if (text != NULL)
		csv_cell(out, text, strlen(text));
}

static void add_number(struct stream *out, bool known, uint64_t number)
{
	csv_next(out);
	if (known)
		stream_u64(out, number);
}

/* "1234", or "2:17" in the second of several captures. */
static void add_packet(struct run *run, uint64_t packet)
{
	size_t capture = 0;
	uint64_t number = packet;

	csv_next(run->output.stream);
	if (packet == 0)
		return;
	if (run->record.pairs) {
		tcphs_source_locate(run->record.source, packet, &capture, &number);
		stream_u64(run->output.stream, capture + 1);
		stream_char(run->output.stream, ':');
	}
	stream_u64(run->output.stream, number);
}

static void add_rule(struct stream *out, unsigned code, unsigned severity, bool numbers,
                     uint32_t expected, uint32_t got)
{
	const struct tcphs_code_info *info = tcphs_code_info((enum tcphs_code)code);

	add_text(out, info->name);
	add_text(out, tcphs_severity_name((enum tcphs_severity)severity));
	add_number(out, numbers, expected);
	add_number(out, numbers, got);
	add_text(out, info->rfc);
	add_text(out, info->section);
}

static void add_heads(struct run *run)
{
	stream_text(run->output.stream, heads);
}

static void add_connection(struct run *run, const struct tcphs_analysis *analysis)
{
	const struct tcphs_connection *connection = &analysis->connection;
	struct stream *out = run->output.stream;
	char ends[2][64], text[1024];

	for (int side = 0; side < 2; side++)
		tcphs_endpoint_text(&connection->end[side], true, ends[side], sizeof(ends[side]));
	for (size_t i = 0; i < analysis->diagnoses; i++) {
		const struct tcphs_diagnosis *diagnosis = &analysis->diagnosis[i];

		stream_u64(out, connection->id);
		add_text(out, ends[TCPHS_CLIENT]);
		add_text(out, ends[TCPHS_SERVER]);
		add_text(out, NULL);
		add_packet(run, diagnosis->packet);
		add_rule(out, diagnosis->code, diagnosis->severity, diagnosis->numbers,
		         diagnosis->expected, diagnosis->got);
		tcphs_diagnosis_text(connection, diagnosis, !run->options->absolute, text,
		                     sizeof(text));
		add_text(out, text);
		csv_end(out);
	}
}

static void add_finding(struct run *run, const struct tcphs_isn_finding *finding, bool first)
{
	struct stream *out = run->output.stream;
	char address[64];

	(void)first;
	address[0] = '\0';
	if (finding->host.family != 0) /* else it concerns the capture as a whole */
		address_text(&finding->host, address, sizeof(address));
	add_text(out, NULL);
	add_text(out, NULL);
	add_text(out, address);
	add_packet(run, finding->packet);
	add_rule(out, finding->code, finding->severity, finding->numbers, finding->expected,
	         finding->got);
	add_text(out, finding->text);
	csv_end(out);
}

static void add_end(struct run *run, const struct summary *summary, uint64_t troubled)
{
	(void)run;
	(void)summary;
	(void)troubled;
}

const struct check_form check_csv = {
    .begin = add_heads,
    .connection = add_connection,
    .finding = add_finding,
    .end = add_end,
};
