/* SPDX-License-Identifier: BSD-3-Clause */
/* Unfolding a run of data: from what the tracker kept, else by reading the packets again. */
#include "tui/ladder.h"

#include "ladder/parts.h"

/* The packets that a RUN line stands for: all between the rows before and after it, since the
 * tracker does not keep where exactly a run began. */
static void run_packets(const struct ladder_view *view, const struct tcphs_line *line,
                        uint64_t *first, uint64_t *last)
{
	const struct tcphs_row *row = view->analysis.row;

	*first = line->row > 0 ? row[line->row - 1].packet + 1 : 1;
	*last = UINT64_MAX;
	if (line->last_row + 1 < view->analysis.rows)
		*last = row[line->last_row + 1].packet - 1;
}

static bool has_tracker_run(const struct ladder_view *view, const struct tcphs_line *line)
{
	for (uint32_t i = line->row; i <= line->last_row && i < view->analysis.rows; i++) {
		if (view->analysis.row[i].is_run)
			return true;
	}
	return false;
}

static bool read_again(struct ladder_view *view)
{
	struct app *app = view->screen.app;
	struct tcphs_error error = {0};
	size_t index = app_find(app, view->id);

	if (index == SIZE_MAX) {
		app_message(app, TCPHS_S_WARNING, "this connection is no longer held");
		return false;
	}
	if (!tcphs_session_unfold(app->session, index, &view->analysis, &error)) {
		app_message(app, TCPHS_S_WARNING, "%s", error.text);
		return false;
	}
	view->whole = true;
	view->lone = false;
	return true;
}

bool ladder_unfold_lone(struct ladder_view *view, size_t index,
                        const struct tcphs_connection *connection)
{
	struct app *app = view->screen.app;
	struct tcphs_error error = {0};

	view->lone = view->whole = false;
	if (app->live ||
	    connection->last_packet - connection->first_packet >= LADDER_AGAIN_PACKETS ||
	    !ladder_has_lone(&view->analysis))
		return true;
	view->lone = view->whole =
	    tcphs_session_unfold(app->session, index, &view->analysis, &error);
	return view->whole || tcphs_tracker_analyse(app->tracker, index, &view->analysis);
}

void ladder_unfold(struct ladder_view *view)
{
	struct app *app = view->screen.app;
	const struct tcphs_line *line;
	uint64_t first, last;

	if (view->selected >= view->ladder.lines)
		return;
	line = &view->ladder.line[view->selected];
	if (line->kind != TCPHS_LINE_RUN) {
		if (view->options.unfold_first == 0) {
			if (!view->header.known && ladder_read_header(view, true))
				return;
			app_message(app, TCPHS_S_DIM,
			            "nothing is folded here: e unfolds a run of data");
			return;
		}
		view->options.unfold_first = view->options.unfold_last = 0;
		if (view->whole) { /* back to what the tracker keeps */
			view->whole = false;
			view->packets = 0;
		}
	} else {
		run_packets(view, line, &first, &last);
		if (has_tracker_run(view, line) && !read_again(view))
			return;
		view->options.unfold_first = first;
		view->options.unfold_last = last;
	}
	if (!ladder_rebuild(view))
		app_message(app, TCPHS_S_ERROR, "memory is exhausted");
}
