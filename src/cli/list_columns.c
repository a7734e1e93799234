/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/list_columns.h"

#include "base/nearest.h"
#include "cli/list_cells.h"

#include <stdio.h>
#include <string.h>

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
KEY(bytes, key_of(cells_bytes(analysis)))
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
KEY(worst, key_of(analysis->diagnoses == 0 ? 0 : cells_worst(analysis)->severity + UINT64_C(1)))

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
