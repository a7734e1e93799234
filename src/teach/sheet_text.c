/* SPDX-License-Identifier: BSD-3-Clause */
/* A worksheet as text. */
#include "teach/sheet_form.h"

#include "base/wrap.h"
#include "teach/picture.h"

#define WIDTH 80

static void begin(struct sheet *sheet, const char *title)
{
	text_addf(&sheet->out, "%s: %s\n", sheet_kind(sheet), title);
	text_add(&sheet->out, sheet->key ? "\n" : "Name:\n\n");
	wrap_add(&sheet->out, sheet_instructions, 0, WIDTH);
	if (!sheet->key)
		wrap_add(&sheet->out, sheet_unchanged, 0, WIDTH);
}

static void field(struct sheet *sheet, struct text *out, const char *answer, bool state)
{
	if (sheet->key)
		text_addf(out, "(%u) %s", sheet->blanks, answer);
	else
		text_addf(out, "(%u) %s", sheet->blanks, state ? "_________" : "___");
}

static void head(struct sheet *sheet, const struct tcphs_ladder *ladder, const char *isns,
                 const char *legend)
{
	char title[256];

	tcphs_ladder_title(ladder, false, title, sizeof(title));
	text_addf(&sheet->out, "\n%s\n", title);
	if (isns != NULL)
		wrap_add(&sheet->out, isns, SHEET_INDENT, WIDTH);
	if (legend != NULL)
		wrap_add(&sheet->out, legend, SHEET_INDENT, WIDTH);
	text_addf(&sheet->out, "\n%*s%-*sserver\n", (int)sheet->number_cells, "",
	          SHEET_STATE_CELLS + (int)sheet->arrow_cells, "client");
}

static void segment(struct sheet *sheet, const struct tcphs_row *row,
                    const struct sheet_parts *parts)
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
	picture_add_line(&sheet->out, &line, SHEET_STATE_CELLS, sheet->arrow_cells);
}

static void run(struct sheet *sheet, const char *words)
{
	text_addf(&sheet->out, "%*s│ %s\n", (int)sheet->number_cells + SHEET_STATE_CELLS, "",
	          words);
}

static void nothing(struct sheet *sheet)
{
	(void)sheet;
}

const struct sheet_form sheet_as_text = {false, begin, field, head, segment, run, nothing, nothing};
