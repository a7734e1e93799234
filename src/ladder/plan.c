/* SPDX-License-Identifier: BSD-3-Clause */
#include "ladder/plan.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "ladder/label.h"

/* Cells of an arrow beside its label: "─── " before it and " ─▶" behind. */
#define ARROW_ROOM       7
#define ARROW_ROOM_TIGHT 4
#define ARROW_MAX        64u /* without details: longer ones are harder to follow */
#define STATE_USUAL      13u /* "ESTABLISHED ?": ladders of one document line up */
#define MARGIN           28u
#define NARROW           60u  /* below it, states are shortened and remarks begin at the left */
#define PACKET_FROM      100u /* packet numbers are shown from this width on */

static const char *const short_name[] = {
    [TCPHS_UNKNOWN] = "UNKNOWN",       [TCPHS_CLOSED] = "CLOSED",
    [TCPHS_LISTEN] = "LISTEN",         [TCPHS_SYN_SENT] = "SYN-SENT",
    [TCPHS_SYN_RECEIVED] = "SYN-RCVD", [TCPHS_ESTABLISHED] = "ESTAB",
    [TCPHS_FIN_WAIT_1] = "FIN-W-1",    [TCPHS_FIN_WAIT_2] = "FIN-W-2",
    [TCPHS_CLOSE_WAIT] = "CLOSE-W",    [TCPHS_CLOSING] = "CLOSING",
    [TCPHS_LAST_ACK] = "LAST-ACK",     [TCPHS_TIME_WAIT] = "TIME-W",
};
_Static_assert(sizeof(short_name) / sizeof(short_name[0]) == TCPHS_STATE_COUNT, "one each");

const char *state_short_name(enum tcphs_state state)
{
	return short_name[state];
}

/* ---- needs ----------------------------------------------------------------------------- */

static unsigned at_least(unsigned a, unsigned b)
{
	return a > b ? a : b;
}

static void measure_state(struct tcphs_ladder *ladder, int side, uint8_t state, bool certain)
{
	unsigned length = (unsigned)strlen(tcphs_state_name(state));

	ladder->state_columns[side] =
	    at_least(ladder->state_columns[side], length + (certain ? 0 : 2));
	if (side == TCPHS_CLIENT)
		ladder->tight_columns = at_least(ladder->tight_columns, length + (certain ? 0 : 1));
}

static void measure_states(struct tcphs_ladder *ladder)
{
	const struct tcphs_analysis *analysis = ladder->analysis;
	const struct tcphs_endpoint *end = analysis->connection.end;

	for (int side = 0; side < 2; side++) {
		for (size_t i = 0; i < analysis->rows; i++)
			measure_state(ladder, side, analysis->row[i].state[side],
			              analysis->row[i].certain[side]);
		if (analysis->rows > 0 &&
		    end[side].state != analysis->row[analysis->rows - 1].state[side])
			measure_state(ladder, side, end[side].state, end[side].certain);
	}
}

static void measure_label(struct tcphs_ladder *ladder, uint32_t row)
{
	struct tcphs_label label;
	unsigned flags, note, mark;

	label_of_row(ladder, row, &label);
	flags = label.flags[0] != '\0' ? text_columns(label.flags) + 1 : 0;
	note = label.note[0] != '\0' ? text_columns(label.note) + 2 : 0;
	mark = label.mark != TCPHS_MARK_NONE ? 2 : 0;
	ladder->label_columns = at_least(
	    ladder->label_columns, flags + (flags > 0) + text_columns(label.numbers) + mark + note);
	ladder->short_columns =
	    at_least(ladder->short_columns,
	             flags + text_columns(label.brief) + mark + (note > 0 ? note - 1 : 0));
	ladder->detail_columns = at_least(ladder->detail_columns, text_columns(label.detail));
}

static unsigned measure_time(const struct tcphs_ladder *ladder)
{
	static const unsigned clock_columns = 15; /* 12:00:05.123456 */
	char text[64];

	if (ladder->options.time == TCPHS_TIME_LOCAL || ladder->options.time == TCPHS_TIME_UTC)
		return clock_columns;
	thousandths_text(ladder->analysis->connection.duration, ladder->in_seconds, text,
	                 sizeof(text));
	return at_least(8, (unsigned)strlen(text));
}

void ladder_measure(struct tcphs_ladder *ladder)
{
	const struct tcphs_analysis *analysis = ladder->analysis;

	/* 100 s and more in milliseconds would be hard to read. */
	ladder->in_seconds = analysis->connection.duration >= INT64_C(100000000000);
	ladder->time_columns = measure_time(ladder);
	ladder->state_columns[0] = (unsigned)strlen("CLOSED");
	ladder->state_columns[1] = (unsigned)strlen("LISTEN ?");
	ladder->tight_columns = (unsigned)strlen("CLOSED");
	measure_states(ladder);
	for (uint32_t i = 0; i < analysis->rows; i++)
		if (!analysis->row[i].is_run)
			measure_label(ladder, i);
}

/* ---- the plan -------------------------------------------------------------------------- */

static unsigned plan_fixed(const struct ladder_plan *plan)
{
	return plan->margin + plan->bracket + plan->packet + plan->time + plan->gap[0] +
	       plan->state[0] + 2 + plan->gap[1] + plan->state[1];
}

static unsigned short_state_columns(const struct tcphs_ladder *ladder)
{
	(void)ladder;
	return (unsigned)strlen("SYN-RCVD?");
}

/* Each step gives up a little more, until the widest label fits. */
static void plan_tighten(struct ladder_plan *plan, const struct tcphs_ladder *ladder, int step)
{
	switch (step) {
	case 1:
		plan->tight = true;
		for (int side = 0; side < 2; side++)
			plan->state[side] = ladder->state_columns[side];
		if (plan->state[0] < ladder->tight_columns + 1) /* not flush with the lifeline */
			plan->state[0] = ladder->tight_columns + 1;
		plan->gap[0] = 1;
		plan->gap[1] = 1;
		break;
	case 2:
		plan->brief = true;
		break;
	case 3:
		plan->short_states = true;
		for (int side = 0; side < 2; side++)
			if (plan->state[side] > short_state_columns(ladder))
				plan->state[side] = short_state_columns(ladder);
		break;
	case 4:
		plan->time = 0;
		plan->gap[0] = 0;
		plan->bracket = 1;
		plan->gap[1] = 0;
		break;
	default:
		break;
	}
}

static void plan_widen(struct ladder_plan *plan, const struct tcphs_ladder *ladder, unsigned width,
                       unsigned need)
{
	unsigned spare = width - plan_fixed(plan) - need;

	if (width >= PACKET_FROM && spare >= 8) {
		char number[48];

		plan->packet = 3 + (unsigned)tcphs_ladder_packet_name(
		                       ladder, ladder->analysis->connection.last_packet, number,
		                       sizeof(number));
		spare -= plan->packet < spare ? plan->packet : spare;
	}
	if (spare >= ladder->detail_columns + 6) {
		plan->detail = true;
		spare -= ladder->detail_columns + 2;
	}
	if (spare >= MARGIN + 6)
		plan->margin = MARGIN;
}

struct ladder_plan ladder_plan_for(const struct tcphs_ladder *ladder, unsigned width, bool ascii)
{
	struct ladder_plan plan = {.bracket = 2,
	                           .time = ladder->time_columns,
	                           .gap = {3, 2},
	                           .state = {at_least(ladder->state_columns[0], STATE_USUAL),
	                                     at_least(ladder->state_columns[1], STATE_USUAL)}};
	unsigned mark = ascii ? 2 : 0; /* BAD for ✗ */
	unsigned need = ladder->label_columns + mark + ARROW_ROOM;

	/* The right state is never flush with the lifeline; the left one may be. */
	plan.state[0] += 1;
	for (int step = 1; step <= 4 && plan_fixed(&plan) + need > width; step++) {
		plan_tighten(&plan, ladder, step);
		if (plan.tight)
			need = ladder->label_columns + mark + ARROW_ROOM_TIGHT;
		if (plan.brief)
			need = ladder->short_columns + mark + ARROW_ROOM_TIGHT;
	}
	if (plan_fixed(&plan) + need <= width)
		plan_widen(&plan, ladder, width, need);
	plan.arrow = width > plan_fixed(&plan) + 8 ? width - plan_fixed(&plan) : 8;
	need += plan.detail ? ladder->detail_columns + 4 : 0;
	if (plan.arrow > at_least(need, ARROW_MAX))
		plan.arrow = at_least(need, ARROW_MAX);
	return plan;
}

unsigned ladder_plan_indent(const struct ladder_plan *plan)
{
	return plan->margin + plan->bracket + plan->packet +
	       (plan->time > 0 ? plan->time + plan->gap[0] : 0);
}
