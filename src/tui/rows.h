/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The list's model: which connections, in which order, and how they turned out in all.
 *
 * A pass over all connections counts, filters, folds and sorts them, a slice at a time; what
 * it has found so far can be shown meanwhile. Without query, order and grouping the list is
 * the tracker's own, and nothing but the counts waits for a pass. Indices are the tracker's;
 * they change as connections leave, and a pass remembers ids.
 */
#ifndef TUI_ROWS_H
#define TUI_ROWS_H

#include "tui/columns.h"
#include "tui/folds.h"

#include <tcphs/decode.h>
#include <tcphs/query.h>
#include <tcphs/tracker.h>

#define ROWS_GONE SIZE_MAX

struct rows_counts {
	uint64_t outcome[OUTCOME_COUNT], errors, warnings, all;
};

struct pass; /* one way over the connections */

struct rows {
	const struct tcphs_tracker *tracker;
	const struct tcphs_decoder *decoder;
	struct tcphs_query *query; /* owned; NULL: all */
	enum column sort;
	bool descending, grouped;
	size_t groups_most; /* of a pass; 0: as usual */
	bool loading;       /* more connections come, at the end of the tracker's */
	bool stale;         /* what the last pass saw has changed */
	bool failed;        /* memory was exhausted: counts and order are of a part */
	unsigned version;   /* of the question: query, order, grouping */
	unsigned passes;    /* that came to their end */
	struct pass *shown, *next;
	struct pass *visible; /* shown or next: what is on the screen */
	struct pass *buried;  /* to be given back */
	/* What a query that is still being typed will give its place back to. */
	struct {
		bool is, stale;
		unsigned version;
		struct pass *shown, *next;
	} held;
	int64_t pass_ended, pass_took; /* ns of the monotonic clock */
	struct tcphs_analysis scratch;
};

void rows_init(struct rows *rows, const struct tcphs_tracker *tracker,
               const struct tcphs_decoder *decoder);
void rows_free(struct rows *rows);

/* Takes the query over (NULL: none). */
void rows_set_query(struct rows *rows, struct tcphs_query *query);
/* The same, while it is typed: what is there before the first of them is kept as it is, until
 * rows_restore() brings it back, at once, or rows_keep() says that the last one stays. */
void rows_try_query(struct rows *rows, struct tcphs_query *query);
void rows_restore(struct rows *rows, struct tcphs_query *query); /* the query of that time */
void rows_keep(struct rows *rows);
void rows_set_order(struct rows *rows, enum column sort, bool descending);
void rows_set_grouped(struct rows *rows, bool grouped);
/* The tracker has new packets: the next pass is due when the last one is long enough ago. */
void rows_touch(struct rows *rows);
/* No more connections come: what was seen of them so far may have changed since. */
void rows_loaded(struct rows *rows);

/* Works until `deadline` (monotonic ns); true if there is more to do at once. */
bool rows_work(struct rows *rows, int64_t deadline);
/* How far the pass under way is, 0..100; -1: none is under way. */
int rows_progress(const struct rows *rows);
/* Whether what is shown is not, or only so far, the answer to the question as it stands. */
bool rows_is_new(const struct rows *rows);

struct rows_counts rows_counts(const struct rows *rows);
size_t rows_count(const struct rows *rows);
/* Whether positions are the tracker's indices, forwards. */
bool rows_are_plain(const struct rows *rows);
/* The id of the connection at this position, and its index: ROWS_GONE if it has left since. */
uint64_t rows_id(const struct rows *rows, size_t position);
size_t rows_at(const struct rows *rows, size_t position);
/* The index of the connection with this id, or ROWS_GONE. */
size_t rows_find(const struct rows *rows, uint64_t id);
/* Where connection `index` stands; the position nearest to it if it is not in the list. */
size_t rows_position(struct rows *rows, size_t index);
/* The group that the row of connection `id` stands for, or NULL. */
const struct fold *rows_fold(const struct rows *rows, uint64_t id);
/* Whether connection `index` fits `query`; *worst (may be NULL) its worst severity or -1. */
bool rows_matches(struct rows *rows, size_t index, const struct tcphs_query *query, int *worst);

#endif
