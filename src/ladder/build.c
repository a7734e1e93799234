/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * From an analysis to lines, in one pass over the rows:
 *
 *   START, then for each row  [GAP]  SEGMENT or RUN  REMARK*,  then END, then remarks on the whole
 *
 * A remark on a packet that is no row, as an ICMP error, follows the row before that packet.
 *
 * A run is a maximal sequence of quiet rows without remarks and without a change of state.
 */
#include <tcphs/ladder.h>

#include <stdlib.h>
#include <string.h>
#include <tcphs/diagnosis.h>

#include "ladder/builder.h"
#include "ladder/gaps.h"
#include "ladder/parts.h"
#include "ladder/plan.h"

struct tcphs_line *builder_line(struct builder *builder, enum tcphs_line_kind kind, size_t row)
{
	struct tcphs_ladder *ladder = builder->ladder;
	struct tcphs_line *line;

	if (ladder->lines == builder->room) {
		size_t room = builder->room > 0 ? builder->room * 2 : 32;

		line = realloc(ladder->line, room * sizeof(*line));
		if (line == NULL) {
			builder->failed = true;
			return NULL;
		}
		ladder->line = line;
		builder->room = room;
	}
	line = &ladder->line[ladder->lines++];
	*line = (struct tcphs_line){
	    .kind = (uint8_t)kind, .row = (uint32_t)row, .last_row = (uint32_t)row};
	return line;
}

/* ---- which rows make a run ------------------------------------------------------------ */

static bool foldable(const struct tcphs_ladder *ladder, const struct tcphs_row *row)
{
	const struct tcphs_ladder_options *options = &ladder->options;

	if (row->is_run)
		return true;
	if (options->no_fold || !row->quiet || row->diagnoses > 0 || row->fate == TCPHS_LOST ||
	    row->fate == TCPHS_IGNORED || row->late || row->rule[0] != NULL || row->rule[1] != NULL)
		return false;
	return row->packet < options->unfold_first || row->packet > options->unfold_last;
}

static bool states_equal(const struct tcphs_row *a, const struct tcphs_row *b)
{
	return a->state[0] == b->state[0] && a->state[1] == b->state[1];
}

/* The row after the run that begins at `row`; `row` itself if it begins none. */
static size_t run_end(const struct tcphs_ladder *ladder, size_t row)
{
	const struct tcphs_analysis *analysis = ladder->analysis;
	const struct tcphs_row *first = &analysis->row[row];
	size_t end = row;

	while (end < analysis->rows && foldable(ladder, &analysis->row[end]) &&
	       states_equal(first, &analysis->row[end]))
		end++;
	return end - row == 1 && !first->is_run ? row : end;
}

static void run_add(struct builder *builder, size_t row, size_t end)
{
	struct tcphs_line *line = builder_line(builder, TCPHS_LINE_RUN, row);

	if (line == NULL)
		return;
	line->last_row = (uint32_t)(end - 1);
	for (size_t i = row; i < end; i++) {
		const struct tcphs_row *at = &builder->analysis->row[i];

		if (!at->is_run) {
			line->packets[at->from]++;
			line->bytes[at->from] += at->fate == TCPHS_COPY ? 0 : at->length;
			continue;
		}
		for (int side = 0; side < 2; side++) {
			line->packets[side] += at->run_packets[side];
			line->bytes[side] += at->run_bytes[side];
		}
	}
}

/* ---- what stands beside a line ---------------------------------------------------------- */

static void mark_lines(struct tcphs_ladder *ladder)
{
	const struct tcphs_row *before = NULL;

	for (size_t i = 0; i < ladder->lines; i++) {
		struct tcphs_line *line = &ladder->line[i];
		const struct tcphs_row *row;

		if (line->kind == TCPHS_LINE_START || line->kind == TCPHS_LINE_END ||
		    line->row >= ladder->analysis->rows)
			continue;
		for (int part = TCPHS_PART_OPEN; part <= TCPHS_PART_CLOSE && !line->bracket;
		     part++) {
			line->bracket = ladder_bracket(ladder, part, line);
			line->part = (uint8_t)(line->bracket != 0 ? part : TCPHS_PART_NONE);
		}
		if (line->kind != TCPHS_LINE_SEGMENT && line->kind != TCPHS_LINE_RUN)
			continue;
		row = &ladder->analysis->row[line->row];
		for (int side = 0; side < 2; side++)
			line->changed[side] = before == NULL
			                          ? row->rule[side] != NULL
			                          : row->state[side] != before->state[side];
		before = &ladder->analysis->row[line->last_row];
	}
}

/* ---- the whole ------------------------------------------------------------------------- */

static void gap_add(struct builder *builder, size_t row)
{
	int64_t gap = gap_before(builder->analysis, row);
	unsigned lines = gap_lines(builder->ladder, gap, builder->usual_gap);

	for (unsigned i = 0; i < lines; i++) {
		struct tcphs_line *line = builder_line(builder, TCPHS_LINE_GAP, row);

		if (line == NULL)
			return;
		line->gap = gap;
		line->more = i > 0;
	}
}

#define FOLD_LEAST 3 /* so many repetitions of a SYN are told once, at the last one */

static void count_repeated_syns(struct builder *builder)
{
	const struct tcphs_analysis *analysis = builder->analysis;

	for (size_t i = 0; i < analysis->diagnoses; i++) {
		const struct tcphs_diagnosis *diagnosis = &analysis->diagnosis[i];

		if (diagnosis->code != TCPHS_D_SYN_RETX || diagnosis->from > TCPHS_SERVER)
			continue;
		builder->syns_again[diagnosis->from]++;
		builder->last_again[diagnosis->from] = i;
	}
}

/* The last one tells how many they were and since when; each row says itself that it is one. */
static bool is_told_later(const struct builder *builder, size_t index)
{
	const struct tcphs_diagnosis *diagnosis = &builder->analysis->diagnosis[index];

	return diagnosis->code == TCPHS_D_SYN_RETX && diagnosis->from <= TCPHS_SERVER &&
	       builder->syns_again[diagnosis->from] >= FOLD_LEAST &&
	       builder->last_again[diagnosis->from] != index;
}

static void row_lines(struct builder *builder, size_t *row)
{
	const struct tcphs_analysis *analysis = builder->analysis;
	const struct tcphs_row *at = &analysis->row[*row];
	size_t end = run_end(builder->ladder, *row);

	if (*row > 0)
		gap_add(builder, *row);
	if (end > *row) {
		run_add(builder, *row, end);
		*row = end;
		return;
	}
	builder_line(builder, TCPHS_LINE_SEGMENT, *row);
	for (uint32_t i = 0; i < at->diagnoses && at->diagnosis + i < analysis->diagnoses; i++)
		if (!is_told_later(builder, at->diagnosis + i))
			builder_remark(builder, at->diagnosis + i, *row);
	(*row)++;
}

/* A TIME-WAIT may have run out, or what was on its way have come. */
static void end_add(struct builder *builder)
{
	const struct tcphs_analysis *analysis = builder->analysis;
	const struct tcphs_endpoint *end = analysis->connection.end;
	bool changed[2] = {false, false};
	struct tcphs_line *line;

	for (int side = 0; side < 2 && analysis->rows > 0; side++)
		changed[side] = end[side].state != analysis->row[analysis->rows - 1].state[side];
	if (!changed[0] && !changed[1])
		return;
	line = builder_line(builder, TCPHS_LINE_END, analysis->rows - 1);
	for (int side = 0; line != NULL && side < 2; side++)
		line->changed[side] = changed[side];
}

bool tcphs_ladder_build(struct tcphs_ladder *ladder, const struct tcphs_analysis *analysis,
                        const struct tcphs_ladder_options *options)
{
	struct builder builder = {.ladder = ladder, .analysis = analysis};

	tcphs_ladder_free(ladder);
	ladder->analysis = analysis;
	ladder->options = options != NULL ? *options : (struct tcphs_ladder_options){0};
	ladder_find_parts(ladder);
	ladder_measure(ladder);
	builder.indent = builder_remark_indent(ladder);
	count_repeated_syns(&builder);
	builder.failed = !gap_usual(ladder, &builder.usual_gap);
	if (analysis->rows > 0 &&
	    (ladder->part_first[TCPHS_PART_OPEN] == 0 || analysis->row[0].rule[0] != NULL ||
	     analysis->row[0].rule[1] != NULL))
		builder_line(&builder, TCPHS_LINE_START, 0);
	for (size_t row = 0; row < analysis->rows && !builder.failed;) {
		row_lines(&builder, &row);
		builder_loose_remarks(&builder, row);
	}
	if (analysis->connection.rows_dropped > 0)
		builder_line(&builder, TCPHS_LINE_DROPPED, analysis->rows);
	end_add(&builder);
	for (size_t i = 0; i < analysis->diagnoses && !builder.failed; i++)
		if (analysis->diagnosis[i].row >= analysis->rows &&
		    (analysis->rows == 0 || !builder_is_loose(&builder, i)))
			builder_remark(&builder, i, analysis->rows);
	mark_lines(ladder);
	return !builder.failed;
}

void tcphs_ladder_free(struct tcphs_ladder *ladder)
{
	free(ladder->line);
	*ladder = (struct tcphs_ladder){0};
}

size_t tcphs_ladder_line_of(const struct tcphs_ladder *ladder, size_t row)
{
	for (size_t i = 0; i < ladder->lines; i++) {
		const struct tcphs_line *line = &ladder->line[i];

		if ((line->kind == TCPHS_LINE_SEGMENT || line->kind == TCPHS_LINE_RUN) &&
		    line->row <= row && row <= line->last_row)
			return i;
	}
	return SIZE_MAX;
}

const struct tcphs_row *tcphs_ladder_row_of(const struct tcphs_ladder *ladder, size_t index)
{
	const struct tcphs_analysis *analysis = ladder->analysis;
	size_t row = ladder->line[index].row;

	if (analysis->rows == 0)
		return NULL;
	return &analysis->row[row < analysis->rows ? row : analysis->rows - 1];
}
