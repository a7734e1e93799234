/* SPDX-License-Identifier: BSD-3-Clause */
#include "render/picture.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "render/format.h"
#include "render/elements.h"
#include "render/picture_arrow.h"
#include "render/picture_frame.h"
#include "render/picture_parts.h"

#define STATE_GAP 12

static const struct geometry wide = {
    .width = PICTURE_WIDTH,
    .life = {280, 700},
    .time = 92,
    .bracket = 856,
    .head = 300,
    .remark_columns = 58,
};
/* For the screen of a phone: states and arrows alone. */
static const struct geometry narrow = {
    .width = PICTURE_NARROW,
    .life = {128, 386},
    .head = 170,
    .brief = true,
    .remark_columns = 34,
};

/* ---- states -------------------------------------------------------------------------------- */

void picture_draw_state(struct picture *picture, int side, double y, uint8_t state, bool certain,
                        bool strong)
{
	char text[32];

	snprintf(text, sizeof(text), "%s%s", tcphs_state_name(state), certain ? "" : " ?");
	add_text(
	    picture->out, strong ? (certain ? "b" : "i b") : "dim", side == 0 ? "end" : "start",
	    picture->geometry->life[side] + (side == 0 ? -STATE_GAP : STATE_GAP), y + 4.5, text);
	picture->state[side] = state;
	picture->certain[side] = certain;
}

/* Does this row say something new of that side's state? */
static bool state_is_news(const struct picture *picture, const struct tcphs_row *row, int side)
{
	if (row->late && row->from != side)
		return false;
	return row->state[side] != picture->state[side] ||
	       (row->certain[side] && !picture->certain[side]);
}

/* ---- a line's group ------------------------------------------------------------------------ */

void picture_open_group(struct picture *picture, size_t index)
{
	char text[4096];

	text_add(picture->out, "<g");
	if (picture->options->steps)
		text_addf(picture->out, " class=\"step c%" PRIu64 "s%zu\"",
		          picture->ladder->analysis->connection.id, index);
	text_add(picture->out, ">");
	if (picture->options->explain) {
		tcphs_ladder_explain(picture->ladder, index, false, text, sizeof(text));
		text_add(picture->out, "<title>");
		for (char *at = text;
		     *at != '\0';) { /* the line breaks stay, the rest is escaped */
			char *end = at + strcspn(at, "\n");
			bool more = *end != '\0';

			*end = '\0';
			text_add_xml(picture->out, at);
			text_add(picture->out, more ? "\n" : "");
			at = end + more;
		}
		text_add(picture->out, "</title>");
	}
	text_add(picture->out, "\n");
}

void picture_close_group(struct picture *picture)
{
	text_add(picture->out, "</g>\n");
}

/* ---- lines --------------------------------------------------------------------------------- */

static void widen_part(struct picture *picture, const struct tcphs_line *line, double top,
                       double end)
{
	if (picture->part_top[line->part] == 0 || top < picture->part_top[line->part])
		picture->part_top[line->part] = top;
	if (end > picture->part_end[line->part])
		picture->part_end[line->part] = end;
}

/* A late segment arrives after whatever its receiver has sent meanwhile. */
void picture_land_flying(struct picture *picture, int sender_of_next, double sent_next)
{
	size_t kept = 0;

	for (size_t i = 0; i < picture->in_air; i++) {
		struct flying *flying = &picture->flying[i];

		if (flying->from == sender_of_next) {
			picture->flying[kept++] = *flying;
			continue;
		}
		if (sender_of_next >= 0 && flying->arrived < sent_next + 18)
			flying->arrived = sent_next + 18;
		picture_open_group(picture, flying->line);
		arrow_draw(picture->out, picture->geometry, picture->ladder, flying->line,
		           (struct flight){flying->sent, flying->arrived, true});
		picture_close_group(picture);
		widen_part(picture, &picture->ladder->line[flying->line], flying->sent,
		           flying->arrived);
		if (picture->placing.end[1 - flying->from] < flying->arrived) {
			picture->placing.end[1 - flying->from] = flying->arrived;
			picture->placing.arrival[1 - flying->from] = true;
		}
	}
	picture->in_air = sender_of_next >= 0 ? kept : 0;
}

void picture_draw_time(struct picture *picture, size_t index, double y)
{
	char time[32];

	if (picture->geometry->time <= 0)
		return;
	tcphs_ladder_time(picture->ladder, index, time, sizeof(time));
	if (y < picture->time_end + 14)
		y = picture->time_end + 14;
	picture->time_end = y;
	add_text(picture->out, "time small", "end", picture->geometry->time, y + 4.5, time);
}

static void draw_cut(struct picture *picture, double y)
{
	for (int side = 0; side < 2; side++) {
		text_add(&picture->cuts, "<rect class=\"bg\" width=\"8\" height=\"5\"");
		add_attribute(&picture->cuts, "x", picture->geometry->life[side] - 4);
		add_attribute(&picture->cuts, "y", y - 2.5);
		text_add(&picture->cuts, "/>\n");
		for (int i = -1; i <= 1; i += 2)
			add_line(&picture->cuts, "life", picture->geometry->life[side] - 6,
			         y + i * 2.5 + 2, picture->geometry->life[side] + 6,
			         y + i * 2.5 - 2);
	}
}

static void draw_segment(struct picture *picture, size_t index)
{
	const struct tcphs_line *line = &picture->ladder->line[index];
	const struct tcphs_row *row = &picture->ladder->analysis->row[line->row];
	int from = row->from == TCPHS_CLIENT ? 0 : 1;
	bool news[2] = {state_is_news(picture, row, 0), state_is_news(picture, row, 1)};
	bool crosses = false;
	struct placed placed;
	double y[2];

	for (size_t i = 0; i < picture->in_air; i++)
		crosses |= picture->flying[i].from != from;
	placed = placing_row(&picture->placing, row, news);
	y[from] = placed.sent;
	y[1 - from] = placed.arrived;
	if (placed.cut)
		draw_cut(picture, placed.cut_at);
	picture_open_group(picture, index);
	picture_draw_time(picture, index, y[0]);
	for (int side = 0; side < 2; side++)
		if (news[side])
			picture_draw_state(picture, side, y[side], row->state[side],
			                   row->certain[side],
			                   row->state[side] != picture->state[side]);
	if (row->late && row->fate != TCPHS_LOST && picture->in_air < LATE_MAX)
		picture->flying[picture->in_air++] =
		    (struct flying){(uint32_t)index, placed.sent, placed.arrived, from};
	else
		arrow_draw(picture->out, picture->geometry, picture->ladder, index,
		           (struct flight){placed.sent, placed.arrived, crosses});
	picture_close_group(picture);
	widen_part(picture, line, placed.sent,
	           row->fate == TCPHS_LOST ? placed.sent : placed.arrived);
	if (crosses)
		picture_land_flying(picture, from, placed.sent);
}

static void draw_line(struct picture *picture, size_t index)
{
	static void (*const draw[])(struct picture *, size_t) = {
	    [TCPHS_LINE_START] = picture_start, [TCPHS_LINE_SEGMENT] = draw_segment,
	    [TCPHS_LINE_RUN] = picture_run,     [TCPHS_LINE_REMARK] = picture_remark,
	    [TCPHS_LINE_GAP] = picture_gap,     [TCPHS_LINE_DROPPED] = picture_dropped,
	    [TCPHS_LINE_END] = picture_end,
	};

	if (!picture->ladder->line[index].more)
		draw[picture->ladder->line[index].kind](picture, index);
}

/* ---- the whole ----------------------------------------------------------------------------- */

double picture_draw(struct text *out, const struct tcphs_ladder *ladder,
                    const struct picture_options *options)
{
	struct text body = {0};
	struct picture picture = {.out = out,
	                          .ladder = ladder,
	                          .options = options,
	                          .geometry = options->narrow ? &narrow : &wide,
	                          .state = {UINT8_MAX, UINT8_MAX}};
	double top = options->top, lives;

	if (options->heading)
		top = frame_heading(out, ladder, options->path, top);
	frame_ends(out, picture.geometry, ladder, top);
	lives = top + FRAME_HEAD;
	picture.out = &body;
	placing_begin(&picture.placing, &ladder->analysis->connection, lives + 14);
	for (size_t i = 0; i < ladder->lines; i++)
		draw_line(&picture, i);
	picture_land_flying(&picture, -1, 0);
	top = placing_band(&picture.placing, 16);
	frame_brackets(&body, picture.geometry, ladder, picture.part_top, picture.part_end);
	/* The lifelines lie below all else, their breaks right above them. */
	for (int side = 0; side < 2; side++)
		add_line(out, "life", picture.geometry->life[side], lives,
		         picture.geometry->life[side], top);
	out->failed |= body.failed || picture.cuts.failed;
	if (picture.cuts.length > 0)
		text_add_octets(out, picture.cuts.data, picture.cuts.length);
	if (body.length > 0)
		text_add_octets(out, body.data, body.length);
	text_free(&picture.cuts);
	text_free(&body);
	return top;
}
