/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Lines of cells that fit the terminal. The widths come from the first lines, which are held
 * back for that; later lines are printed as they come.
 */
#ifndef CLI_LIST_TABLE_H
#define CLI_LIST_TABLE_H

#include "cli/list_columns.h"
#include "cli/output.h"

enum { TABLE_SAMPLE = 500 };

struct table_row;

struct table {
	struct output *output;
	struct column_list columns;
	struct cell_context context;
	bool fixed_columns; /* named by --columns: none is dropped */
	bool heads;         /* a line of titles first */
	bool live;          /* lines are printed at once, in columns of the usual width */
	bool set;           /* widths are */
	unsigned width[COLUMNS_MAX];
	struct table_row *row; /* TABLE_SAMPLE of them */
	size_t rows;
	struct table_row *one; /* for the lines after them */
};

/* False if memory is exhausted. Close it also then. */
bool table_open(struct table *table);
void table_add(struct table *table, const struct tcphs_analysis *analysis);
/* A line of free text after a number: "    3  2,838 unanswered SYNs from 192.0.2.7". */
void table_add_text(struct table *table, uint64_t id, const char *text);
/* Prints what was held back. */
void table_flush(struct table *table);
void table_close(struct table *table);

#endif
