/* SPDX-License-Identifier: BSD-3-Clause */
/* The pane below the ladder: the selected line in words, and what was found in the connection. */
#include "tui/ladder.h"

#include "tui/wrap.h"

#include <string.h>

#define PACKED_MOST 128000 /* octets of captures that are unpacked again for a key */

/* A compressed capture is unpacked from its start: a key does not wait for that. */
static bool takes_long(const struct app *app)
{
	uint64_t done, total;

	tcphs_session_progress(app->session, &done, &total);
	return tcphs_source_is_packed(tcphs_session_source(app->session)) &&
	       (total == 0 || total > PACKED_MOST);
}

bool ladder_read_header(struct ladder_view *view, bool at_once)
{
	const struct app *app = view->screen.app;
	size_t index = ladder_row(view);
	const struct tcphs_row *row;

	if (app->session == NULL || index == SIZE_MAX ||
	    view->ladder.line[view->selected].kind != TCPHS_LINE_SEGMENT)
		return false;
	row = &view->analysis.row[index];
	if (view->header.segment.packet == row->packet && (view->header.known || !at_once))
		return view->header.known;
	view->header.known = false;
	view->header.segment.packet = row->packet;
	if (!at_once && takes_long(app)) {
		tcphs_error_set(
		    &view->header.error, TCPHS_USAGE,
		    "e reads it: a large compressed capture is unpacked from its start");
		return false;
	}
	view->header.known = tcphs_session_header(app->session, &view->analysis.connection, row,
	                                          &view->header.segment, &view->header.error);
	view->header.segment.packet = row->packet;
	return view->header.known;
}

/* What the packet itself says, which a row does not keep, is read when it is looked at. */
static void explain(struct ladder_view *view, bool ascii, char *words, size_t size)
{
	struct tcphs_ladder *ladder = &view->ladder;
	size_t length;

	if (ladder_read_header(view, false))
		ladder->options.header = &view->header.segment;
	else if (view->header.error.text[0] != '\0')
		ladder->options.no_header = view->header.error.text;
	length = tcphs_ladder_explain(ladder, view->selected, ascii, words, size);
	ladder->options.header = NULL;
	ladder->options.no_header = NULL;
	if (length < size && ladder->line[view->selected].kind != TCPHS_LINE_START)
		tcphs_ladder_findings(ladder, ascii, words + length, size - length);
}

void ladder_draw_pane(struct ladder_view *view, const struct canvas *canvas)
{
	struct canvas text = canvas_part(canvas, 1, canvas->height - 1);
	char words[8192] = "";

	canvas_rule(canvas, 0);
	if (view->in_pane)
		canvas_text(canvas, 0, 1, VIEW_CURSOR, canvas->ascii ? " v " : " ▼ ");
	if (view->ladder.lines > 0)
		explain(view, canvas->ascii, words, sizeof(words));
	view->pane_height = text.height;
	view->pane_lines = wrap_draw(&text, words, 2, 0x7FFFFFFF);
	if (view->pane_top > view->pane_lines - text.height)
		view->pane_top = view->pane_lines - text.height;
	if (view->pane_top < 0)
		view->pane_top = 0;
	wrap_draw(&text, words, 2, view->pane_top);
	canvas_scrollbar(&text, (size_t)view->pane_top, (size_t)text.height,
	                 (size_t)view->pane_lines);
}
