/* SPDX-License-Identifier: BSD-3-Clause */
/* Inside of the table: its rows, and how wide its columns are. */
#ifndef CLI_LIST_WIDTHS_H
#define CLI_LIST_WIDTHS_H

#include "cli/list_table.h"

enum {
	TABLE_GAP = 2, /* between two columns */
	TABLE_ROW_TEXT = 1024,
};

struct table_row {
	uint16_t length[COLUMNS_MAX], columns[COLUMNS_MAX]; /* octets, terminal cells */
	uint8_t severity;          /* 0: no diagnosis, else 1 + enum tcphs_severity */
	bool is_text;              /* cells 0 and 1 only: the number and a text */
	char text[TABLE_ROW_TEXT]; /* the cells, one after the other */
};

/* By the rows that are held back; columns that find no room are left out of these, too. */
void table_set_widths(struct table *table);

#endif
