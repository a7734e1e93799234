/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/ladder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What can be seen of a line, as ASCII text. */
static void line_text(const struct ladder_view *view, size_t line, char *text, size_t size)
{
	struct tcphs_spans spans;
	size_t at = 0;

	tcphs_ladder_layout(&view->ladder, line, 300, true, &spans);
	for (size_t i = 0; i < spans.count; i++) {
		size_t length = spans.span[i].length;

		if (at + length >= size)
			break;
		memcpy(text + at, spans.span[i].text, length);
		at += length;
	}
	text[at] = '\0';
}

void ladder_find_next(struct ladder_view *view, int direction)
{
	char text[1400];

	if (view->find[0] == '\0') {
		app_message(view->screen.app, TCPHS_S_DIM,
		            "nothing to find yet: / asks for a word");
		return;
	}
	for (size_t i = view->selected + (size_t)direction; i < view->shown;
	     i += (size_t)direction) {
		line_text(view, i, text, sizeof(text));
		if (strcasestr(text, view->find) != NULL) {
			ladder_select(view, i);
			return;
		}
	}
	app_message(view->screen.app, TCPHS_S_DIM, "no '%s' %s here", view->find,
	            direction > 0 ? "below" : "above");
}

static bool accept_find(void *context, const char *text, struct tcphs_error *error)
{
	struct ladder_view *view = context;

	(void)error;
	snprintf(view->find, sizeof(view->find), "%s", text);
	if (text[0] != '\0')
		ladder_find_next(view, 1);
	return true;
}

static const struct prompt_kind find_prompt = {
    .label = "find",
    .history = HISTORY_FIND,
    .accept = accept_find,
};

void ladder_ask_find(struct ladder_view *view)
{
	prompt_open(view->screen.app, &find_prompt, view, "");
}

/* A finding's remark belongs to the segment above it: that is what gets selected. */
void ladder_next_finding(struct ladder_view *view, int direction)
{
	const struct tcphs_line *line = view->ladder.line;
	size_t i = view->selected;

	/* From a segment on, its own remarks come first in neither direction. */
	if (direction > 0)
		while (i + 1 < view->shown && line[i + 1].kind == TCPHS_LINE_REMARK)
			i++;
	for (i += (size_t)direction; i < view->shown; i += (size_t)direction) {
		if (line[i].kind != TCPHS_LINE_REMARK)
			continue;
		while (i > 0 && line[i].kind == TCPHS_LINE_REMARK)
			i--;
		ladder_select(view, i);
		return;
	}
	app_message(view->screen.app, TCPHS_S_DIM, "no finding %s here",
	            direction > 0 ? "below" : "above");
}

static bool accept_packet(void *context, const char *text, struct tcphs_error *error)
{
	struct ladder_view *view = context;
	char *end;
	unsigned long long number = strtoull(text, &end, 10);

	if (end == text || *end != '\0' || text[0] == '-' || number == 0) {
		tcphs_error_set(error, TCPHS_USAGE, "a packet number, from 1");
		return false;
	}
	for (size_t i = 0; i < view->shown; i++) {
		size_t row = view->ladder.line[i].row;

		if (row >= view->analysis.rows)
			continue;
		if (view->analysis.row[row].packet >= number ||
		    (view->analysis.row[row].is_run &&
		     view->analysis.row[row].run_last_packet >= number)) {
			ladder_select(view, i);
			return true;
		}
	}
	ladder_select(view, SIZE_MAX);
	return true;
}

static const struct prompt_kind packet_prompt = {
    .label = "packet",
    .history = HISTORY_PACKET,
    .accept = accept_packet,
};

void ladder_ask_packet(struct ladder_view *view)
{
	prompt_open(view->screen.app, &packet_prompt, view, "");
}
