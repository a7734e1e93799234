/* SPDX-License-Identifier: BSD-3-Clause */
#include "teach/sheet.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "base/wrap.h"
#include "model/number.h"
#include "render/format.h"
#include "teach/picture.h"
#include "teach/quiz.h"

#define STATE_CELLS  17
#define ARROW_CELLS  43 /* at least */
#define ARROW_ENDS   9  /* of an arrow, beside its label and a bit of its shaft */
#define NUMBER_CELLS 5  /* at least */
#define WIDTH        80

static const char instructions[] =
    "Fill in what is left blank: the states of both ends after each segment, and the numbers. "
    "Numbers count from each side's initial sequence number (ISN): a SYN has number 0.";

static const char style[] =
    "body{font:14px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;width:100%;margin:1em 0 2em}"
    "td,th{padding:.3em .6em;border-bottom:1px solid #ccc;text-align:left}"
    "td.arrow{border-left:2px solid #000;border-right:2px solid #000}"
    "td.left{text-align:right}td.quiet{color:#666}"
    ".blank{display:inline-block;min-width:7em;border-bottom:1px solid #000}"
    ".number{min-width:4em}.blank small,.answer small{color:#666;margin-right:.4em}"
    ".answer{font-weight:bold}@media print{body{margin:0}table{page-break-inside:avoid}}";

/* ---- fields: what stands there, or a blank ------------------------------------------------ */

static void add_paper_field(struct sheet *sheet, struct text *out, const char *answer, bool state)
{
	if (!sheet->key) {
		text_addf(out, "<tspan class=\"dim small\">(%u)</tspan> %s", sheet->blanks,
		          state ? "___________" : "______");
		return;
	}
	text_addf(out, "<tspan class=\"dim small\">(%u)</tspan> <tspan class=\"b\">",
	          sheet->blanks);
	text_add_xml(out, answer);
	text_add(out, "</tspan>");
}

static void add_html_field(struct sheet *sheet, struct text *out, const char *answer, bool state)
{
	if (sheet->key) {
		text_addf(out, "<span class=\"answer\"><small>(%u)</small>", sheet->blanks);
		text_add_xml(out, answer);
		text_add(out, "</span>");
	} else {
		text_addf(out, "<span class=\"blank%s\"><small>(%u)</small></span>",
		          state ? "" : " number", sheet->blanks);
	}
}

static void add_field(struct sheet *sheet, struct text *out, const char *answer, bool blank,
                      bool state)
{
	if (!blank && sheet->format != SHEET_TEXT) {
		text_add_xml(out, answer);
		return;
	}
	if (!blank) {
		text_add(out, answer);
		return;
	}
	sheet->blanks++;
	if (sheet->format == SHEET_HTML)
		add_html_field(sheet, out, answer, state);
	else if (sheet->format == SHEET_PAPER)
		add_paper_field(sheet, out, answer, state);
	else if (sheet->key)
		text_addf(out, "(%u) %s", sheet->blanks, answer);
	else
		text_addf(out, "(%u) %s", sheet->blanks, state ? "_________" : "___");
}

static bool is_blank(const struct tcphs_analysis *analysis, uint32_t row, enum quiz_kind kind,
                     uint8_t side)
{
	const struct quiz_question question = {row, (uint8_t)kind, side};

	return quiz_can_ask(analysis, &question);
}

static void add_state(struct sheet *sheet, struct text *out, const struct tcphs_analysis *analysis,
                      uint32_t row, uint8_t side)
{
	add_field(sheet, out, tcphs_state_name((enum tcphs_state)analysis->row[row].state[side]),
	          is_blank(analysis, row, QUIZ_STATE, side), true);
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

/* "SYN-ACK seq 0 ack (3) ____": what stands on the arrow. */
static void add_label(struct sheet *sheet, struct text *out, const struct tcphs_ladder *ladder,
                      size_t index)
{
	const uint32_t row = ladder->line[index].row;
	const struct tcphs_row *at = &ladder->analysis->row[row];
	struct tcphs_label label;

	tcphs_ladder_label(ladder, index, &label);
	text_add(out, label.flags[0] != '\0' ? label.flags : "data");
	add_number(sheet, out, ladder, row, QUIZ_SEQ);
	if ((at->flags & TCPHS_ACK) != 0)
		add_number(sheet, out, ladder, row, QUIZ_ACK);
	if (at->length > 0)
		text_addf(out, " %" PRIu32 " B", at->length);
	if (at->again >= 0)
		text_add(out, " again");
}

/* ---- lines -------------------------------------------------------------------------------- */

struct parts {
	struct text left, label, right;
	char packet[48];
};

static void parts_free(struct parts *parts)
{
	text_free(&parts->left);
	text_free(&parts->label);
	text_free(&parts->right);
}

static void put_text_line(struct sheet *sheet, const struct tcphs_row *row,
                          const struct parts *parts)
{
	const struct picture_line line = {
	    .to_server = row->from == TCPHS_CLIENT,
	    .crossing = row->late,
	    .lost = row->fate == TCPHS_LOST,
	    .label = parts->label.data,
	    .label_length = parts->label.length,
	    .left = parts->left.data,
	    .left_length = parts->left.length,
	    .right = parts->right.data,
	    .right_length = parts->right.length,
	};

	text_addf(&sheet->out, "%*s  ", (int)sheet->number_cells - 2, parts->packet);
	picture_add_line(&sheet->out, &line, STATE_CELLS, sheet->arrow_cells);
}

static void put_html_line(struct sheet *sheet, const struct tcphs_row *row,
                          const struct parts *parts)
{
	const bool to_server = row->from == TCPHS_CLIENT;

	text_addf(&sheet->out, "<tr><td>%s</td><td class=\"left\">%s</td>", parts->packet,
	          parts->left.data);
	text_addf(&sheet->out, "<td class=\"arrow\">%s%s%s</td><td>%s</td></tr>\n",
	          to_server ? "" : "◀── ", parts->label.data, to_server ? " ──▶" : "",
	          parts->right.data);
}

static void put_paper_line(struct sheet *sheet, const struct tcphs_row *row,
                           const struct parts *parts)
{
	const struct paper_segment segment = {
	    .packet = parts->packet,
	    .to_server = row->from == TCPHS_CLIENT,
	    .lost = row->fate == TCPHS_LOST,
	    .left = parts->left.data,
	    .label = parts->label.data,
	    .right = parts->right.data,
	};

	paper_add_segment(&sheet->paper, &segment);
}

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
	struct parts parts = {0};

	tcphs_ladder_packet_name(ladder, at->packet, parts.packet, sizeof(parts.packet));
	add_state(sheet, &parts.left, ladder->analysis, row, TCPHS_CLIENT);
	add_label(sheet, &parts.label, ladder, index);
	add_state(sheet, &parts.right, ladder->analysis, row, TCPHS_SERVER);
	if (parts.left.failed || parts.label.failed || parts.right.failed)
		sheet->out.failed = true;
	else if (sheet->format == SHEET_HTML)
		put_html_line(sheet, at, &parts);
	else if (sheet->format == SHEET_PAPER)
		put_paper_line(sheet, at, &parts);
	else
		put_text_line(sheet, at, &parts);
	parts_free(&parts);
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
	if (sheet->format == SHEET_HTML)
		text_addf(&sheet->out,
		          "<tr><td></td><td></td><td class=\"arrow quiet\">%s</td><td></td></tr>\n",
		          text);
	else if (sheet->format == SHEET_PAPER)
		paper_run(&sheet->paper, text);
	else
		text_addf(&sheet->out, "%*s│ %s\n", (int)sheet->number_cells + STATE_CELLS, "",
		          text);
}

static void put_paper_head(struct sheet *sheet, const struct tcphs_endpoint *end, const char *title)
{
	struct text isns = {0};

	/* A heading does not stand alone at the foot of a page. */
	paper_room(&sheet->paper, 110 + 3 * PAPER_ROW);
	paper_heading(&sheet->paper, title);
	for (int side = 0; side < 2; side++)
		if (end[side].isn_known)
			text_addf(&isns, "%sISN of the %s: %" PRIu32, isns.length > 0 ? ", " : "",
			          tcphs_side_name((enum tcphs_side)side), end[side].isn);
	if (isns.length > 0 && !isns.failed)
		paper_words(&sheet->paper, isns.data);
	paper_columns(&sheet->paper);
	text_free(&isns);
}

static void put_head(struct sheet *sheet, const struct tcphs_ladder *ladder)
{
	const struct tcphs_endpoint *end = ladder->analysis->connection.end;
	char title[256];

	tcphs_ladder_title(ladder, false, title, sizeof(title));
	if (sheet->format == SHEET_PAPER) {
		put_paper_head(sheet, end, title);
		return;
	}
	if (sheet->format == SHEET_HTML) {
		text_add(&sheet->out, "<h2>");
		text_add_xml(&sheet->out, title);
		text_add(&sheet->out, "</h2>\n");
	} else {
		text_addf(&sheet->out, "\n%s\n", title);
	}
	for (int side = 0; side < 2; side++) {
		if (!end[side].isn_known)
			continue;
		text_addf(&sheet->out, "%sISN of the %s: %" PRIu32 "%s\n",
		          sheet->format == SHEET_HTML ? "<p>" : "     ",
		          tcphs_side_name((enum tcphs_side)side), end[side].isn,
		          sheet->format == SHEET_HTML ? "</p>" : "");
	}
	if (sheet->format == SHEET_HTML)
		text_add(&sheet->out, "<table><tr><th>packet</th><th>client</th><th>segment</"
		                      "th><th>server</th></tr>\n");
	else
		text_addf(&sheet->out, "\n%*s%-*sserver\n", (int)sheet->number_cells, "",
		          STATE_CELLS + (int)sheet->arrow_cells, "client");
}

static void begin_paper(struct sheet *sheet, const char *kind, const char *title)
{
	struct text line = {0};

	text_addf(&line, "%s: %s", kind, title);
	if (!line.failed)
		paper_title(&sheet->paper, line.data);
	text_free(&line);
	if (!sheet->key)
		paper_name(&sheet->paper);
	paper_words(&sheet->paper, instructions);
}

void sheet_begin(struct sheet *sheet, const char *title)
{
	struct text *out = &sheet->out;
	const char *kind = sheet->key ? "Key" : "Worksheet";

	if (sheet->format == SHEET_PAPER) {
		begin_paper(sheet, kind, title);
		return;
	}
	if (sheet->format == SHEET_TEXT) {
		text_addf(out, "%s: %s\n", kind, title);
		text_add(out, sheet->key ? "\n" : "Name:\n\n");
		wrap_add(out, instructions, 0, WIDTH);
		return;
	}
	text_addf(
	    out,
	    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s: ", kind);
	text_add_xml(out, title);
	text_addf(out, "</title><style>%s</style></head><body>\n<h1>%s: ", style, kind);
	text_add_xml(out, title);
	text_addf(out, "</h1>\n%s<p>%s</p>\n",
	          sheet->key ? "" : "<p>Name: <span class=\"blank\"></span></p>\n", instructions);
}

void sheet_ladder(struct sheet *sheet, const struct tcphs_ladder *ladder)
{
	sheet->number_cells = number_cells(ladder);
	sheet->arrow_cells = arrow_cells(sheet, ladder);
	put_head(sheet, ladder);
	for (size_t i = 0; i < ladder->lines; i++) {
		if (ladder->line[i].kind == TCPHS_LINE_SEGMENT)
			put_segment(sheet, ladder, i);
		else if (ladder->line[i].kind == TCPHS_LINE_RUN)
			put_run(sheet, &ladder->line[i]);
	}
	if (sheet->format == SHEET_HTML)
		text_add(&sheet->out, "</table>\n");
	sheet->ladders++;
}

void sheet_end(struct sheet *sheet)
{
	if (sheet->format == SHEET_HTML)
		text_add(&sheet->out, "</body></html>\n");
	else if (sheet->format == SHEET_PAPER)
		paper_end(&sheet->paper);
}
