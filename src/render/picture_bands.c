/* SPDX-License-Identifier: BSD-3-Clause */
/* The lines of a picture that are no segment: each in a band of its own. */
#include "render/picture_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <tcphs/diagnosis.h>

#include "base/duration.h"
#include "ladder/remark_text.h"
#include "render/elements.h"
#include "render/format.h"

static double middle_of(const struct picture *picture)
{
	return (picture->geometry->life[0] + picture->geometry->life[1]) / 2;
}

/* Text in a band of its own, over which nothing slopes. */
static double open_band(struct picture *picture, size_t index, double height)
{
	double top;

	picture_land_flying(picture, -1, 0);
	top = placing_band(&picture->placing, height);
	picture_open_group(picture, index);
	return top;
}

void picture_run(struct picture *picture, size_t index)
{
	const struct tcphs_line *line = &picture->ladder->line[index];
	double top = open_band(picture, index, 44), middle = top + 28;
	struct tcphs_label label;
	char text[160], sent[2][40] = {"", ""};

	tcphs_ladder_label(picture->ladder, index, &label);
	picture_draw_time(picture, index, middle - 4);
	for (int side = 0; side < 2; side++) {
		text_add(picture->out, "<rect class=\"bg\" width=\"4\" height=\"32\"");
		add_attribute(picture->out, "x", picture->geometry->life[side] - 2);
		add_attribute(picture->out, "y", top + 8);
		text_add(picture->out, "/>\n");
		add_line(picture->out, "gone", picture->geometry->life[side], top + 8,
		         picture->geometry->life[side], top + 40);
	}
	for (int side = 0; side < 2; side++)
		if (line->bytes[side] > 0)
			snprintf(sent[side], sizeof(sent[side]),
			         side == 0 ? " · %" PRIu64 " B →" : " · ← %" PRIu64 " B",
			         line->bytes[side]);
	snprintf(text, sizeof(text), "%s%s%s", label.note, sent[0], sent[1]);
	add_text(picture->out, "dim", "middle", middle_of(picture), middle, text);
	picture_close_group(picture);
}

void picture_gap(struct picture *picture, size_t index)
{
	double top = open_band(picture, index, 34);
	bool silence = picture->ladder->options.gaps == TCPHS_GAPS_SILENCES;
	char duration[32], text[64] = "";

	duration_text(picture->ladder->line[index].gap, " ", duration, sizeof(duration));
	if (!picture->ladder->line[index].more)
		snprintf(text, sizeof(text), "%s%s", duration, silence ? " of silence" : "");
	add_text(picture->out, "dim small", "middle", middle_of(picture), top + 24, text);
	picture_close_group(picture);
}

/* All the lines of a remark at once, wrapped for the room between the lifelines. */
void picture_remark(struct picture *picture, size_t index)
{
	static const char *const class[] = {"note", "warning", "error"};
	static const char *const mark[] = {"·", "!", "✗"};
	const struct tcphs_ladder *ladder = picture->ladder;
	const struct tcphs_diagnosis *diagnosis =
	    &ladder->analysis->diagnosis[ladder->line[index].diagnosis];
	unsigned severity = diagnosis->severity % TCPHS_SEVERITY_COUNT;
	const char *name = tcphs_code_info(diagnosis->code)->name;
	struct text wrapped = {0};
	char text[512];
	size_t lines = 1;
	double y;

	remark_text(ladder->analysis, diagnosis, !ladder->options.raw, text, sizeof(text));
	text_add_wrapped(&wrapped, text, picture->geometry->remark_columns, "");
	picture->out->failed |= wrapped.failed;
	for (const char *at = wrapped.data; at != NULL && *at != '\0'; at++)
		lines += *at == '\n';
	y = open_band(picture, index, 10 + 17 * (double)lines) + 22;
	open_text(picture->out, "small", "start", picture->geometry->life[0] + 14, y);
	text_addf(picture->out, "<tspan class=\"%s\">%s %s</tspan>", class[severity],
	          mark[severity], name);
	for (char *at = wrapped.data; at != NULL && *at != '\0';) {
		char *end = at + strcspn(at, "\n");

		*end = '\0';
		y += 17;
		text_add(picture->out, "<tspan");
		add_attribute(picture->out, "x", picture->geometry->life[0] + 26);
		add_attribute(picture->out, "y", y);
		text_add(picture->out, ">");
		text_add_xml(picture->out, at);
		text_add(picture->out, "</tspan>");
		at = end + 1;
	}
	text_add(picture->out, "</text>\n");
	picture_close_group(picture);
	text_free(&wrapped);
}

void picture_dropped(struct picture *picture, size_t index)
{
	double top = open_band(picture, index, 30);
	char text[96];

	snprintf(text, sizeof(text), "%" PRIu64 " more segments were only counted",
	         picture->ladder->analysis->connection.rows_dropped);
	add_text(picture->out, "dim small", "middle", middle_of(picture), top + 22, text);
	picture_close_group(picture);
}

void picture_start(struct picture *picture, size_t index)
{
	const struct tcphs_row *row = &picture->ladder->analysis->row[0];
	double top = open_band(picture, index, 26);

	for (int side = 0; side < 2; side++)
		picture_draw_state(picture, side, top + 12,
		                   row->rule[side] != NULL ? row->rule[side]->from
		                                           : row->state[side],
		                   row->from == side, false);
	picture_close_group(picture);
}

void picture_end(struct picture *picture, size_t index)
{
	const struct tcphs_endpoint *end = picture->ladder->analysis->connection.end;
	double top = open_band(picture, index, 30);

	add_text(picture->out, "dim small", "middle", middle_of(picture), top + 18,
	         tcphs_ladder_end_words(picture->ladder));
	for (int side = 0; side < 2; side++)
		if (picture->ladder->line[index].changed[side])
			picture_draw_state(picture, side, top + 13.5, end[side].state,
			                   end[side].certain, true);
	picture_close_group(picture);
}
