/* SPDX-License-Identifier: BSD-3-Clause */
/* From a line to styled spans of text. Nothing here decides what is shown, only where. */
#include <tcphs/ladder.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <tcphs/diagnosis.h>

#include "base/duration.h"
#include "ladder/label.h"
#include "ladder/plan.h"

struct glyphs {
	const char *dash, *right, *left, *from_client, *from_server, *life, *broken, *lost, *down,
	    *up;
	const char *ok, *bad, *dot, *ellipsis, *bracket[5], *severity[TCPHS_SEVERITY_COUNT];
};

static const struct glyphs glyphs_utf8 = {
    .dash = "─",
    .right = "▶",
    .left = "◀",
    .from_client = "├",
    .from_server = "┤",
    .life = "│",
    .broken = "┊",
    .lost = "✗",
    .down = "╲",
    .up = "╱",
    .ok = "✓",
    .bad = "✗",
    .dot = "·",
    .ellipsis = "…",
    .bracket = {" ", "┌", "│", "└", "╶"},
    .severity = {"·", "!", "✗"},
};
static const struct glyphs glyphs_ascii = {
    .dash = "-",
    .right = ">",
    .left = "<",
    .from_client = "|",
    .from_server = "|",
    .life = "|",
    .broken = ":",
    .lost = "x",
    .down = "\\",
    .up = "/",
    .ok = "ok",
    .bad = "BAD",
    .dot = ".",
    .ellipsis = "~",
    .bracket = {" ", ",", "|", "`", "-"},
    .severity = {"-", "!", "x"},
};

struct pen {
	struct tcphs_spans *spans;
	const struct glyphs *glyphs;
	const struct tcphs_ladder *ladder;
	struct ladder_plan plan;
	size_t used; /* octets of spans->text */
	unsigned column, width;
	bool ascii;
};

/* ---- drawing --------------------------------------------------------------------------- */

static struct tcphs_span *span_for(struct pen *pen, enum tcphs_style style)
{
	struct tcphs_spans *spans = pen->spans;
	struct tcphs_span *last = spans->count > 0 ? &spans->span[spans->count - 1] : NULL;

	if (last != NULL && (last->style == style || spans->count == TCPHS_SPANS_MAX))
		return last;
	last = &spans->span[spans->count++];
	*last = (struct tcphs_span){.style = (uint8_t)style, .text = spans->text + pen->used};
	return last;
}

/* Puts at most `columns` cells of `text`; what does not fit the width is left out. */
static void put_cells(struct pen *pen, enum tcphs_style style, const char *text, unsigned columns)
{
	while (*text != '\0' && columns > 0 && pen->column < pen->width) {
		struct tcphs_span *span;
		size_t length = 1;

		while (((unsigned char)text[length] & 0xc0) == 0x80)
			length++;
		if (pen->used + length >= sizeof(pen->spans->text))
			return;
		span = span_for(pen, style);
		memcpy(pen->spans->text + pen->used, text, length);
		pen->used += length;
		span->length = (uint16_t)(span->length + length);
		span->columns++;
		pen->column++;
		columns--;
		text += length;
	}
}

static void put(struct pen *pen, enum tcphs_style style, const char *text)
{
	put_cells(pen, style, text, UINT32_MAX);
}

static void put_times(struct pen *pen, enum tcphs_style style, const char *glyph, unsigned count)
{
	while (count-- > 0)
		put(pen, style, glyph);
}

static void pad_to(struct pen *pen, unsigned column)
{
	while (pen->column < column && pen->column < pen->width)
		put(pen, TCPHS_S_PLAIN, " ");
}

/* Text in a field of `columns`: cut with an ellipsis if it is longer. */
static void put_field(struct pen *pen, enum tcphs_style style, const char *text, unsigned columns)
{
	unsigned end = pen->column + columns;

	if (text_columns(text) <= columns) {
		put(pen, style, text);
	} else if (columns > 0) {
		put_cells(pen, style, text, columns - 1);
		put(pen, style, pen->glyphs->ellipsis);
	}
	pad_to(pen, end);
}

/* ---- the columns at the left ----------------------------------------------------------- */

static void put_margin(struct pen *pen, const struct tcphs_line *line)
{
	char name[96] = "";
	unsigned columns;

	if (pen->plan.margin == 0)
		return;
	if (line->kind == TCPHS_LINE_SEGMENT &&
	    (line->bracket == TCPHS_BRACKET_FIRST || line->bracket == TCPHS_BRACKET_ONLY))
		tcphs_ladder_part_name(pen->ladder, line->part, pen->ascii, name, sizeof(name));
	columns = text_columns(name);
	if (columns < pen->plan.margin)
		pad_to(pen, pen->plan.margin - columns - 1);
	put_field(pen, TCPHS_S_BRACKET, name, pen->plan.margin - pen->column - 1);
	pad_to(pen, pen->plan.margin);
}

static void put_left(struct pen *pen, size_t index)
{
	const struct tcphs_line *line = &pen->ladder->line[index];
	bool segment = line->kind == TCPHS_LINE_SEGMENT || line->kind == TCPHS_LINE_RUN;
	unsigned end;
	char text[32];

	put_margin(pen, line);
	put(pen, line->bracket != TCPHS_BRACKET_NONE ? TCPHS_S_BRACKET : TCPHS_S_PLAIN,
	    pen->glyphs->bracket[line->bracket]);
	pad_to(pen, pen->plan.margin + pen->plan.bracket);
	if (pen->plan.packet > 0) {
		end = pen->column + pen->plan.packet;
		if (line->kind == TCPHS_LINE_SEGMENT) {
			snprintf(text, sizeof(text), "#%" PRIu64,
			         pen->ladder->analysis->row[line->row].packet);
			pad_to(pen, end - 1 - text_columns(text));
			put(pen, TCPHS_S_DIM, text);
		}
		pad_to(pen, end);
	}
	if (pen->plan.time > 0) {
		end = pen->column + pen->plan.time;
		tcphs_ladder_time(pen->ladder, index, text, sizeof(text));
		if (segment && text_columns(text) <= pen->plan.time) {
			pad_to(pen, end - text_columns(text));
			put(pen, TCPHS_S_TIME, text);
		}
		pad_to(pen, end);
	}
	pad_to(pen, ladder_plan_indent(&pen->plan));
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
	put_field(pen, style, text, columns);
}

/* ---- the arrow ------------------------------------------------------------------------- */

static const char *mark_text(const struct pen *pen, uint8_t mark)
{
	return mark == TCPHS_MARK_OK ? pen->glyphs->ok : pen->glyphs->bad;
}

static unsigned label_width(const struct pen *pen, const struct tcphs_label *label, bool detail)
{
	unsigned gap = pen->plan.brief ? 1 : 2;
	unsigned columns = text_columns(label->flags);
	const char *numbers = pen->plan.brief ? label->brief : label->numbers;

	columns += (columns > 0 ? gap : 0) + text_columns(numbers);
	if (label->mark != TCPHS_MARK_NONE)
		columns += 1 + text_columns(mark_text(pen, label->mark));
	if (label->note[0] != '\0')
		columns += gap + text_columns(label->note);
	return columns + (detail ? 2 + text_columns(label->detail) : 0);
}

static void put_label(struct pen *pen, const struct tcphs_label *label, bool detail, unsigned room)
{
	unsigned gap = pen->plan.brief ? 1 : 2, end = pen->column + room;
	unsigned width = pen->width;
	bool cut = label_width(pen, label, detail) > room;

	pen->width = end - cut < width ? end - cut : width;
	put(pen, label->style, label->flags);
	if (label->flags[0] != '\0')
		put_times(pen, label->style, " ", gap);
	put(pen, label->style, pen->plan.brief ? label->brief : label->numbers);
	if (label->mark != TCPHS_MARK_NONE) {
		put(pen, label->style, " ");
		put(pen, label->mark == TCPHS_MARK_OK ? TCPHS_S_OK : TCPHS_S_ERROR,
		    mark_text(pen, label->mark));
	}
	if (label->note[0] != '\0') {
		put_times(pen, label->style, " ", gap);
		put(pen, label->style, label->note);
	}
	if (detail && label->detail[0] != '\0') {
		put(pen, TCPHS_S_DIM, "  ");
		put(pen, TCPHS_S_DIM, label->detail);
	}
	pen->width = width;
	if (cut && room > 0)
		put(pen, label->style, pen->glyphs->ellipsis);
}

/*
 * Cells of an arrow from the client; mirrored from the server:
 *   lead   " label "   shaft          tip
 *   ───     SYN  seq 0  ───────────────▶      ───── lost: shaft ✗ blank
 */
struct arrow {
	unsigned lead, space, label, shaft, blank;
	bool detail;
};

static struct arrow arrow_cut(const struct pen *pen, const struct tcphs_label *label, bool lost,
                              bool late)
{
	unsigned cells = pen->plan.arrow, tip = late ? 3 : 1, spare;
	struct arrow arrow = {.detail = pen->plan.detail};

	arrow.label = label_width(pen, label, arrow.detail);
	if (arrow.detail && arrow.label + tip + 6 > cells) {
		arrow.detail = false;
		arrow.label = label_width(pen, label, false);
	}
	arrow.space = arrow.label + tip + 2 <= cells ? 1 : 0;
	if (arrow.label + tip + 2 * arrow.space > cells)
		arrow.label = cells > tip + 2 * arrow.space ? cells - tip - 2 * arrow.space : 0;
	spare = cells - arrow.label - tip - 2 * arrow.space;
	arrow.lead = spare > 4 ? 3 : spare / 2;
	arrow.shaft = spare - arrow.lead;
	if (lost) {
		arrow.blank = arrow.shaft > 3 ? arrow.shaft * 3 / 5 : 0;
		arrow.shaft -= arrow.blank;
	}
	return arrow;
}

static void put_from_client(struct pen *pen, const struct tcphs_label *label, struct arrow arrow,
                            bool lost, bool late)
{
	const struct glyphs *glyphs = pen->glyphs;
	enum tcphs_style style = label->style;

	put_times(pen, style, glyphs->dash, arrow.lead);
	put_times(pen, style, " ", arrow.space);
	put_label(pen, label, arrow.detail, arrow.label);
	put_times(pen, style, " ", arrow.space);
	put_times(pen, style, glyphs->dash, arrow.shaft);
	if (lost) {
		put(pen, TCPHS_S_ERROR, glyphs->lost);
		put_times(pen, TCPHS_S_PLAIN, " ", arrow.blank);
		return;
	}
	if (late) {
		put(pen, style, glyphs->down);
		put(pen, style, glyphs->dash);
	}
	put(pen, style, glyphs->right);
}

static void put_from_server(struct pen *pen, const struct tcphs_label *label, struct arrow arrow,
                            bool lost, bool late)
{
	const struct glyphs *glyphs = pen->glyphs;
	enum tcphs_style style = label->style;
	unsigned left = arrow.lead > 1 ? arrow.lead - 1 : 0;

	if (lost) {
		put_times(pen, TCPHS_S_PLAIN, " ", arrow.blank);
		put(pen, TCPHS_S_ERROR, glyphs->lost);
		left = arrow.shaft / 2;
		arrow.shaft -= left;
		arrow.shaft += arrow.lead;
	} else {
		put(pen, style, glyphs->left);
		arrow.shaft += arrow.lead - left;
	}
	if (late) {
		put(pen, style, glyphs->dash);
		put(pen, style, glyphs->up);
	}
	put_times(pen, style, glyphs->dash, left);
	put_times(pen, style, " ", arrow.space);
	put_label(pen, label, arrow.detail, arrow.label);
	put_times(pen, style, " ", arrow.space);
	put_times(pen, style, glyphs->dash, arrow.shaft);
}

static void put_segment(struct pen *pen, size_t index)
{
	const struct tcphs_line *line = &pen->ladder->line[index];
	const struct tcphs_row *row = &pen->ladder->analysis->row[line->row];
	bool lost = row->fate == TCPHS_LOST, client = row->from == TCPHS_CLIENT;
	struct tcphs_label label;
	struct arrow arrow;

	tcphs_ladder_label(pen->ladder, index, &label);
	arrow = arrow_cut(pen, &label, lost, row->late);
	put(pen, TCPHS_S_LIFELINE, client ? pen->glyphs->from_client : pen->glyphs->life);
	(client ? put_from_client : put_from_server)(pen, &label, arrow, lost, row->late);
	put(pen, TCPHS_S_LIFELINE, client ? pen->glyphs->life : pen->glyphs->from_server);
}

/* ---- the other kinds of lines ---------------------------------------------------------- */

/* Text in the middle of the two lifelines, with one at each end of the room. */
static void put_between(struct pen *pen, const char *life, const char *left, const char *right)
{
	unsigned end = pen->column + 1 + pen->plan.arrow;
	unsigned needed = text_columns(left) + text_columns(right) + 1;

	put(pen, TCPHS_S_LIFELINE, life);
	if (needed <= pen->plan.arrow) {
		put(pen, TCPHS_S_DIM, left);
		pad_to(pen, end - text_columns(right));
		put(pen, TCPHS_S_DIM, right);
	} else {
		put_field(pen, TCPHS_S_DIM, left, pen->plan.arrow);
	}
	pad_to(pen, end);
	put(pen, TCPHS_S_LIFELINE, life);
}

static void put_start(struct pen *pen)
{
	const struct tcphs_connection *connection = &pen->ladder->analysis->connection;
	char isn[2][32] = {"", ""};

	for (int side = 0; side < 2; side++)
		if (connection->end[side].isn_known && !pen->ladder->options.raw)
			snprintf(isn[side], sizeof(isn[side]), " ISN %" PRIu32 "%s",
			         connection->end[side].isn,
			         connection->end[side].isn_inferred ? "? " : " ");
	put_between(pen, pen->glyphs->life, isn[0], isn[1]);
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
	char duration[32], text[64];

	duration_text(line->gap, " ", duration, sizeof(duration));
	snprintf(text, sizeof(text), " %s of silence", duration);
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

	if (!line->more) {
		put(pen, style, pen->glyphs->severity[diagnosis->severity % TCPHS_SEVERITY_COUNT]);
		put(pen, style, " ");
		put(pen, style, tcphs_code_info(diagnosis->code)->name);
		put(pen, TCPHS_S_PLAIN, "  ");
	} else {
		put(pen, TCPHS_S_PLAIN, "  ");
	}
	tcphs_ladder_remark(pen->ladder, index, pen->ascii, text, sizeof(text));
	put_field(pen, TCPHS_S_PLAIN, text,
	          pen->width > pen->column ? pen->width - pen->column : 0);
}

static void put_dropped(struct pen *pen)
{
	char text[96];

	snprintf(text, sizeof(text), "%" PRIu64 " more segments were only counted",
	         pen->ladder->analysis->connection.rows_dropped);
	put_field(pen, TCPHS_S_DIM, text, pen->width - pen->column);
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
		pad_to(pen, end - text_columns(time));
		put(pen, TCPHS_S_DIM, time);
	}
	pad_to(pen, ladder_plan_indent(&pen->plan));
	put_field(pen, TCPHS_S_TITLE, "client", pen->plan.state[0]);
	pad_to(pen, pen->column + pen->plan.arrow + 2 + pen->plan.gap[1]);
	put(pen, TCPHS_S_TITLE, "server");
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
			pad_to(pen, pen->column + pen->plan.gap[1]);
		if (named || line->changed[side])
			put_state(pen, state, certain, line->changed[side], pen->plan.state[side]);
		else
			put_field(pen, TCPHS_S_STATE,
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
			put_segment(pen, index);
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
	else
		put_row(&pen, index);
}
