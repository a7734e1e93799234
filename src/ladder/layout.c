/* SPDX-License-Identifier: BSD-3-Clause */
/* From a line to styled spans of text. Nothing here decides what is shown, only where. */
#include <tcphs/ladder.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <tcphs/diagnosis.h>

#include "base/duration.h"
#include "ladder/arrow.h"
#include "ladder/foretell.h"
#include "ladder/label.h"
#include "ladder/pen.h"

#define WORD_CELLS 10 /* "four-way" and a blank on each side */

/* ---- the columns at the left ----------------------------------------------------------- */

/* Whether what a row says may stand above it. */
static bool is_revealed(const struct pen *pen, uint32_t row)
{
	return row + (uint64_t)pen->ladder->options.hidden < pen->ladder->analysis->rows;
}

static void put_margin(struct pen *pen, const struct tcphs_line *line)
{
	char name[96] = "";
	unsigned columns;

	if (pen->plan.margin == 0)
		return;
	if (line->kind == TCPHS_LINE_SEGMENT &&
	    is_revealed(pen, pen->ladder->part_last[line->part]) &&
	    (line->bracket == TCPHS_BRACKET_FIRST || line->bracket == TCPHS_BRACKET_ONLY))
		tcphs_ladder_part_name(pen->ladder, line->part, pen->ascii, name, sizeof(name));
	columns = text_columns(name);
	if (columns < pen->plan.margin)
		pen_pad(pen, pen->plan.margin - columns - 1);
	pen_put_field(pen, TCPHS_S_BRACKET, name, pen->plan.margin - pen->column - 1);
	pen_pad(pen, pen->plan.margin);
}

static bool begins_bracket(const struct tcphs_line *line)
{
	return line->kind == TCPHS_LINE_SEGMENT &&
	       (line->bracket == TCPHS_BRACKET_FIRST || line->bracket == TCPHS_BRACKET_ONLY);
}

/* The bracket whose name has its place on a line without a time: the one that begins below it,
 * or, where a segment is above that, the one that the line is the first such line of. */
static unsigned part_named_at(const struct tcphs_ladder *ladder, size_t index)
{
	const struct tcphs_line *line = &ladder->line[index];

	if (line->kind == TCPHS_LINE_SEGMENT)
		return TCPHS_PART_NONE;
	if (line->bracket == TCPHS_BRACKET_NONE)
		return index + 1 < ladder->lines && begins_bracket(line + 1) ? line[1].part
		                                                             : TCPHS_PART_NONE;
	do {
		if (index == 0 || ladder->line[--index].kind != TCPHS_LINE_SEGMENT)
			return TCPHS_PART_NONE;
	} while (!begins_bracket(&ladder->line[index]));
	return index == 0 || ladder->line[index - 1].kind == TCPHS_LINE_SEGMENT ? line->part
	                                                                        : TCPHS_PART_NONE;
}

/* The word for a bracket, where the margin has no room for more; false: none belongs here. */
static bool put_word(struct pen *pen, size_t index)
{
	const struct tcphs_ladder *ladder = pen->ladder;
	unsigned room = ladder_plan_indent(&pen->plan), part;

	if (!ladder->options.names || pen->plan.margin > 0 || room < WORD_CELLS)
		return false;
	part = part_named_at(ladder, index);
	if (part == TCPHS_PART_NONE || !is_revealed(pen, ladder->part_last[part]))
		return false;
	pen_put_field(pen, TCPHS_S_BRACKET, part_word(ladder, part), room - pen->column - 1);
	pen_pad(pen, room);
	return true;
}

static void put_left(struct pen *pen, size_t index)
{
	const struct tcphs_line *line = &pen->ladder->line[index];
	bool segment = line->kind == TCPHS_LINE_SEGMENT || line->kind == TCPHS_LINE_RUN;
	unsigned end;
	char text[48];

	put_margin(pen, line);
	if (line->bracket != TCPHS_BRACKET_NONE) {
		pen_put(pen, TCPHS_S_BRACKET, pen->glyphs->bracket[line->bracket]);
		pen_pad(pen, pen->plan.margin + pen->plan.bracket);
	}
	if (put_word(pen, index))
		return;
	pen_pad(pen, pen->plan.margin + pen->plan.bracket);
	if (pen->plan.packet > 0) {
		end = pen->column + pen->plan.packet;
		if (line->kind == TCPHS_LINE_SEGMENT) {
			text[0] = '#';
			tcphs_ladder_packet_name(pen->ladder,
			                         pen->ladder->analysis->row[line->row].packet,
			                         text + 1, sizeof(text) - 1);
			pen_pad(pen, end - 1 - text_columns(text));
			pen_put(pen, TCPHS_S_DIM, text);
		}
		pen_pad(pen, end);
	}
	if (pen->plan.time > 0) {
		end = pen->column + pen->plan.time;
		tcphs_ladder_time(pen->ladder, index, text, sizeof(text));
		if (segment && text_columns(text) <= pen->plan.time) {
			pen_pad(pen, end - text_columns(text));
			pen_put(pen, TCPHS_S_TIME, text);
		}
		pen_pad(pen, end);
	}
	pen_pad(pen, ladder_plan_indent(&pen->plan));
}

/* ---- states ---------------------------------------------------------------------------- */

static void put_state(struct pen *pen, uint8_t state, bool certain, bool changed, unsigned columns)
{
	enum tcphs_style style = !changed  ? TCPHS_S_STATE
	                         : certain ? TCPHS_S_STATE_CHANGED
	                                   : TCPHS_S_STATE_ASSUMED;
	char text[32];

	snprintf(text, sizeof(text), "%s%s",
	         pen->plan.short_states ? state_short_name(state) : tcphs_state_name(state),
	         certain           ? ""
	         : pen->plan.tight ? "?"
	                           : " ?");
	pen_put_field(pen, style, text, columns);
}

/* ---- the other kinds of lines ---------------------------------------------------------- */

/* Text in the middle of the two lifelines, with one at each end of the room. */
static void put_between(struct pen *pen, const char *life, const char *left, const char *right)
{
	unsigned end = pen->column + 1 + pen->plan.arrow;
	unsigned needed = text_columns(left) + text_columns(right) + 1;

	pen_put(pen, TCPHS_S_LIFELINE, life);
	if (needed <= pen->plan.arrow) {
		pen_put(pen, TCPHS_S_DIM, left);
		pen_pad(pen, end - text_columns(right));
		pen_put(pen, TCPHS_S_DIM, right);
	} else {
		pen_put_field(pen, TCPHS_S_DIM, left, pen->plan.arrow);
	}
	pen_pad(pen, end);
	pen_put(pen, TCPHS_S_LIFELINE, life);
}

static void put_start(struct pen *pen)
{
	const struct tcphs_connection *connection = &pen->ladder->analysis->connection;
	char isn[2][32] = {"", ""};
	const char *server = isn[TCPHS_SERVER];

	for (int side = 0; side < 2; side++)
		if (connection->end[side].isn_known && !pen->ladder->options.raw &&
		    (pen->ladder->options.hidden == 0 || is_revealed(pen, pen->ladder->syn[side])))
			snprintf(isn[side], sizeof(isn[side]), "%sISN %" PRIu32 "%s%s",
			         side == TCPHS_CLIENT ? " " : "", connection->end[side].isn,
			         connection->end[side].isn_inferred ? "?" : "",
			         side == TCPHS_CLIENT ? "" : " ");
	/* Both numbers matter more than to say twice what they are. */
	if (isn[0][0] != '\0' && text_columns(isn[0]) + text_columns(server) >= pen->plan.arrow &&
	    strncmp(server, "ISN ", 4) == 0)
		server += 4;
	put_between(pen, pen->glyphs->life, isn[0], server);
}

static void put_run(struct pen *pen, const struct tcphs_line *line)
{
	uint64_t packets = line->packets[0] + line->packets[1];
	char left[64], right[96] = "", sent[2][40] = {"", ""};

	snprintf(left, sizeof(left), " %" PRIu64 " segment%s", packets, packets == 1 ? "" : "s");
	if (line->bytes[0] > 0)
		snprintf(sent[0], sizeof(sent[0]), "%" PRIu64 " B %s ", line->bytes[0],
		         pen->glyphs->right);
	if (line->bytes[1] > 0)
		snprintf(sent[1], sizeof(sent[1]), "%s %" PRIu64 " B ", pen->glyphs->left,
		         line->bytes[1]);
	snprintf(right, sizeof(right), "%s%s", sent[0], sent[1]);
	put_between(pen, pen->glyphs->broken, left, right);
}

static void put_gap(struct pen *pen, const struct tcphs_line *line)
{
	bool silence = pen->ladder->options.gaps == TCPHS_GAPS_SILENCES;
	char duration[32], text[64] = "";

	duration_text(line->gap, " ", duration, sizeof(duration));
	if (!line->more)
		snprintf(text, sizeof(text), " %s%s", duration, silence ? " of silence" : "");
	put_between(pen, pen->glyphs->broken, text, "");
}

static const enum tcphs_style severity_style[] = {TCPHS_S_NOTE, TCPHS_S_WARNING, TCPHS_S_ERROR};

static void put_remark(struct pen *pen, size_t index)
{
	const struct tcphs_line *line = &pen->ladder->line[index];
	const struct tcphs_diagnosis *diagnosis =
	    &pen->ladder->analysis->diagnosis[line->diagnosis];
	enum tcphs_style style = severity_style[diagnosis->severity % TCPHS_SEVERITY_COUNT];
	char text[640];

	if (ladder_foretells(pen->ladder, diagnosis)) {
		pen_put(pen, TCPHS_S_DIM, line->more ? "" : pen->ascii ? "..." : "…");
		return;
	}
	if (!line->more) {
		pen_put(pen, style,
		        pen->glyphs->severity[diagnosis->severity % TCPHS_SEVERITY_COUNT]);
		pen_put(pen, style, " ");
		pen_put(pen, style, tcphs_code_info(diagnosis->code)->name);
		pen_put(pen, TCPHS_S_PLAIN, "  ");
	} else {
		pen_put(pen, TCPHS_S_PLAIN, "  ");
	}
	tcphs_ladder_remark(pen->ladder, index, pen->ascii, text, sizeof(text));
	pen_put_field(pen, TCPHS_S_PLAIN, text,
	              pen->width > pen->column ? pen->width - pen->column : 0);
}

static void put_dropped(struct pen *pen)
{
	char text[96];

	snprintf(text, sizeof(text), "%" PRIu64 " more segments were only counted",
	         pen->ladder->analysis->connection.rows_dropped);
	pen_put_field(pen, TCPHS_S_DIM, text, pen->width - pen->column);
}

static void put_end(struct pen *pen, size_t index)
{
	const struct tcphs_endpoint *end = pen->ladder->analysis->connection.end;
	const struct tcphs_line *line = &pen->ladder->line[index];
	char words[32];

	snprintf(words, sizeof(words), " %s", tcphs_ladder_end_words(pen->ladder));
	put_state(pen, end[0].state, end[0].certain, line->changed[0], pen->plan.state[0]);
	put_between(pen, pen->glyphs->life, words, "");
	pen_pad(pen, pen->column + pen->plan.gap[1]);
	put_state(pen, end[1].state, end[1].certain, line->changed[1], pen->plan.state[1]);
}

/* ---- whole lines ----------------------------------------------------------------------- */

static void put_heads(struct pen *pen)
{
	static const char *const unit[] = {"ms", "ms +", "local", "UTC"};
	const char *time = unit[pen->ladder->options.time];
	unsigned end = pen->plan.margin + pen->plan.bracket + pen->plan.packet + pen->plan.time;

	if (pen->ladder->options.time == TCPHS_TIME_RELATIVE && pen->ladder->in_seconds)
		time = "s";
	else if (pen->ladder->options.time == TCPHS_TIME_DELTA && pen->ladder->in_seconds)
		time = "s +";
	if (pen->plan.time > 0) {
		pen_pad(pen, end - text_columns(time));
		pen_put(pen, TCPHS_S_DIM, time);
	}
	pen_pad(pen, ladder_plan_indent(&pen->plan));
	pen_put_field(pen, TCPHS_S_TITLE, "client", pen->plan.state[0]);
	pen_pad(pen, pen->column + pen->plan.arrow + 2 + pen->plan.gap[1]);
	pen_put(pen, TCPHS_S_TITLE, "server");
}

static void put_row(struct pen *pen, size_t index)
{
	const struct tcphs_line *line = &pen->ladder->line[index];
	const struct tcphs_row *row = &pen->ladder->analysis->row[line->last_row];
	bool start = line->kind == TCPHS_LINE_START,
	     named = start || line->kind == TCPHS_LINE_SEGMENT;

	for (int side = 0; side < 2; side++) {
		uint8_t state =
		    start && row->rule[side] != NULL ? row->rule[side]->from : row->state[side];
		bool certain = start ? row->from == side : row->certain[side];

		if (side == 1)
			pen_pad(pen, pen->column + pen->plan.gap[1]);
		if (named || line->changed[side])
			put_state(pen, state, certain, line->changed[side], pen->plan.state[side]);
		else
			pen_put_field(pen, TCPHS_S_STATE,
			              line->kind == TCPHS_LINE_RUN ? pen->glyphs->dot : "",
			              pen->plan.state[side]);
		if (side == 1)
			break;
		if (start)
			put_start(pen);
		else if (line->kind == TCPHS_LINE_RUN)
			put_run(pen, line);
		else if (line->kind == TCPHS_LINE_GAP)
			put_gap(pen, line);
		else
			arrow_put(pen, index);
	}
}

void tcphs_ladder_layout(const struct tcphs_ladder *ladder, size_t index, unsigned width,
                         bool ascii, struct tcphs_spans *spans)
{
	struct pen pen = {.spans = spans,
	                  .glyphs = ascii ? &glyphs_ascii : &glyphs_utf8,
	                  .ladder = ladder,
	                  .width = width,
	                  .ascii = ascii};

	spans->count = 0;
	if (pen.width > 300)
		pen.width = 300;
	pen.plan = ladder_plan_for(ladder, pen.width, ascii);
	if (index == TCPHS_LADDER_HEADS) {
		put_heads(&pen);
		return;
	}
	put_left(&pen, index);
	if (ladder->line[index].kind == TCPHS_LINE_REMARK)
		put_remark(&pen, index);
	else if (ladder->line[index].kind == TCPHS_LINE_DROPPED)
		put_dropped(&pen);
	else if (ladder->line[index].kind == TCPHS_LINE_END)
		put_end(&pen, index);
	else
		put_row(&pen, index);
}
