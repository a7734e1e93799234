/* SPDX-License-Identifier: BSD-3-Clause */
#include "render/sequence.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <tcphs/diagnosis.h>

#include "base/bounded.h"
#include "base/duration.h"
#include "ladder/remark_text.h"

struct walk {
	struct text *out;
	const struct tcphs_ladder *ladder;
	const struct sequence *sequence;
	bool in_part;
};

static void say_state(struct walk *walk, int side, uint8_t state, bool certain)
{
	char text[32];

	snprintf(text, sizeof(text), "%s%s", tcphs_state_name(state), certain ? "" : " ?");
	walk->sequence->state(walk->out, side, text);
}

static void say_start(struct walk *walk, size_t index)
{
	const struct tcphs_row *row = &walk->ladder->analysis->row[0];

	(void)index;
	for (int side = 0; side < 2; side++)
		say_state(walk, side,
		          row->rule[side] != NULL ? row->rule[side]->from : row->state[side],
		          row->from == side);
}

static void say_segment(struct walk *walk, size_t index)
{
	const struct tcphs_line *line = &walk->ladder->line[index];
	const struct tcphs_row *row = &walk->ladder->analysis->row[line->row];
	struct tcphs_label label;
	char text[160];
	struct bounded out = bounded_start(text, sizeof(text));

	tcphs_ladder_label(walk->ladder, index, &label);
	if (label.flags[0] != '\0')
		bounded_addf(&out, "%s ", label.flags);
	bounded_add(&out, label.numbers);
	if (label.mark != TCPHS_MARK_NONE)
		bounded_add(&out, label.mark == TCPHS_MARK_OK ? " ✓" : " ✗");
	if (label.note[0] != '\0')
		bounded_addf(&out, " %s", label.note);
	if (row->fate == TCPHS_LOST)
		bounded_add(&out, " (lost)");
	bounded_end(&out);
	walk->sequence->arrow(walk->out, row, text);
	for (int side = 0; side < 2; side++)
		if (line->changed[side])
			say_state(walk, side, row->state[side], row->certain[side]);
}

static void say_run(struct walk *walk, size_t index)
{
	const struct tcphs_line *line = &walk->ladder->line[index];
	struct tcphs_label label;
	char text[160];

	tcphs_ladder_label(walk->ladder, index, &label);
	snprintf(text, sizeof(text), "%s, %" PRIu64 " B to the server, %" PRIu64 " B to the client",
	         label.note, line->bytes[0], line->bytes[1]);
	walk->sequence->over(walk->out, text);
}

static void say_remark(struct walk *walk, size_t index)
{
	static const char *const mark[] = {"·", "!", "✗"};
	const struct tcphs_ladder *ladder = walk->ladder;
	const struct tcphs_diagnosis *diagnosis =
	    &ladder->analysis->diagnosis[ladder->line[index].diagnosis];
	char sentence[400], text[512];

	remark_text(ladder->analysis, diagnosis, !ladder->options.raw, sentence, sizeof(sentence));
	snprintf(text, sizeof(text), "%s %s: %s", mark[diagnosis->severity % TCPHS_SEVERITY_COUNT],
	         tcphs_code_info(diagnosis->code)->name, sentence);
	walk->sequence->over(walk->out, text);
}

static void say_gap(struct walk *walk, size_t index)
{
	bool silence = walk->ladder->options.gaps == TCPHS_GAPS_SILENCES;
	char duration[32], text[64];

	if (walk->ladder->line[index].more)
		return;
	duration_text(walk->ladder->line[index].gap, " ", duration, sizeof(duration));
	snprintf(text, sizeof(text), "%s%s", duration, silence ? " of silence" : "");
	walk->sequence->over(walk->out, text);
}

static void say_dropped(struct walk *walk, size_t index)
{
	char text[96];

	(void)index;
	snprintf(text, sizeof(text), "%" PRIu64 " more segments were only counted",
	         walk->ladder->analysis->connection.rows_dropped);
	walk->sequence->over(walk->out, text);
}

static void say_end(struct walk *walk, size_t index)
{
	const struct tcphs_endpoint *end = walk->ladder->analysis->connection.end;

	walk->sequence->over(walk->out, tcphs_ladder_end_words(walk->ladder));
	for (int side = 0; side < 2; side++)
		if (walk->ladder->line[index].changed[side])
			say_state(walk, side, end[side].state, end[side].certain);
}

static void (*const say[])(struct walk *, size_t) = {
    [TCPHS_LINE_START] = say_start, [TCPHS_LINE_SEGMENT] = say_segment,
    [TCPHS_LINE_RUN] = say_run,     [TCPHS_LINE_REMARK] = say_remark,
    [TCPHS_LINE_GAP] = say_gap,     [TCPHS_LINE_DROPPED] = say_dropped,
    [TCPHS_LINE_END] = say_end,
};

/* A part ends before the first line that is outside of it. */
static void follow_parts(struct walk *walk, const struct tcphs_line *line)
{
	bool begins = line->kind == TCPHS_LINE_SEGMENT &&
	              (line->bracket == TCPHS_BRACKET_FIRST || line->bracket == TCPHS_BRACKET_ONLY);
	char name[96];

	if (walk->in_part && (begins || line->bracket == TCPHS_BRACKET_NONE)) {
		walk->sequence->close_part(walk->out);
		walk->in_part = false;
	}
	if (!begins)
		return;
	tcphs_ladder_part_name(walk->ladder, line->part, false, name, sizeof(name));
	walk->sequence->open_part(walk->out, name);
	walk->in_part = true;
}

void sequence_draw(struct text *out, const struct tcphs_ladder *ladder,
                   const struct sequence *sequence)
{
	struct walk walk = {.out = out, .ladder = ladder, .sequence = sequence};

	for (size_t i = 0; i < ladder->lines; i++) {
		if (ladder->line[i].more)
			continue;
		follow_parts(&walk, &ladder->line[i]);
		say[ladder->line[i].kind](&walk, i);
	}
	if (walk.in_part)
		sequence->close_part(out);
}
