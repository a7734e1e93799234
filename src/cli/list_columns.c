/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/list_columns.h"

#include "base/digits.h"
#include "base/nearest.h"
#include "base/service.h"

#include <stdio.h>
#include <string.h>
#include <tcphs/diagnosis.h>
#include <tcphs/ladder.h>

#define NEEDS const struct cell_context *context, const struct tcphs_analysis *analysis, char *to

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

static char *cell_id(NEEDS)
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

static char *cell_client(NEEDS)
{
	return put_endpoint(context, &analysis->connection.end[TCPHS_CLIENT], to);
}

static char *cell_server(NEEDS)
{
	return put_endpoint(context, &analysis->connection.end[TCPHS_SERVER], to);
}

static char *cell_encapsulation(NEEDS)
{
	const char *path = context->encapsulation != NULL ? context->encapsulation : "";
	size_t length = strlen(path);

	(void)analysis;
	length = length < CELL_MAX ? length : CELL_MAX;
	memcpy(to, path, length);
	return to + length;
}

/* ---- how it went ---------------------------------------------------------------------- */

static char *cell_open(NEEDS)
{
	(void)context;
	return put(to, tcphs_open_name((enum tcphs_open_kind)analysis->connection.open.kind));
}

static char *plain_close(NEEDS)
{
	(void)context;
	return put(to, tcphs_close_name((enum tcphs_close_kind)analysis->connection.close.kind));
}

static char *cell_close(NEEDS)
{
	if (analysis->connection.close.kind == TCPHS_CLOSE_NONE)
		return put_none(context, to);
	return plain_close(context, analysis, to);
}

static char *plain_closer(NEEDS)
{
	const char *name = tcphs_side_name((enum tcphs_side)analysis->connection.close.initiator);

	(void)context;
	return name != NULL ? put(to, name) : to;
}

static char *cell_closer(NEEDS)
{
	char *end = plain_closer(context, analysis, to);

	return end != to ? end : put_none(context, to);
}

static char *cell_client_state(NEEDS)
{
	(void)context;
	return put(to, tcphs_state_name((enum tcphs_state)analysis->connection.end[0].state));
}

static char *cell_server_state(NEEDS)
{
	(void)context;
	return put(to, tcphs_state_name((enum tcphs_state)analysis->connection.end[1].state));
}

static char *cell_verdict(NEEDS)
{
	char text[CELL_MAX];

	(void)context;
	tcphs_connection_verdict(&analysis->connection, text, sizeof(text));
	return put(to, text);
}

static const struct tcphs_diagnosis *worst_of(const struct tcphs_analysis *analysis)
{
	const struct tcphs_diagnosis *worst = NULL;

	for (size_t i = 0; i < analysis->diagnoses; i++)
		if (worst == NULL || analysis->diagnosis[i].severity > worst->severity)
			worst = &analysis->diagnosis[i];
	return worst;
}

static char *plain_worst(NEEDS)
{
	const struct tcphs_diagnosis *worst = worst_of(analysis);

	(void)context;
	return worst == NULL ? to : put(to, tcphs_code_info((enum tcphs_code)worst->code)->name);
}

/* The mark of the view's list, and the code of what is wrong. */
static char *cell_worst(NEEDS)
{
	static const char *const marks[2][4] = {{".", "!", "x", "ok"},
	                                        {"\xc2\xb7", "!", "\xe2\x9c\x97", "\xe2\x9c\x93"}};
	const struct tcphs_connection *connection = &analysis->connection;
	const struct tcphs_diagnosis *worst = worst_of(analysis);
	char *end;

	if (worst == NULL || worst->severity == TCPHS_NOTE) { /* a note is no fault */
		bool well = connection->open.complete && connection->close.kind < TCPHS_CLOSE_RESET;

		return put(to, marks[context->utf8][well ? 3 : 0]);
	}
	end = put(to, marks[context->utf8][worst->severity]);
	*end++ = ' ';
	return plain_worst(context, analysis, end);
}

/* ---- numbers -------------------------------------------------------------------------- */

static char *cell_packets(NEEDS)
{
	(void)context;
	return digits_u64(to, analysis->connection.packets);
}

static uint64_t bytes_of(const struct tcphs_analysis *analysis)
{
	return analysis->connection.end[0].bytes + analysis->connection.end[1].bytes;
}

static char *plain_bytes(NEEDS)
{
	(void)context;
	return digits_u64(to, bytes_of(analysis));
}

/* Three to five significant digits: 99999, 123.4k, 1.2M. */
static char *cell_bytes(NEEDS)
{
	static const char prefixes[] = " kMGTPE";
	uint64_t bytes = bytes_of(analysis), tenths;
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

static char *cell_rtt(NEEDS)
{
	return put_duration(context, analysis->connection.open.rtt, to);
}

static char *plain_rtt(NEEDS)
{
	(void)context;
	return put_seconds(analysis->connection.open.rtt, to);
}

static char *cell_duration(NEEDS)
{
	return put_duration(context, analysis->connection.duration, to);
}

static char *plain_duration(NEEDS)
{
	(void)context;
	return put_seconds(analysis->connection.duration, to);
}

static char *cell_start(NEEDS)
{
	(void)context;
	return digits_instant(to, analysis->connection.start);
}

static char *cell_syn_rtx(NEEDS)
{
	(void)context;
	return digits_u64(to, analysis->connection.open.syn_retransmissions);
}

static char *cell_first(NEEDS)
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

static char *cell_client_isn(NEEDS)
{
	(void)context;
	return put_isn(&analysis->connection.end[TCPHS_CLIENT], to);
}

static char *cell_server_isn(NEEDS)
{
	(void)context;
	return put_isn(&analysis->connection.end[TCPHS_SERVER], to);
}

/* ---- order ---------------------------------------------------------------------------- */

static struct sort_key key_of(uint64_t number)
{
	return (struct sort_key){{number, 0, 0}};
}

/* Unknown durations (-1) come last when the largest come first. */
static struct sort_key key_of_time(int64_t nanoseconds)
{
	return key_of((uint64_t)nanoseconds ^ UINT64_C(1) << 63);
}

static struct sort_key key_of_end(const struct tcphs_endpoint *end)
{
	struct sort_key key = {{0, 0, (uint64_t)end->address.family << 16 | end->port}};

	for (int i = 0; i < 16; i++)
		key.word[i / 8] = key.word[i / 8] << 8 | end->address.octets[i];
	return key;
}

#define KEY(name, expression)                                                                      \
	static struct sort_key key_##name(const struct tcphs_analysis *analysis)                   \
	{                                                                                          \
		return expression;                                                                 \
	}
KEY(id, key_of(analysis->connection.id))
KEY(client, key_of_end(&analysis->connection.end[TCPHS_CLIENT]))
KEY(server, key_of_end(&analysis->connection.end[TCPHS_SERVER]))
KEY(open, key_of(analysis->connection.open.kind))
KEY(close, key_of(analysis->connection.close.kind))
KEY(closer, key_of(analysis->connection.close.initiator))
KEY(packets, key_of(analysis->connection.packets))
KEY(bytes, key_of(bytes_of(analysis)))
KEY(rtt, key_of_time(analysis->connection.open.rtt))
KEY(duration, key_of_time(analysis->connection.duration))
KEY(start, key_of_time(analysis->connection.start))
KEY(syn_rtx, key_of(analysis->connection.open.syn_retransmissions))
KEY(first, key_of(analysis->connection.first_packet))
KEY(client_state, key_of(analysis->connection.end[TCPHS_CLIENT].state))
KEY(server_state, key_of(analysis->connection.end[TCPHS_SERVER].state))
KEY(client_isn, key_of(analysis->connection.end[TCPHS_CLIENT].isn))
KEY(server_isn, key_of(analysis->connection.end[TCPHS_SERVER].isn))
KEY(encap, key_of(analysis->connection.encap))
KEY(worst, key_of(analysis->diagnoses == 0 ? 0 : worst_of(analysis)->severity + UINT64_C(1)))

/* ---- the table ------------------------------------------------------------------------ */

/* clang-format off */
static const struct column table[] = {
	{.name = "id", .usual = 4, .title = "#", .right = true, .cell = cell_id, .key = key_id},
	{.name = "client", .usual = 21, .title = "client", .middle = true, .least = 15, .cell = cell_client,
	 .key = key_client},
	{.name = "server", .usual = 18, .title = "server", .middle = true, .least = 15, .cell = cell_server,
	 .key = key_server},
	{.name = "open", .usual = 9, .title = "open", .cell = cell_open, .key = key_open},
	{.name = "close", .usual = 9, .title = "close", .drop = 1, .cell = cell_close, .plain = plain_close,
	 .key = key_close},
	{.name = "packets", .usual = 7, .title = "packets", .right = true, .descending = true, .drop = 3,
	 .cell = cell_packets, .key = key_packets},
	{.name = "bytes", .usual = 6, .title = "bytes", .right = true, .descending = true, .drop = 4,
	 .cell = cell_bytes, .plain = plain_bytes, .key = key_bytes},
	{.name = "rtt", .usual = 6, .title = "rtt", .right = true, .descending = true, .drop = 2, .cell = cell_rtt,
	 .plain = plain_rtt, .key = key_rtt},
	{.name = "worst", .title = "worst", .mark = true, .least = 2, .descending = true, .cell = cell_worst,
	 .plain = plain_worst, .key = key_worst},
	/* Only with --columns: */
	{.name = "closer", .title = "closer", .cell = cell_closer, .plain = plain_closer,
	 .key = key_closer},
	{.name = "client-state", .title = "client state", .cell = cell_client_state,
	 .key = key_client_state},
	{.name = "server-state", .title = "server state", .cell = cell_server_state,
	 .key = key_server_state},
	{.name = "start", .title = "start", .cell = cell_start, .key = key_start},
	{.name = "duration", .title = "duration", .right = true, .descending = true,
	 .cell = cell_duration, .plain = plain_duration, .key = key_duration},
	{.name = "syn-rtx", .title = "syn-rtx", .right = true, .descending = true,
	 .cell = cell_syn_rtx, .key = key_syn_rtx},
	{.name = "packet", .title = "packet", .right = true, .cell = cell_first, .key = key_first},
	{.name = "client-isn", .title = "client isn", .right = true, .cell = cell_client_isn,
	 .key = key_client_isn},
	{.name = "server-isn", .title = "server isn", .right = true, .cell = cell_server_isn,
	 .key = key_server_isn},
	{.name = "encap", .title = "encap", .least = 10, .cell = cell_encapsulation, .key = key_encap},
	{.name = "verdict", .title = "verdict", .least = 20, .cell = cell_verdict, .key = key_open},
};
/* clang-format on */
#define TABLE_COUNT (sizeof(table) / sizeof(table[0]))
enum { DEFAULT_COUNT = 9 };
_Static_assert(TABLE_COUNT <= COLUMNS_MAX, "a list holds all columns");

const struct column *column_at(size_t index)
{
	return index < TABLE_COUNT ? &table[index] : NULL;
}

const struct column *column_named(const char *name, size_t length)
{
	for (size_t i = 0; i < TABLE_COUNT; i++)
		if (strlen(table[i].name) == length && memcmp(table[i].name, name, length) == 0)
			return &table[i];
	return NULL;
}

static struct column_list first_columns(size_t count)
{
	struct column_list list = {.count = count};

	for (size_t i = 0; i < count; i++)
		list.column[i] = &table[i];
	return list;
}

struct column_list columns_default(void)
{
	return first_columns(DEFAULT_COUNT);
}

struct column_list columns_all(void)
{
	return first_columns(TABLE_COUNT);
}

static const char *nearest_column(const char *name, size_t length)
{
	const char *nearest = NULL;
	size_t least = SIZE_MAX;

	for (size_t i = 0; i < TABLE_COUNT; i++) {
		size_t distance =
		    nearest_distance(name, length, table[i].name, strlen(table[i].name));

		if (distance < least && nearest_is_near(distance, length)) {
			least = distance;
			nearest = table[i].name;
		}
	}
	return nearest;
}

bool columns_parse(struct column_list *list, const char *text, struct tcphs_error *error)
{
	*list = (struct column_list){.count = 0};
	for (;;) {
		size_t length = strcspn(text, ",");
		const struct column *column = column_named(text, length);
		const char *nearest = nearest_column(text, length);

		if (column == NULL && nearest != NULL)
			tcphs_error_set(error, TCPHS_USAGE,
			                "there is no column '%.*s'; did you mean %s?",
			                (int)(length < 40 ? length : 40), text, nearest);
		else if (column == NULL)
			tcphs_error_set(error, TCPHS_USAGE,
			                "there is no column '%.*s'; --columns help lists them",
			                (int)(length < 40 ? length : 40), text);
		else if (list->count == COLUMNS_MAX)
			tcphs_error_set(error, TCPHS_USAGE, "at most %d columns", COLUMNS_MAX);
		if (column == NULL || list->count == COLUMNS_MAX)
			return false;
		list->column[list->count++] = column;
		text += length;
		if (*text == '\0')
			return true;
		text++;
	}
}

void columns_help(void)
{
	puts("Columns of tcphs list, for --columns and --sort:");
	for (size_t i = 0; i < TABLE_COUNT; i++)
		printf("%s%s", i == 0 ? "  " : i % 8 == 0 ? ",\n  " : ", ", table[i].name);
	putchar('\n');
}
