/* SPDX-License-Identifier: BSD-3-Clause */
/* The columns of the list: what each shows, how it sorts, how wide it is. */
#ifndef TUI_COLUMNS_H
#define TUI_COLUMNS_H

#include "tui/order.h"

#include <tcphs/connection.h>
#include <tcphs/tracker.h>

enum column {
	COL_ID,
	COL_CLIENT,
	COL_SERVER,
	COL_OPEN,
	COL_CLOSE,
	COL_PACKETS,
	COL_BYTES,
	COL_RTT,
	COL_FINDING,
	COL_DURATION,
	COL_START,
	COL_VERDICT,
	COL_COUNT,
};

/* What a cell is made of. */
struct cell_source {
	const struct tcphs_connection *connection;
	const struct tcphs_analysis *analysis; /* for the worst finding's name; may be NULL */
	bool numeric;
	int64_t origin; /* when the capture began */
};

struct column_info {
	const char *name, *title;
	int width;      /* cells; 0: shares what is left (the addresses) */
	int rank;       /* the lower, the sooner it gets a place */
	bool right;     /* numbers */
	bool connected; /* needs the analysis, not only tcphs_tracker_peek() */
	void (*text)(const struct cell_source *source, char *text, size_t size);
	void (*key)(const struct tcphs_connection *connection, struct order_entry *entry);
};
const struct column_info *column_info(enum column column);
/* The column called name[0..length), or COL_COUNT. */
enum column column_find(const char *name, size_t length);

/* The open in seven cells at most, where there is no room for its name. */
const char *column_open_short(const struct tcphs_connection *connection);

/* How it turned out, for the bar on top and the colours. */
enum outcome {
	OUTCOME_OPENED,
	OUTCOME_REFUSED,
	OUTCOME_UNANSWERED,
	OUTCOME_HALF,
	OUTCOME_ABORTED,
	OUTCOME_MIDSTREAM,
	OUTCOME_COUNT,
};
enum outcome outcome_of(const struct tcphs_connection *connection);
const char *outcome_name(enum outcome outcome); /* "no answer" */
unsigned outcome_style(enum outcome outcome);   /* enum view_style */
/* ✗ ! ✓ · for the worst finding of a connection, and its style. */
const char *finding_mark(const struct tcphs_connection *connection, unsigned *style);

#endif
