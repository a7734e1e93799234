/* SPDX-License-Identifier: BSD-3-Clause */
/* A worksheet as pages of SVG, for the pdf. */
#include "render/format.h"
#include "teach/sheet_form.h"

static void begin(struct sheet *sheet, const char *title)
{
	struct text line = {0};

	text_addf(&line, "%s: %s", sheet_kind(sheet), title);
	if (line.failed)
		sheet->paper.failed = true;
	else
		paper_title(&sheet->paper, line.data);
	text_free(&line);
	if (!sheet->key)
		paper_name(&sheet->paper);
	paper_words(&sheet->paper, sheet_instructions);
	if (!sheet->key)
		paper_words(&sheet->paper, sheet_unchanged);
}

static void field(struct sheet *sheet, struct text *out, const char *answer, bool state)
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

static void head(struct sheet *sheet, const struct tcphs_ladder *ladder, const char *isns,
                 const char *legend)
{
	char title[256];

	tcphs_ladder_title(ladder, false, title, sizeof(title));
	/* A heading does not stand alone at the foot of a page. */
	paper_room(&sheet->paper, (legend != NULL ? 150 : 110) + 3 * PAPER_ROW);
	paper_heading(&sheet->paper, title);
	if (isns != NULL)
		paper_words(&sheet->paper, isns);
	if (legend != NULL)
		paper_words(&sheet->paper, legend);
	paper_columns(&sheet->paper);
}

static void segment(struct sheet *sheet, const struct tcphs_row *row,
                    const struct sheet_parts *parts)
{
	const struct paper_segment line = {
	    .packet = parts->packet,
	    .to_server = row->from == TCPHS_CLIENT,
	    .lost = row->fate == TCPHS_LOST,
	    .crossing = row->late,
	    .left = parts->left.data,
	    .label = parts->label.data,
	    .right = parts->right.data,
	};

	paper_add_segment(&sheet->paper, &line);
}

static void run(struct sheet *sheet, const char *words)
{
	paper_run(&sheet->paper, words);
}

static void foot(struct sheet *sheet)
{
	(void)sheet;
}

static void end(struct sheet *sheet)
{
	paper_end(&sheet->paper);
}

const struct sheet_form sheet_as_paper = {true, begin, field, head, segment, run, foot, end};
