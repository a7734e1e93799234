/* SPDX-License-Identifier: BSD-3-Clause */
/* What the cells of `tcphs list` say: each column by one function, or by a second one for the plain
 * number of CSV. */
#include "cli/list_cells.h"

#include "base/digits.h"
#include "base/service.h"

#include <string.h>
#include <tcphs/diagnosis.h>
#include <tcphs/ladder.h>

static char *put(char *to, const char *text)
{
	size_t length = strlen(text);

	memcpy(to, text, length);
	return to + length;
}

/* What stands for "none". */
static char *put_none(const struct cell_context *context, char *to)
{
	return put(to, context->utf8 ? "\xc2\xb7" : "-");
}

/* ---- identity ------------------------------------------------------------------------- */

char *cell_id(CELL_ARGUMENTS)
{
	(void)context;
	return digits_u64(to, analysis->connection.id);
}

static char *put_endpoint(const struct cell_context *context, const struct tcphs_endpoint *end,
                          char *to)
{
	const char *service = context->numeric ? NULL : service_name(end->port);
	bool six = end->address.family == 6;

	if (six)
		*to++ = '[';
	to = digits_address(to, &end->address);
	if (six)
		*to++ = ']';
	*to++ = ':';
	return service != NULL ? put(to, service) : digits_u64(to, end->port);
}

char *cell_client(CELL_ARGUMENTS)
{
	return put_endpoint(context, &analysis->connection.end[TCPHS_CLIENT], to);
}

char *cell_server(CELL_ARGUMENTS)
{
	return put_endpoint(context, &analysis->connection.end[TCPHS_SERVER], to);
}

char *cell_encapsulation(CELL_ARGUMENTS)
{
	const char *path = context->encapsulation != NULL ? context->encapsulation : "";
	size_t length = strlen(path);

	(void)analysis;
	length = length < CELL_MAX ? length : CELL_MAX;
	memcpy(to, path, length);
	return to + length;
}

/* ---- how it went ---------------------------------------------------------------------- */

char *cell_open(CELL_ARGUMENTS)
{
	(void)context;
	return put(to, tcphs_open_name((enum tcphs_open_kind)analysis->connection.open.kind));
}

char *plain_close(CELL_ARGUMENTS)
{
	(void)context;
	return put(to, tcphs_close_name((enum tcphs_close_kind)analysis->connection.close.kind));
}

char *cell_close(CELL_ARGUMENTS)
{
	if (analysis->connection.close.kind == TCPHS_CLOSE_NONE)
		return put_none(context, to);
	return plain_close(context, analysis, to);
}

char *plain_closer(CELL_ARGUMENTS)
{
	const char *name = tcphs_side_name((enum tcphs_side)analysis->connection.close.initiator);

	(void)context;
	return name != NULL ? put(to, name) : to;
}

char *cell_closer(CELL_ARGUMENTS)
{
	char *end = plain_closer(context, analysis, to);

	return end != to ? end : put_none(context, to);
}

char *cell_client_state(CELL_ARGUMENTS)
{
	(void)context;
	return put(to, tcphs_state_name((enum tcphs_state)analysis->connection.end[0].state));
}

char *cell_server_state(CELL_ARGUMENTS)
{
	(void)context;
	return put(to, tcphs_state_name((enum tcphs_state)analysis->connection.end[1].state));
}

char *cell_verdict(CELL_ARGUMENTS)
{
	char text[CELL_MAX];

	(void)context;
	tcphs_connection_verdict(&analysis->connection, text, sizeof(text));
	return put(to, text);
}

const struct tcphs_diagnosis *cells_worst(const struct tcphs_analysis *analysis)
{
	const struct tcphs_diagnosis *worst = NULL;

	for (size_t i = 0; i < analysis->diagnoses; i++)
		if (worst == NULL || analysis->diagnosis[i].severity > worst->severity)
			worst = &analysis->diagnosis[i];
	return worst;
}

char *plain_worst(CELL_ARGUMENTS)
{
	const struct tcphs_diagnosis *worst = cells_worst(analysis);

	(void)context;
	return worst == NULL ? to : put(to, tcphs_code_info((enum tcphs_code)worst->code)->name);
}

/* The mark of the view's list, and the code of what is wrong. */
char *cell_worst(CELL_ARGUMENTS)
{
	static const char *const marks[2][4] = {{".", "!", "x", "ok"},
	                                        {"\xc2\xb7", "!", "\xe2\x9c\x97", "\xe2\x9c\x93"}};
	const struct tcphs_connection *connection = &analysis->connection;
	const struct tcphs_diagnosis *worst = cells_worst(analysis);
	char *end;

	if (worst == NULL || worst->severity == TCPHS_NOTE) { /* a note is no fault */
		bool well = tcphs_connection_went_well(connection);

		return put(to, marks[context->utf8][well ? 3 : 0]);
	}
	end = put(to, marks[context->utf8][worst->severity]);
	*end++ = ' ';
	return plain_worst(context, analysis, end);
}

/* ---- numbers -------------------------------------------------------------------------- */

char *cell_packets(CELL_ARGUMENTS)
{
	(void)context;
	return digits_u64(to, analysis->connection.packets);
}

uint64_t cells_bytes(const struct tcphs_analysis *analysis)
{
	return analysis->connection.end[0].bytes + analysis->connection.end[1].bytes;
}

char *plain_bytes(CELL_ARGUMENTS)
{
	(void)context;
	return digits_u64(to, cells_bytes(analysis));
}

/* Three to five significant digits: 99999, 123.4k, 1.2M. */
char *cell_bytes(CELL_ARGUMENTS)
{
	static const char prefixes[] = " kMGTPE";
	uint64_t bytes = cells_bytes(analysis), tenths;
	size_t prefix = 0;

	if (bytes < 100000)
		return plain_bytes(context, analysis, to);
	for (tenths = bytes; tenths >= 10000; prefix++)
		tenths = prefix == 0 ? bytes / 100 : tenths / 1000;
	to = digits_u64(to, tenths / 10);
	*to++ = '.';
	*to++ = (char)('0' + tenths % 10);
	*to++ = prefixes[prefix];
	return to;
}

static char *put_duration(const struct cell_context *context, int64_t nanoseconds, char *to)
{
	if (nanoseconds < 0)
		return put_none(context, to);
	return to + tcphs_duration_text(nanoseconds, to, CELL_MAX);
}

static char *put_seconds(int64_t nanoseconds, char *to)
{
	return nanoseconds < 0 ? to : digits_seconds(to, nanoseconds);
}

char *cell_rtt(CELL_ARGUMENTS)
{
	return put_duration(context, analysis->connection.open.rtt, to);
}

char *plain_rtt(CELL_ARGUMENTS)
{
	(void)context;
	return put_seconds(analysis->connection.open.rtt, to);
}

char *cell_duration(CELL_ARGUMENTS)
{
	return put_duration(context, analysis->connection.duration, to);
}

char *plain_duration(CELL_ARGUMENTS)
{
	(void)context;
	return put_seconds(analysis->connection.duration, to);
}

char *cell_start(CELL_ARGUMENTS)
{
	(void)context;
	return digits_instant(to, analysis->connection.start);
}

char *cell_syn_rtx(CELL_ARGUMENTS)
{
	(void)context;
	return digits_u64(to, analysis->connection.open.syn_retransmissions);
}

char *cell_first(CELL_ARGUMENTS)
{
	if (context->source != NULL)
		return to + tcphs_source_packet_name(
		                context->source, analysis->connection.first_packet, to, CELL_MAX);
	return digits_u64(to, analysis->connection.first_packet);
}

static char *put_isn(const struct tcphs_endpoint *end, char *to)
{
	return end->isn_known || end->isn_inferred ? digits_u64(to, end->isn) : to;
}

char *cell_client_isn(CELL_ARGUMENTS)
{
	(void)context;
	return put_isn(&analysis->connection.end[TCPHS_CLIENT], to);
}

char *cell_server_isn(CELL_ARGUMENTS)
{
	(void)context;
	return put_isn(&analysis->connection.end[TCPHS_SERVER], to);
}
