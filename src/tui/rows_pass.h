/* SPDX-License-Identifier: BSD-3-Clause */
/* One way over all connections: inside of rows*.c. */
#ifndef TUI_ROWS_PASS_H
#define TUI_ROWS_PASS_H

#include "tui/rows.h"

struct pass {
	struct order *order; /* NULL: the tracker's order */
	struct folds *folds; /* NULL: nothing is folded */
	struct rows_counts counts;
	enum column sort;
	uint64_t next_id; /* of the connection to look at */
	size_t at;        /* and where that is: connections leave meanwhile */
	uint64_t last_id; /* in a flood a pass would never catch up with those that come */
	int64_t began;
	unsigned version;   /* of rows: an older one answers an older question */
	struct pass *under; /* of those to be given back */
};

/* The question is another one: what is shown stays until the new pass has something. */
void rows_restart(struct rows *rows);
/* What is there is set aside, if nothing is yet; and takes the place of what is there now. */
void rows_hold(struct rows *rows);
void rows_take_back(struct rows *rows);
/* The entry in order `sort` of what rows->scratch holds. */
struct order_entry rows_entry(const struct rows *rows, enum column sort);

#endif
