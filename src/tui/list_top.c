/* SPDX-License-Identifier: BSD-3-Clause */
/* The two lines above the list: what is read, and how its connections turned out. */
#include "tui/list.h"

#include "base/bounded.h"
#include "tui/thousands.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define BAR_MIN    8
#define NAME_LEAST 8 /* less of a file's name says nothing */

static const struct {
	const char *glyph, *ascii;
} bar_glyph[OUTCOME_COUNT] = {
    [OUTCOME_OPENED] = {"█", "#"},     [OUTCOME_REFUSED] = {"▒", "%"},
    [OUTCOME_UNANSWERED] = {"░", "."}, [OUTCOME_HALF] = {"▄", "="},
    [OUTCOME_ABORTED] = {"✗", "x"},    [OUTCOME_MIDSTREAM] = {"·", "-"},
};

static const char *glyph_of(const struct canvas *canvas, size_t outcome)
{
	return canvas->ascii ? bar_glyph[outcome].ascii : bar_glyph[outcome].glyph;
}

/* Cells of `room` for each outcome: as its share, but at least one for what there is. */
static void share(const struct rows_counts *counts, int room, int *cells)
{
	int used = 0;
	size_t largest = 0;

	for (size_t i = 0; i < OUTCOME_COUNT; i++) {
		uint64_t count = counts->outcome[i];

		cells[i] = counts->all > 0 ? (int)((double)count * room / (double)counts->all) : 0;
		cells[i] += cells[i] == 0 && count > 0;
		used += cells[i];
		if (count > counts->outcome[largest])
			largest = i;
	}
	if (used > 0)
		cells[largest] += room - used;
}

struct legend {
	const char *glyph, *name;
	unsigned style;
	char number[32];
	uint64_t count; /* 0: a finding, which always gets its place */
};

/* What there is, in words: the outcomes, then the findings. */
static size_t make_legend(const struct canvas *canvas, const struct rows_counts *counts,
                          struct legend *legend)
{
	size_t count = 0;

	for (size_t i = 0; i < OUTCOME_COUNT; i++) {
		if (counts->outcome[i] == 0)
			continue;
		legend[count].glyph = glyph_of(canvas, i);
		legend[count].name = outcome_name((enum outcome)i);
		legend[count].style = outcome_style((enum outcome)i);
		legend[count].count = counts->outcome[i];
		thousands_text(counts->outcome[i], legend[count++].number, 32);
	}
	if (counts->errors > 0) {
		legend[count] =
		    (struct legend){canvas->ascii ? "X" : "✗", "wrong", TCPHS_S_ERROR, "", 0};
		thousands_text(counts->errors, legend[count++].number, 32);
	}
	if (counts->warnings > 0) {
		legend[count] = (struct legend){"!", "odd", TCPHS_S_WARNING, "", 0};
		thousands_text(counts->warnings, legend[count++].number, 32);
	}
	return count;
}

static int legend_width(const struct legend *legend, int gap)
{
	int word = legend->name[0] != '\0' ? 1 + (int)strlen(legend->name) : 0;

	return gap + 1 + (int)strlen(legend->number) + word;
}

/* The rarest outcome that still has its word, or any; `entries` if there is none. */
static size_t find_rarest(const struct legend *legend, size_t entries, bool with_word)
{
	size_t rarest = entries;

	for (size_t i = 0; i < entries; i++) {
		if (legend[i].count > 0 && (!with_word || legend[i].name[0] != '\0') &&
		    (rarest == entries || legend[i].count < legend[rarest].count))
			rarest = i;
	}
	return rarest;
}

/* Makes the legend fit in `room`: closer together, then without the words of the rarest outcomes
 * (their numbers stay), then without these. Returns the cells left, and the gap to draw with. */
static int fit_legend(struct legend *legend, size_t *entries, int room, int *gap)
{
	int left = room;

	for (*gap = 2; *gap > 0; (*gap)--) {
		left = room;
		for (size_t i = 0; i < *entries; i++)
			left -= legend_width(&legend[i], *gap);
		if (left >= 0)
			return left;
	}
	*gap = 1;
	while (left < 0) {
		size_t rarest = find_rarest(legend, *entries, true);

		if (rarest < *entries) {
			left += 1 + (int)strlen(legend[rarest].name);
			legend[rarest].name = "";
			continue;
		}
		rarest = find_rarest(legend, *entries, false);
		if (rarest == *entries)
			break;
		left += legend_width(&legend[rarest], *gap);
		memmove(&legend[rarest], &legend[rarest + 1],
		        (*entries - rarest - 1) * sizeof(legend[0]));
		(*entries)--;
	}
	return left;
}

/* The words come first; the bar takes what they leave. */
static void draw_bar(const struct list *list, const struct canvas *canvas, int y)
{
	struct rows_counts counts = rows_counts(&list->screen.app->rows);
	struct legend legend[OUTCOME_COUNT + 2];
	size_t entries = make_legend(canvas, &counts, legend);
	int cells[OUTCOME_COUNT], room, gap, x = 1;

	if (counts.all == 0)
		return;
	room = BAR_MIN + fit_legend(legend, &entries, canvas->width - 2 - BAR_MIN, &gap);
	room = room < BAR_MIN ? BAR_MIN : room > canvas->width / 2 ? canvas->width / 2 : room;
	share(&counts, room - (gap == 1), cells);
	for (size_t i = 0; i < OUTCOME_COUNT; i++) {
		for (int cell = 0; cell < cells[i]; cell++)
			x = canvas_text(canvas, y, x, outcome_style((enum outcome)i),
			                glyph_of(canvas, i));
	}
	x += gap == 1; /* the bar is no part of the words */
	for (size_t i = 0; i < entries; i++) {
		x = canvas_text(canvas, y, x + gap, legend[i].style, legend[i].glyph);
		x = canvas_text(canvas, y, x, TCPHS_S_PLAIN, legend[i].number);
		if (legend[i].name[0] != '\0')
			x = canvas_text(canvas, y, x + 1, TCPHS_S_DIM, legend[i].name);
	}
}

/* "12 of 42 connections" or "42 connections in 12 rows", and what is going on. */
static void state_text(const struct list *list, char *text, size_t size)
{
	const struct app *app = list->screen.app;
	struct bounded out = bounded_start(text, size);
	struct tcphs_source *source = tcphs_session_source(app->session);
	uint64_t dropped = tcphs_source_dropped(source), done, total;
	uint64_t unwritten = tcphs_source_unwritten(source);
	uint64_t evicted = tcphs_tracker_counts(app->tracker).evicted;
	size_t count = list_count(list), all = tcphs_tracker_count(app->tracker);
	int progress = rows_progress(&app->rows);
	bool folded = app->rows.grouped && count != all;
	char number[32];

	if (app->live && !app->loaded)
		bounded_addf(&out, "live%s%s · ", tcphs_source_is_down(source) ? ", down" : "",
		             list->paused   ? ", held still"
		             : list->follow ? ", newest"
		                            : "");
	if (dropped > 0)
		bounded_addf(&out, "%s dropped · ",
		             thousands_text(dropped, number, sizeof(number)));
	if (unwritten > 0)
		bounded_addf(&out, "%s not written · ",
		             thousands_text(unwritten, number, sizeof(number)));
	if (evicted > 0)
		bounded_addf(&out, "%s given up · ",
		             thousands_text(evicted, number, sizeof(number)));
	if (list->seek.direction != 0)
		bounded_add(&out, "searching · ");
	if (!app->loaded && !app->live) {
		tcphs_source_progress(source, &done, &total);
		if (total > 0)
			bounded_addf(&out, "reading %d%% · ",
			             (int)((double)done * 100 / (double)total));
		else
			bounded_add(&out, "reading · ");
	} else if (progress >= 0 && rows_is_new(&app->rows)) {
		bounded_addf(&out, "looking %d%% · ", progress);
	}
	if (list->query[0] != '\0' || (count != all && !folded))
		bounded_addf(&out, "%s%s of ", thousands_text(count, number, sizeof(number)),
		             folded ? " rows" : "");
	bounded_addf(&out, "%s connection%s", thousands_text(all, number, sizeof(number)),
	             all == 1 ? "" : "s");
	if (folded && list->query[0] == '\0')
		bounded_addf(&out, " in %s rows", thousands_text(count, number, sizeof(number)));
	bounded_end(&out);
}

/* What is read, and the query, from x on: the folder goes first, then the name, and only then an
 * end of the query, without which the list would say something else. */
static void draw_question(const struct list *list, const struct canvas *canvas, int x, int room)
{
	const char *name = tcphs_source_name(tcphs_session_source(list->screen.app->session));
	const char *folder = strrchr(name, '/');
	int query = list->query[0] != '\0' ? canvas_columns(canvas, list->query) + 2 : 0, width;

	if (canvas_columns(canvas, name) + 2 + query > room && folder != NULL)
		name = folder + 1;
	width = canvas_columns(canvas, name);
	if (query > 0 && width > room - query - 2)
		width = room - query - 2 > NAME_LEAST ? room - query - 2 : 0;
	if (width > 0) {
		width = width < room ? width : room;
		canvas_field(canvas, 0, x, width, false, VIEW_BAR, name);
		x += width + 2;
		room -= width + 2;
	}
	if (query > 0 && room > 4) {
		canvas_text(canvas, 0, x, VIEW_KEY, "/");
		canvas_field(canvas, 0, x + 2, room - 2, false, VIEW_MATCH, list->query);
	}
}

void list_draw_top(struct list *list, const struct canvas *canvas, int height)
{
	char state[160];
	int x, at;

	state_text(list, state, sizeof(state));
	at = canvas->width - 1 - canvas_columns(canvas, state);
	x = canvas_text(canvas, 0, 1, VIEW_KEY, "tcphs") + 2;
	draw_question(list, canvas, x, at - x - 2);
	canvas_text(canvas, 0, at, TCPHS_S_DIM, state);
	if (height > 1)
		draw_bar(list, canvas, 1);
}

const char *list_empty_text(const struct list *list)
{
	const struct app *app = list->screen.app;

	if (tcphs_tracker_count(app->tracker) > 0 && rows_is_new(&app->rows))
		return "none so far: looking on";
	if (tcphs_tracker_count(app->tracker) > 0)
		return list->asking.is
		           ? "no connection fits this query"
		           : "no connection fits the query: Esc takes it away, / changes it";
	if (!app->loaded)
		return app->live ? "no TCP yet: waiting for packets" : "reading";
	return "no TCP connection in what was read";
}
