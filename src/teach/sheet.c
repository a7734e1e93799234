/* SPDX-License-Identifier: BSD-3-Clause */
#include "teach/sheet.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "model/number.h"
#include "render/format.h"
#include "teach/quiz.h"
#include "teach/sheet_form.h"

#define ARROW_CELLS  42 /* at least */
#define ARROW_ENDS   9  /* of an arrow, beside its label and a bit of its shaft */
#define NUMBER_CELLS 5  /* at least */

const char sheet_instructions[] =
    "Fill in what is left blank: the states of both ends after each segment, and the numbers. "
    "Numbers count from each side's initial sequence number (ISN): a SYN has number 0. A state "
    "with "
    "? is assumed: nothing proves it yet.";
const char sheet_unchanged[] = "\"as (3)\" stands for a state that has not changed since blank 3.";

static const struct sheet_form *const forms[] = {
    [SHEET_TEXT] = &sheet_as_text,
    [SHEET_HTML] = &sheet_as_html,
    [SHEET_PAPER] = &sheet_as_paper,
};

const char *sheet_kind(const struct sheet *sheet)
{
	return sheet->key ? "Key" : "Worksheet";
}

/* ---- fields: what stands there, or a blank ------------------------------------------------ */

static void add_field(struct sheet *sheet, struct text *out, const char *answer, bool blank,
                      bool state)
{
	const struct sheet_form *form = forms[sheet->format];

	if (blank) {
		sheet->blanks++;
		form->field(sheet, out, answer, state);
	} else if (form->xml) {
		text_add_xml(out, answer);
	} else {
		text_add(out, answer);
	}
}

static bool is_blank(const struct tcphs_analysis *analysis, uint32_t row, enum quiz_kind kind,
                     uint8_t side)
{
	const struct quiz_question question = {row, (uint8_t)kind, side};

	return quiz_can_ask(analysis, &question);
}

/* A state that stays would tell the answer of the blank above it: the blank's number stands there,
 * not in the key. */
static void add_state(struct sheet *sheet, struct text *out, const struct tcphs_analysis *analysis,
                      uint32_t row, uint8_t side)
{
	const struct tcphs_row *at = &analysis->row[row];
	const bool blank = is_blank(analysis, row, QUIZ_STATE, side);
	const bool stays = sheet->blank_of[side] != 0 && sheet->state_of[side] == at->state[side];

	if (!blank && !sheet->key && stays) {
		text_addf(out, "as (%u)", sheet->blank_of[side]);
		return;
	}
	add_field(sheet, out, tcphs_state_name((enum tcphs_state)at->state[side]), blank, true);
	if (!blank && !at->certain[side])
		text_add(out, " ?");
	sheet->blank_of[side] = blank ? sheet->blanks : 0;
	sheet->state_of[side] = at->state[side];
}

static void add_number(struct sheet *sheet, struct text *out, const struct tcphs_ladder *ladder,
                       uint32_t row, enum quiz_kind kind)
{
	const struct tcphs_row *at = &ladder->analysis->row[row];
	const bool own = kind == QUIZ_SEQ;
	char answer[32];

	number_text(&ladder->analysis->connection, (enum tcphs_side)(own ? at->from : !at->from),
	            own ? at->seq : at->ack, !ladder->options.raw, answer, sizeof(answer));
	text_add(out, own ? " seq " : " ack ");
	add_field(sheet, out, answer, is_blank(ladder->analysis, row, kind, at->from), false);
}

/* Whether the numbers of a repetition are blanks where they stood first, which it must not tell. */
static bool repeats_blanks(const struct sheet *sheet, const struct tcphs_analysis *analysis,
                           const struct tcphs_row *at)
{
	const uint32_t first = (uint32_t)at->again;

	return !sheet->key && at->again >= 0 &&
	       (is_blank(analysis, first, QUIZ_SEQ, at->from) ||
	        is_blank(analysis, first, QUIZ_ACK, at->from));
}

/* "SYN-ACK seq 0 ack (3) ____": what stands on the arrow. */
static void add_label(struct sheet *sheet, struct text *out, const struct tcphs_ladder *ladder,
                      size_t index)
{
	const uint32_t row = ladder->line[index].row;
	const struct tcphs_row *at = &ladder->analysis->row[row];
	struct tcphs_label label;

	tcphs_ladder_label(ladder, index, &label);
	text_add(out, label.flags[0] != '\0' ? label.flags : "data");
	if (!repeats_blanks(sheet, ladder->analysis, at)) {
		add_number(sheet, out, ladder, row, QUIZ_SEQ);
		if ((at->flags & TCPHS_ACK) != 0)
			add_number(sheet, out, ladder, row, QUIZ_ACK);
	}
	if (at->length > 0)
		text_addf(out, " %" PRIu32 " B", at->length);
	if (at->again >= 0)
		text_add(out, " again");
}

/* ---- lines -------------------------------------------------------------------------------- */

/* So many that the longest name of a packet fits. */
static unsigned number_cells(const struct tcphs_ladder *ladder)
{
	char name[48];
	const size_t columns = tcphs_ladder_packet_name(
	    ladder, ladder->analysis->connection.last_packet, name, sizeof(name));

	return columns + 2 > NUMBER_CELLS ? (unsigned)columns + 2 : NUMBER_CELLS;
}

/* So many that the longest label fits: it is written once to be measured. */
static size_t arrow_cells(const struct sheet *sheet, const struct tcphs_ladder *ladder)
{
	struct sheet probe = *sheet;
	struct text text = {0};
	size_t cells = ARROW_CELLS;

	for (size_t i = 0; i < ladder->lines && sheet->format == SHEET_TEXT; i++) {
		const uint32_t row = ladder->line[i].row;
		size_t columns;

		if (ladder->line[i].kind != TCPHS_LINE_SEGMENT)
			continue;
		text_clear(&text);
		add_state(&probe, &text, ladder->analysis, row, TCPHS_CLIENT);
		text_clear(&text);
		add_label(&probe, &text, ladder, i);
		if (text.failed)
			break;
		columns = utf8_columns(text.data, text.length) + ARROW_ENDS;
		if (columns > cells)
			cells = columns;
		add_state(&probe, &text, ladder->analysis, row, TCPHS_SERVER);
	}
	text_free(&text);
	return cells;
}

static void put_segment(struct sheet *sheet, const struct tcphs_ladder *ladder, size_t index)
{
	const uint32_t row = ladder->line[index].row;
	const struct tcphs_row *at = &ladder->analysis->row[row];
	struct sheet_parts parts = {0};

	tcphs_ladder_packet_name(ladder, at->packet, parts.packet, sizeof(parts.packet));
	add_state(sheet, &parts.left, ladder->analysis, row, TCPHS_CLIENT);
	add_label(sheet, &parts.label, ladder, index);
	add_state(sheet, &parts.right, ladder->analysis, row, TCPHS_SERVER);
	if (parts.left.failed || parts.label.failed || parts.right.failed)
		sheet->out.failed = true;
	else
		forms[sheet->format]->segment(sheet, at, &parts);
	text_free(&parts.left);
	text_free(&parts.label);
	text_free(&parts.right);
}

/* A folded run: how much went each way, which is needed for the numbers after it. */
static void put_run(struct sheet *sheet, const struct tcphs_line *line)
{
	char text[160];

	if (line->bytes[TCPHS_CLIENT] + line->bytes[TCPHS_SERVER] > 0)
		snprintf(text, sizeof(text),
		         "data: %" PRIu64 " octets from the client, %" PRIu64 " from the server",
		         line->bytes[TCPHS_CLIENT], line->bytes[TCPHS_SERVER]);
	else
		snprintf(text, sizeof(text),
		         "without data: %" PRIu64 " from the client, %" PRIu64 " from the server",
		         line->packets[TCPHS_CLIENT], line->packets[TCPHS_SERVER]);
	forms[sheet->format]->run(sheet, text);
}

/* What the arrows of this ladder need to have explained; NULL if nothing. */
static const char *legend_of(const struct tcphs_ladder *ladder)
{
	static const char *const legend[2][2] = {
	    {NULL, "A cross on an arrow: this segment was lost."},
	    {"A slanted stroke on an arrow: it had not arrived when the other side sent its next.",
	     "A slanted stroke on an arrow: it had not arrived when the other side sent its "
	     "next. A cross: it was lost."},
	};
	bool late = false, lost = false;

	for (size_t i = 0; i < ladder->lines; i++) {
		const struct tcphs_row *row = &ladder->analysis->row[ladder->line[i].row];

		if (ladder->line[i].kind != TCPHS_LINE_SEGMENT)
			continue;
		late = late || row->late;
		lost = lost || row->fate == TCPHS_LOST;
	}
	return legend[late][lost];
}

static void put_head(struct sheet *sheet, const struct tcphs_ladder *ladder)
{
	const struct tcphs_endpoint *end = ladder->analysis->connection.end;
	struct text isns = {0};

	for (int side = 0; side < 2; side++)
		if (end[side].isn_known)
			text_addf(&isns, "%sISN of the %s: %" PRIu32, isns.length > 0 ? ", " : "",
			          tcphs_side_name((enum tcphs_side)side), end[side].isn);
	if (isns.failed)
		sheet->out.failed = true;
	else
		forms[sheet->format]->head(sheet, ladder, isns.length > 0 ? isns.data : NULL,
		                           legend_of(ladder));
	text_free(&isns);
}

void sheet_begin(struct sheet *sheet, const char *title)
{
	forms[sheet->format]->begin(sheet, title);
}

void sheet_ladder(struct sheet *sheet, const struct tcphs_ladder *ladder)
{
	memset(sheet->blank_of, 0, sizeof(sheet->blank_of));
	sheet->number_cells = number_cells(ladder);
	sheet->arrow_cells = arrow_cells(sheet, ladder);
	put_head(sheet, ladder);
	for (size_t i = 0; i < ladder->lines; i++) {
		if (ladder->line[i].kind == TCPHS_LINE_SEGMENT)
			put_segment(sheet, ladder, i);
		else if (ladder->line[i].kind == TCPHS_LINE_RUN)
			put_run(sheet, &ladder->line[i]);
	}
	forms[sheet->format]->foot(sheet);
	sheet->ladders++;
}

void sheet_end(struct sheet *sheet)
{
	forms[sheet->format]->end(sheet);
}
