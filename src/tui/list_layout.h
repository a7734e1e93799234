/* SPDX-License-Identifier: BSD-3-Clause */
/* Which columns of the list have room on this screen, and where: inside of list*.c. */
#ifndef TUI_LIST_LAYOUT_H
#define TUI_LIST_LAYOUT_H

#include "tui/list.h"

#define LIST_LEFT 3 /* the margin and the mark of the selected row */

struct cell_source list_source(const struct list *list, const struct tcphs_analysis *analysis);
/* Widens need[] to what the rows on the screen want; it never shrinks, so nothing jumps. */
void list_measure(struct list *list, const struct canvas *canvas, size_t rows);
struct list_layout list_lay_out(const struct list *list, const struct canvas *canvas);
bool column_is_address(enum column column);

#endif
