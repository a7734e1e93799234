/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/columns.h"

#include "base/bounded.h"
#include "tui/theme.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <tcphs/diagnosis.h>
#include <tcphs/ladder.h>

static void id_text(const struct cell_source *source, char *text, size_t size)
{
	snprintf(text, size, "%" PRIu64, source->connection->id);
}

static void client_text(const struct cell_source *source, char *text, size_t size)
{
	tcphs_endpoint_text(&source->connection->end[TCPHS_CLIENT], source->numeric, text, size);
}

static void server_text(const struct cell_source *source, char *text, size_t size)
{
	tcphs_endpoint_text(&source->connection->end[TCPHS_SERVER], source->numeric, text, size);
}

static void open_text(const struct cell_source *source, char *text, size_t size)
{
	snprintf(text, size, "%s", tcphs_open_name(source->connection->open.kind));
}

const char *column_open_short(const struct tcphs_connection *connection)
{
	static const char *const words[] = {
	    [TCPHS_OPEN_THREE_WAY] = "3-way",
	    [TCPHS_OPEN_FOUR_WAY] = "4-way",
	    [TCPHS_OPEN_SIMULTANEOUS] = "simult.",
	    [TCPHS_OPEN_FAST] = "fast",
	    [TCPHS_OPEN_SELF] = "self",
	    [TCPHS_OPEN_PARTIAL] = "partial",
	    [TCPHS_OPEN_REFUSED] = "refused",
	    [TCPHS_OPEN_NO_ANSWER] = "no ans.",
	    [TCPHS_OPEN_HALF] = "half",
	    [TCPHS_OPEN_ABORTED] = "aborted",
	    [TCPHS_OPEN_MIDSTREAM] = "mid",
	};
	_Static_assert(sizeof(words) / sizeof(words[0]) == TCPHS_OPEN_COUNT, "opens");

	return words[connection->open.kind];
}

static void close_text(const struct cell_source *source, char *text, size_t size)
{
	bool none = source->connection->close.kind == TCPHS_CLOSE_NONE;

	snprintf(text, size, "%s", none ? "·" : tcphs_close_name(source->connection->close.kind));
}

static void packets_text(const struct cell_source *source, char *text, size_t size)
{
	snprintf(text, size, "%" PRIu64, source->connection->packets);
}

static uint64_t bytes_of(const struct tcphs_connection *connection)
{
	return connection->end[0].bytes + connection->end[1].bytes;
}

/* Four digits and a unit: "0", "812", "1.3K", "52.0M". */
static void bytes_text(const struct cell_source *source, char *text, size_t size)
{
	double bytes = (double)bytes_of(source->connection);
	size_t unit = 0;

	for (; bytes >= 1000 && unit < 5; unit++)
		bytes /= 1000;
	if (unit == 0)
		snprintf(text, size, "%.0f", bytes);
	else
		snprintf(text, size, "%.1f%c", bytes, "?KMGTP"[unit]);
}

static void rtt_text(const struct cell_source *source, char *text, size_t size)
{
	if (source->connection->open.rtt < 0)
		snprintf(text, size, "·");
	else
		tcphs_duration_text(source->connection->open.rtt, text, size);
}

static void duration_text(const struct cell_source *source, char *text, size_t size)
{
	tcphs_duration_text(source->connection->duration, text, size);
}

static void start_text(const struct cell_source *source, char *text, size_t size)
{
	tcphs_duration_text(source->connection->start - source->origin, text, size);
}

/* The mark and, where there is room, the code of the worst finding. */
static void finding_text(const struct cell_source *source, char *text, size_t size)
{
	const struct tcphs_analysis *analysis = source->analysis;
	struct bounded out = bounded_start(text, size);
	unsigned style;

	bounded_add(&out, finding_mark(source->connection, &style));
	for (size_t i = 0; analysis != NULL && i < analysis->diagnoses; i++) {
		if (analysis->diagnosis[i].severity == source->connection->worst &&
		    source->connection->worst > TCPHS_NOTE) {
			bounded_add(&out, " ");
			bounded_add(&out, tcphs_code_info(analysis->diagnosis[i].code)->name);
			break;
		}
	}
	bounded_end(&out);
}

static void verdict_text(const struct cell_source *source, char *text, size_t size)
{
	tcphs_connection_verdict(source->connection, text, size);
}

static void id_key(const struct tcphs_connection *connection, struct order_entry *entry)
{
	entry->key = connection->id;
}

/* IPv4 before IPv6; of IPv6 the network, then the end of the host's part. */
static void endpoint_key(const struct tcphs_endpoint *endpoint, struct order_entry *entry)
{
	const uint8_t *octet = endpoint->address.octets;
	uint64_t key = 0;

	if (endpoint->address.family == 4) {
		for (size_t i = 0; i < 4; i++)
			key = key << 8 | octet[i];
		entry->key = key << 16 | endpoint->port;
		return;
	}
	for (size_t i = 0; i < 8; i++)
		key = key << 8 | octet[i];
	entry->key = key >> 1 | UINT64_C(1) << 63;
	entry->minor = (uint32_t)octet[14] << 24 | (uint32_t)octet[15] << 16 | endpoint->port;
}

static void client_key(const struct tcphs_connection *connection, struct order_entry *entry)
{
	endpoint_key(&connection->end[TCPHS_CLIENT], entry);
}

static void server_key(const struct tcphs_connection *connection, struct order_entry *entry)
{
	endpoint_key(&connection->end[TCPHS_SERVER], entry);
}

static void open_key(const struct tcphs_connection *connection, struct order_entry *entry)
{
	entry->key = connection->open.kind;
}

static void close_key(const struct tcphs_connection *connection, struct order_entry *entry)
{
	entry->key = connection->close.kind;
}

static void packets_key(const struct tcphs_connection *connection, struct order_entry *entry)
{
	entry->key = connection->packets;
}

static void bytes_key(const struct tcphs_connection *connection, struct order_entry *entry)
{
	entry->key = bytes_of(connection);
}

/* Unknown ones last. */
static void rtt_key(const struct tcphs_connection *connection, struct order_entry *entry)
{
	entry->key = (uint64_t)connection->open.rtt;
}

/* The worst first. */
static void finding_key(const struct tcphs_connection *connection, struct order_entry *entry)
{
	entry->key = connection->diagnoses == 0 ? 9 : 3u - connection->worst;
}

static void duration_key(const struct tcphs_connection *connection, struct order_entry *entry)
{
	entry->key = (uint64_t)connection->duration;
}

static void start_key(const struct tcphs_connection *connection, struct order_entry *entry)
{
	entry->key = (uint64_t)connection->start;
}

/* By its first words, which say what it came to. */
static void verdict_key(const struct tcphs_connection *connection, struct order_entry *entry)
{
	char text[13] = "";

	tcphs_connection_verdict(connection, text, sizeof(text));
	for (size_t i = 0; i < 8; i++)
		entry->key = entry->key << 8 | (unsigned char)text[i];
	for (size_t i = 8; i < 12; i++)
		entry->minor = entry->minor << 8 | (unsigned char)text[i];
}

/* clang-format off */
static const struct column_info columns[] = {
	/*               name        title     width rank right  connected text          key */
	[COL_ID]       = {"id",       "#",        4,  0, true,  false, id_text,       id_key},
	[COL_CLIENT]   = {"client",   "client",   0,  0, false, false, client_text,   client_key},
	[COL_SERVER]   = {"server",   "server",   0,  0, false, false, server_text,   server_key},
	[COL_OPEN]     = {"open",     "open",    12,  1, false, true,  open_text,     open_key},
	[COL_CLOSE]    = {"close",    "close",   12,  3, false, true,  close_text,    close_key},
	[COL_PACKETS]  = {"packets",  "pkts",     4,  5, true,  false, packets_text,  packets_key},
	[COL_BYTES]    = {"bytes",    "bytes",    6,  6, true,  false, bytes_text,    bytes_key},
	[COL_RTT]      = {"rtt",      "rtt",      7,  4, true,  true,  rtt_text,      rtt_key},
	[COL_FINDING]  = {"finding",  "",         1,  2, false, true,  finding_text,  finding_key},
	[COL_DURATION] = {"duration", "lasted",   7,  7, true,  false, duration_text, duration_key},
	[COL_START]    = {"start",    "began",    7,  8, true,  false, start_text,    start_key},
	[COL_VERDICT]  = {"verdict",  "verdict",  0,  9, false, true,  verdict_text,  verdict_key},
};
_Static_assert(sizeof(columns) / sizeof(columns[0]) == COL_COUNT, "columns");

static const uint8_t outcome_by_open[] = {
	[TCPHS_OPEN_THREE_WAY] = OUTCOME_OPENED,    [TCPHS_OPEN_FOUR_WAY] = OUTCOME_OPENED,
	[TCPHS_OPEN_SIMULTANEOUS] = OUTCOME_OPENED, [TCPHS_OPEN_FAST] = OUTCOME_OPENED,
	[TCPHS_OPEN_SELF] = OUTCOME_OPENED,         [TCPHS_OPEN_PARTIAL] = OUTCOME_OPENED,
	[TCPHS_OPEN_REFUSED] = OUTCOME_REFUSED,     [TCPHS_OPEN_NO_ANSWER] = OUTCOME_UNANSWERED,
	[TCPHS_OPEN_HALF] = OUTCOME_HALF,           [TCPHS_OPEN_ABORTED] = OUTCOME_ABORTED,
	[TCPHS_OPEN_MIDSTREAM] = OUTCOME_MIDSTREAM,
};
_Static_assert(sizeof(outcome_by_open) == TCPHS_OPEN_COUNT, "outcomes");

static const struct {
	const char *name;
	unsigned style;
} outcomes[] = {
	[OUTCOME_OPENED] = {"opened", VIEW_OPENED},
	[OUTCOME_REFUSED] = {"refused", VIEW_REFUSED},
	[OUTCOME_UNANSWERED] = {"no answer", VIEW_UNANSWERED},
	[OUTCOME_HALF] = {"half open", VIEW_UNANSWERED},
	[OUTCOME_ABORTED] = {"aborted", VIEW_BROKEN},
	[OUTCOME_MIDSTREAM] = {"midstream", VIEW_OTHER},
};
_Static_assert(sizeof(outcomes) / sizeof(outcomes[0]) == OUTCOME_COUNT, "outcome names");
/* clang-format on */

const struct column_info *column_info(enum column column)
{
	return &columns[column];
}

enum column column_find(const char *name, size_t length)
{
	size_t i = 0;

	while (i < COL_COUNT &&
	       (strlen(columns[i].name) != length || memcmp(columns[i].name, name, length) != 0))
		i++;
	return (enum column)i;
}

enum outcome outcome_of(const struct tcphs_connection *connection)
{
	return outcome_by_open[connection->open.kind];
}

const char *outcome_name(enum outcome outcome)
{
	return outcomes[outcome].name;
}

unsigned outcome_style(enum outcome outcome)
{
	return outcomes[outcome].style;
}

const char *finding_mark(const struct tcphs_connection *connection, unsigned *style)
{
	bool well = tcphs_connection_went_well(connection);

	if (connection->diagnoses > 0 && connection->worst > TCPHS_NOTE) {
		bool error = connection->worst == TCPHS_ERROR_SEVERITY;

		*style = error ? TCPHS_S_ERROR : TCPHS_S_WARNING;
		return error ? "✗" : "!";
	}
	*style = well ? TCPHS_S_OK : TCPHS_S_DIM;
	return well ? "✓" : "·";
}
