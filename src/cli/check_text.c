/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/check_form.h"

#include "cli/options.h"

#include "base/address.h"
#include "base/text.h"
#include "base/wrap.h"

#include <inttypes.h>
#include <string.h>
#include <tcphs/diagnosis.h>
#include <tcphs/ladder.h>

enum { INDENT = 4, WIDTH_MIN = 40, WIDTH_DEFAULT = 80, WIDTH_MAX = 100 };
enum {
	FOLD_LEAST = 3, /* so often in one connection, a code is said once */
	FOLD_NAMED = 5, /* with this many of its packets */
};

static const char *const marks[2][TCPHS_SEVERITY_COUNT] = {{".", "!", "x"},
                                                           {"\xc2\xb7", "!", "\xe2\x9c\x97"}};
static const char *const styles[TCPHS_SEVERITY_COUNT] = {"", "\033[33m", "\033[31m"};

/* Text of the library is UTF-8; the terminal may not be. */
static void put(struct run *run, struct text *line)
{
	if (!run->output.utf8)
		wrap_to_ascii(line, 0);
	stream_add_text(run->output.stream, line);
}

static void put_style(struct run *run, const char *style)
{
	if (run->output.color && style[0] != '\0')
		stream_text(run->output.stream, style);
}

/* Broken between words, every line indented. */
static void put_wrapped(struct run *run, const char *utf8)
{
	unsigned limit = run->output.width > WIDTH_MIN ? run->output.width : WIDTH_DEFAULT;
	struct text lines = {0};

	wrap_add(&lines, utf8, INDENT, limit < WIDTH_MAX ? limit - 1 : WIDTH_MAX);
	if (!run->output.utf8)
		wrap_to_ascii(&lines, 0);
	stream_add_text(run->output.stream, &lines);
	text_free(&lines);
}

/* "3", of several captures "3 of capture 2". */
static void put_number(struct run *run, struct text *line, uint64_t packet)
{
	size_t capture = 0;
	uint64_t number = packet;

	if (run->record.pairs)
		tcphs_source_locate(run->record.source, packet, &capture, &number);
	text_addf(line, "%" PRIu64, number);
	if (run->record.pairs)
		text_addf(line, " of capture %zu", capture + 1);
}

/* "  packet 3" */
static void put_packet(struct run *run, struct text *line, uint64_t packet)
{
	if (packet == 0)
		return;
	text_addf(line, "  packet ");
	put_number(run, line, packet);
}

/* "  ×212  packets 3, 5, 7, 9, 11 …": all of the code of diagnosis `first`. */
static void put_packets(struct run *run, struct text *line, const struct tcphs_analysis *analysis,
                        size_t first, size_t times)
{
	const struct tcphs_diagnosis *d = analysis->diagnosis;
	size_t named = 0;

	text_addf(line, "  \xc3\x97%zu", times);
	for (size_t i = first; i < analysis->diagnoses && named < FOLD_NAMED; i++) {
		if (d[i].code != d[first].code || d[i].packet == 0)
			continue;
		text_addf(line, named++ == 0 ? "  packets " : ", ");
		put_number(run, line, d[i].packet);
	}
	if (named > 0 && times > named)
		text_addf(line, " \xe2\x80\xa6");
}

/* "  ✗ synack-ack-mismatch  error", the packets in `where`, "  RFC 9293 §3.10.7.3" */
static void put_head(struct run *run, unsigned code, unsigned severity, const struct text *where)
{
	const struct tcphs_code_info *info = tcphs_code_info((enum tcphs_code)code);
	struct text line = {.failed = where->failed};

	text_addf(&line, "  %s %s  %s%s", marks[run->output.utf8][severity], info->name,
	          tcphs_severity_name((enum tcphs_severity)severity),
	          where->length > 0 ? where->data : "");
	if (info->rfc != NULL)
		text_addf(&line, "  RFC %s", info->rfc);
	if (info->rfc != NULL && info->section != NULL)
		text_addf(&line, run->output.utf8 ? " \xc2\xa7%s" : " section %s", info->section);
	put_style(run, styles[severity]);
	put(run, &line);
	if (styles[severity][0] != '\0')
		put_style(run, "\033[0m");
	stream_char(run->output.stream, '\n');
	text_free(&line);
}

/* An empty line between two groups. */
static void put_gap(struct run *run)
{
	if (run->output.stream->total > 0)
		stream_char(run->output.stream, '\n');
}

/* Diagnosis `i`, the first of `times` of its code: if these are many, all of them at once. */
static void put_diagnosis(struct run *run, const struct tcphs_analysis *analysis, size_t i,
                          size_t times)
{
	const struct tcphs_diagnosis *d = analysis->diagnosis;
	struct text where = {0};
	char text[1024] = "first: ";
	size_t skip = strlen(text);

	if (times >= FOLD_LEAST)
		put_packets(run, &where, analysis, i, times);
	else
		put_packet(run, &where, d[i].packet);
	put_head(run, d[i].code, d[i].severity, &where);
	text_free(&where);
	tcphs_diagnosis_text(&analysis->connection, &d[i], !run->options->absolute, text + skip,
	                     sizeof(text) - skip);
	put_wrapped(run, times >= FOLD_LEAST ? text : text + skip);
}

static void put_diagnoses_of(struct run *run, const struct tcphs_analysis *analysis,
                             unsigned severity, size_t times[TCPHS_CODE_COUNT])
{
	for (size_t i = 0; i < analysis->diagnoses; i++) {
		size_t *left = &times[analysis->diagnosis[i].code];

		if (*left == 0 || analysis->diagnosis[i].severity != severity)
			continue;
		put_diagnosis(run, analysis, i, *left);
		if (*left >= FOLD_LEAST)
			*left = 0;
	}
}

/* The worst first, and those that are as bad in the order of their packets. */
static void put_diagnoses(struct run *run, const struct tcphs_analysis *analysis)
{
	size_t times[TCPHS_CODE_COUNT] = {0};

	for (size_t i = 0; i < analysis->diagnoses; i++)
		times[analysis->diagnosis[i].code]++;
	times[TCPHS_D_EVICTED] = 0; /* the end counts them */
	for (unsigned severity = TCPHS_SEVERITY_COUNT; severity-- > 0;)
		put_diagnoses_of(run, analysis, severity, times);
}

/* Nothing else is to be said of who was given up: the end counts them. */
static bool only_evicted(const struct tcphs_analysis *analysis)
{
	return analysis->diagnoses == 1 && analysis->diagnosis[0].code == TCPHS_D_EVICTED;
}

static void put_connection(struct run *run, const struct tcphs_analysis *analysis)
{
	const struct tcphs_connection *connection = &analysis->connection;
	char client[64], server[64];
	struct text line = {0};

	if (only_evicted(analysis))
		return;
	put_gap(run);
	tcphs_endpoint_text(&connection->end[TCPHS_CLIENT], run->options->numeric, client,
	                    sizeof(client));
	tcphs_endpoint_text(&connection->end[TCPHS_SERVER], run->options->numeric, server,
	                    sizeof(server));
	text_addf(&line, "#%" PRIu64 "  %s \xe2\x86\x92 %s  %s", connection->id, client, server,
	          tcphs_open_name((enum tcphs_open_kind)connection->open.kind));
	if (connection->close.kind != TCPHS_CLOSE_NONE)
		text_addf(&line, ", %s",
		          tcphs_close_name((enum tcphs_close_kind)connection->close.kind));
	put_style(run, "\033[1m");
	put(run, &line);
	put_style(run, "\033[0m");
	stream_char(run->output.stream, '\n');
	text_free(&line);
	put_diagnoses(run, analysis);
}

static void put_finding(struct run *run, const struct tcphs_isn_finding *finding, bool first)
{
	struct text where = {0};
	char address[64];

	if (first) {
		put_gap(run);
		put_style(run, "\033[1m");
		if (finding->host.family == 0) {
			stream_literal(run->output.stream, "the capture as a whole");
		} else {
			address_text(&finding->host, address, sizeof(address));
			stream_literal(run->output.stream, "host ");
			stream_text(run->output.stream, address);
		}
		put_style(run, "\033[0m");
		stream_char(run->output.stream, '\n');
	}
	put_packet(run, &where, finding->packet);
	put_head(run, finding->code, finding->severity, &where);
	text_free(&where);
	put_wrapped(run, finding->text);
}

static void put_counted(struct stream *out, uint64_t count, const char *what)
{
	stream_u64(out, count);
	stream_char(out, ' ');
	stream_text(out, what);
	if (count != 1)
		stream_char(out, 's');
}

static void put_skipped(struct stream *out, const struct record_counts *counts)
{
	const char *before = "skipped: ";

	for (int i = 0; i < TCPHS_SKIP_COUNT; i++) {
		if (counts->skipped[i] == 0)
			continue;
		stream_text(out, before);
		stream_u64(out, counts->skipped[i]);
		stream_char(out, ' ');
		stream_text(out, tcphs_skip_name((enum tcphs_skip)i));
		before = ", ";
	}
	if (before[0] == ',')
		stream_char(out, '\n');
}

static void put_evicted(struct run *run, uint64_t evicted)
{
	const struct text where = {0};

	if (evicted == 0)
		return;
	put_gap(run);
	put_head(run, TCPHS_D_EVICTED, tcphs_code_info(TCPHS_D_EVICTED)->severity, &where);
	stream_literal(run->output.stream, "    ");
	put_counted(run->output.stream, evicted, "connection");
	stream_literal(run->output.stream, " given up to stay within --max-memory\n");
}

static void put_end(struct run *run, const struct summary *summary, uint64_t troubled)
{
	struct record_counts counts = run_counts(run);
	struct stream *out = run->output.stream;

	put_evicted(run, summary->code[TCPHS_D_EVICTED]);
	put_gap(run);
	for (int i = TCPHS_SEVERITY_COUNT - 1; i >= 0; i--) {
		put_counted(out, summary->severity[i], tcphs_severity_name((enum tcphs_severity)i));
		stream_text(out, i > 0 ? ", " : "");
	}
	stream_literal(out, " in ");
	stream_u64(out, troubled);
	stream_literal(out, " of ");
	put_counted(out, summary->connections, "connection");
	stream_literal(out, "; ");
	put_counted(out, counts.packets, "packet");
	stream_literal(out, ", ");
	put_counted(out, counts.segments, "TCP segment");
	stream_char(out, '\n');
	put_skipped(out, &counts);
}

const struct check_form check_text = {
    .worst_first = true,
    .connection = put_connection,
    .finding = put_finding,
    .end = put_end,
};
