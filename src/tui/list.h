/* SPDX-License-Identifier: BSD-3-Clause */
/* The list screen: inside of list*.c. */
#ifndef TUI_LIST_H
#define TUI_LIST_H

#include "tui/app.h"

#define LIST_CACHE 256 /* rows: more than a screen is high */

/* Of a row in an order that was made before its connection left. */
#define LIST_GONE "no longer held: it was over, or its place was needed"

/* The summary of a row on the screen, kept while its connection has no new packets. */
struct list_row {
	bool valid;
	size_t index;
	uint64_t packets;
	struct tcphs_analysis analysis;
};

/* Where the columns stand on this screen. */
struct list_layout {
	uint8_t column[COL_COUNT];
	size_t count;
	int x[COL_COUNT], width[COL_COUNT]; /* by place, not by column */
};

struct list {
	struct screen screen;
	size_t top, selected;   /* positions in the order; `selected` follows `id` */
	uint64_t id;            /* of the selected connection; 0: none yet */
	int first_line, height; /* of the rows, when it was drawn last */
	int need[COL_COUNT];    /* cells that the columns have needed so far */
	int need_ipv4[2];       /* the same of the IPv4 clients, servers alone, */
	int need_number[2];     /* and with the numbers of their ports */
	uint64_t packets;       /* read, and the pass's progress, when it was refreshed last */
	int progress;
	int64_t origin;            /* when the first connection began */
	struct list_layout layout; /* when it was drawn last */
	size_t columns_before;     /* of the configuration, while the menu is open */
	bool columns_changed;
	int extra; /* cells that the user added to the address columns */
	bool follow, paused;
	size_t paused_count;
	char query[PROMPT_MAX], last_query[PROMPT_MAX]; /* in force; for n and N */
	/* While the query is asked for: what Esc brings back. */
	struct {
		bool is, follow;
		char query[PROMPT_MAX];
		uint64_t id;
		size_t selected, top;
	} asking;
	bool unfolded;                  /* the query is that of a group that was opened */
	char grouped_query[PROMPT_MAX]; /* and this was the one before, */
	uint64_t grouped_id;            /* and the connection that the group stood at */
	/* A search over the rows, a slice at a time. */
	struct {
		int direction; /* 0: none */
		bool finding;  /* for a finding, not a query */
		size_t at;
		struct tcphs_query *query; /* owned */
	} seek;
	struct list_row cache[LIST_CACHE];
};

/* The row of connection `index`, analysed; valid until the next call. */
const struct tcphs_analysis *list_row(struct list *list, size_t index);
/* The row at this position; NULL if its connection has left since the order was made. */
const struct tcphs_analysis *list_row_at(struct list *list, size_t position);
size_t list_count(const struct list *list);
void list_select(struct list *list, size_t position);
/* Keeps the selected row on the screen. */
void list_scroll(struct list *list);
/* Selected row and scroll position, after whatever moved the rows below them: before each drawing
 * and each key, which may come between. Where those before the selected one have left, it stays on
 * its line of the screen. */
void list_settle(struct list *list);
/* list_open.c: the ladder of the selected connection, or the members of its group; and back from
 * those, from a query, from the grouping: false if there is nothing to go back from. */
void list_open_selected(struct list *list);
bool list_back(struct list *list);
/* list_draw.c */
void list_draw(struct screen *screen, const struct canvas *canvas);
/* list_top.c */
void list_draw_top(struct list *list, const struct canvas *canvas, int height);
const char *list_empty_text(const struct list *list);
/* list_columns.c: the menus of the order and of the columns; a click on a head at column x. */
void list_ask_order(struct list *list);
void list_ask_columns(struct list *list);
void list_sort_at(struct list *list, int x);
/* list_query.c: the query line, n/N, d/D. */
void list_ask_query(struct list *list);
bool list_set_query(struct list *list, const char *text, struct tcphs_error *error);
void list_ask_packet(struct list *list);
void list_seek(struct list *list, int direction, bool finding);
bool list_seek_on(struct list *list, int64_t deadline); /* true if something changed */
/* Completes the last word of a query. */
bool query_complete(void *context, const char *text, char *addition, size_t size);

#endif
