/* SPDX-License-Identifier: BSD-3-Clause */
#include "ladder/arrow.h"

#include "ladder/label.h"

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
	pen_put(pen, label->style, label->flags);
	if (label->flags[0] != '\0')
		pen_put_times(pen, label->style, " ", gap);
	pen_put(pen, label->style, pen->plan.brief ? label->brief : label->numbers);
	if (label->mark != TCPHS_MARK_NONE) {
		pen_put(pen, label->style, " ");
		pen_put(pen, label->mark == TCPHS_MARK_OK ? TCPHS_S_OK : TCPHS_S_ERROR,
		        mark_text(pen, label->mark));
	}
	if (label->note[0] != '\0') {
		pen_put_times(pen, label->style, " ", gap);
		pen_put(pen, label->style, label->note);
	}
	if (detail && label->detail[0] != '\0') {
		pen_put(pen, TCPHS_S_DIM, "  ");
		pen_put(pen, TCPHS_S_DIM, label->detail);
	}
	pen->width = width;
	if (cut && room > 0)
		pen_put(pen, label->style, pen->glyphs->ellipsis);
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

	pen_put_times(pen, style, glyphs->dash, arrow.lead);
	pen_put_times(pen, style, " ", arrow.space);
	put_label(pen, label, arrow.detail, arrow.label);
	pen_put_times(pen, style, " ", arrow.space);
	pen_put_times(pen, style, glyphs->dash, arrow.shaft);
	if (lost) {
		pen_put(pen, TCPHS_S_ERROR, glyphs->lost);
		pen_put_times(pen, TCPHS_S_PLAIN, " ", arrow.blank);
		return;
	}
	if (late) {
		pen_put(pen, style, glyphs->down);
		pen_put(pen, style, glyphs->dash);
	}
	pen_put(pen, style, glyphs->right);
}

static void put_from_server(struct pen *pen, const struct tcphs_label *label, struct arrow arrow,
                            bool lost, bool late)
{
	const struct glyphs *glyphs = pen->glyphs;
	enum tcphs_style style = label->style;
	unsigned cells = arrow.lead + arrow.shaft;
	unsigned left = cells < 4 ? cells / 2 : arrow.lead - 1;

	if (lost) {
		pen_put_times(pen, TCPHS_S_PLAIN, " ", arrow.blank);
		pen_put(pen, TCPHS_S_ERROR, glyphs->lost);
		left = arrow.shaft / 2;
		arrow.shaft -= left;
		arrow.shaft += arrow.lead;
	} else {
		pen_put(pen, style, glyphs->left);
		arrow.shaft += arrow.lead - left;
	}
	if (late) {
		pen_put(pen, style, glyphs->dash);
		pen_put(pen, style, glyphs->up);
	}
	pen_put_times(pen, style, glyphs->dash, left);
	pen_put_times(pen, style, " ", arrow.space);
	put_label(pen, label, arrow.detail, arrow.label);
	pen_put_times(pen, style, " ", arrow.space);
	pen_put_times(pen, style, glyphs->dash, arrow.shaft);
}

void arrow_put(struct pen *pen, size_t index)
{
	const struct tcphs_line *line = &pen->ladder->line[index];
	const struct tcphs_row *row = &pen->ladder->analysis->row[line->row];
	bool lost = row->fate == TCPHS_LOST, client = row->from == TCPHS_CLIENT;
	struct tcphs_label label;
	struct arrow arrow;

	tcphs_ladder_label(pen->ladder, index, &label);
	arrow = arrow_cut(pen, &label, lost, row->late);
	pen_put(pen, TCPHS_S_LIFELINE, client ? pen->glyphs->from_client : pen->glyphs->life);
	(client ? put_from_client : put_from_server)(pen, &label, arrow, lost, row->late);
	pen_put(pen, TCPHS_S_LIFELINE, client ? pen->glyphs->life : pen->glyphs->from_server);
}
