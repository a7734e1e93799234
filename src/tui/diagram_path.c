/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/diagram_path.h"

#include "base/bounded.h"

#include <stddef.h>
#include <string.h>

static void light(struct diagram_path *path, uint8_t from, uint8_t to)
{
	path->lit[from][to] = true;
	/* A FIN that also acknowledges ours passes FIN-WAIT-2 without a stop. */
	if (from == TCPHS_FIN_WAIT_1 && to == TCPHS_TIME_WAIT)
		path->lit[TCPHS_FIN_WAIT_1][TCPHS_FIN_WAIT_2] =
		    path->lit[TCPHS_FIN_WAIT_2][TCPHS_TIME_WAIT] = true;
}

/* The states before the first row: what the first change says, else what the row shows. */
static uint8_t first_state(const struct tcphs_row *row, int side)
{
	return row->rule[side] != NULL ? row->rule[side]->from : row->state[side];
}

static void go_on(struct diagram_path *path, struct bounded *out, uint8_t state)
{
	if (state == path->now)
		return;
	light(path, path->now, state);
	path->now = state;
	path->moved = path->been[state] = true;
	path->closed = path->closed || state == TCPHS_CLOSED;
	bounded_add(out, " → ");
	bounded_add(out, tcphs_state_name(state));
}

void diagram_follow(const struct ladder_view *view, int side, struct diagram_path *path)
{
	size_t last = ladder_row(view);
	struct bounded out = bounded_start(path->words, sizeof(path->words));
	const struct tcphs_row *row = view->analysis.row;

	memset(path, 0, offsetof(struct diagram_path, words));
	if (view->analysis.rows == 0)
		return;
	path->now = path->first = first_state(&row[0], side);
	path->been[path->now] = true;
	bounded_add(&out, tcphs_state_name(path->now));
	if (last == SIZE_MAX || view->ladder.line[view->selected].kind == TCPHS_LINE_START)
		last = 0;
	else
		last++;
	for (size_t i = 0; i < last && i < view->analysis.rows; i++) {
		path->certain = row[i].certain[side];
		go_on(path, &out, row[i].state[side]);
	}
	if (last > 0 && view->ladder.line[view->selected].kind == TCPHS_LINE_END) {
		path->certain = view->analysis.connection.end[side].certain;
		go_on(path, &out, view->analysis.connection.end[side].state);
	}
	bounded_end(&out);
}
