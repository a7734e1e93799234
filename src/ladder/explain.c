/* SPDX-License-Identifier: BSD-3-Clause */
/* A line in plain words, one sentence a line. */
#include "ladder/explain.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <tcphs/diagnosis.h>

#include "base/duration.h"
#include "ladder/foretell.h"
#include "ladder/label.h"
#include "ladder/remark_text.h"

static const char *const severity_mark[] = {"·", "!", "✗"};

/* ---- what it says ----------------------------------------------------------------------- */

static const char *time_unit(const struct tcphs_ladder *ladder)
{
	if (ladder->options.time == TCPHS_TIME_LOCAL || ladder->options.time == TCPHS_TIME_UTC)
		return "";
	return ladder->in_seconds ? " s" : " ms";
}

static void tell_head(struct teller *teller, size_t line)
{
	struct tcphs_label label;
	char time[40], packet[48];

	label_of_row(teller->ladder, teller->index, &label);
	tcphs_ladder_time(teller->ladder, line, time, sizeof(time));
	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): each line of a ladder has a row */
	tcphs_ladder_packet_name(teller->ladder, teller->row->packet, packet, sizeof(packet));
	TELL(teller, "#%s at %s%s: %s, %s to %s", packet, time, time_unit(teller->ladder),
	     label.flags[0] != '\0' ? label.flags : "data", teller->x, teller->y);
	if (teller->row->length > 0)
		TELL(teller, ", %" PRIu32 " octet%s", teller->row->length,
		     teller->row->length == 1 ? "" : "s");
	if ((teller->row->flags & TCPHS_RST) == 0)
		TELL(teller, ", window %u", teller->row->window);
	TELL(teller, ".\n");
}

static void tell_repeat(struct teller *teller)
{
	const struct tcphs_row *row = teller->row, *first;
	char gap[32], packet[48];

	if (row->again < 0 || (size_t)row->again >= teller->ladder->analysis->rows)
		return;
	first = &teller->ladder->analysis->row[row->again];
	duration_text(row->time - first->time, " ", gap, sizeof(gap));
	tcphs_ladder_packet_name(teller->ladder, first->packet, packet, sizeof(packet));
	if (row->fate == TCPHS_COPY)
		TELL(teller,
		     "The capture holds this datagram twice: a copy of #%s, not a repetition.\n",
		     packet);
	else
		TELL(teller, "It repeats #%s after %s.\n", packet, gap);
}

static void tell_fate(struct teller *teller)
{
	switch (teller->row->fate) {
	case TCPHS_LOST:
		TELL(teller, "It was lost: what the %s sends later proves that it never came.\n",
		     teller->y);
		break;
	case TCPHS_IGNORED:
		if (row_worth_ignored(teller->connection, teller->row))
			TELL(teller, "The %s ignored it: it moved nothing.\n", teller->y);
		break;
	default:
		break;
	}
	if (teller->row->late)
		TELL(
		    teller,
		    "It had not come when the %s sent its next segment: both were on their way and "
		    "cross, or it was lost.\n",
		    teller->y);
}

/* ---- remarks ---------------------------------------------------------------------------- */

/* The catalogue's sentences end in a full stop, those with numbers in the last of these. */
static bool ends_sentence(const char *text)
{
	size_t length = strlen(text);

	return length > 0 && text[length - 1] == '.';
}

static void tell_remarks(struct teller *teller)
{
	const struct tcphs_analysis *analysis = teller->ladder->analysis;
	const struct tcphs_row *row = teller->row;

	for (uint32_t i = 0; i < row->diagnoses && row->diagnosis + i < analysis->diagnoses; i++) {
		const struct tcphs_diagnosis *diagnosis = &analysis->diagnosis[row->diagnosis + i];
		const struct tcphs_code_info *info = tcphs_code_info(diagnosis->code);
		char text[512];

		if (ladder_foretells(teller->ladder, diagnosis))
			continue;
		remark_text(teller->ladder->analysis, diagnosis, !teller->ladder->options.raw, text,
		            sizeof(text));
		TELL(teller, "%s %s  %s%s",
		     severity_mark[diagnosis->severity % TCPHS_SEVERITY_COUNT], info->name, text,
		     ends_sentence(text) ? "" : ".");
		if (strcmp(text, info->sentence) != 0)
			TELL(teller, " %s", info->sentence);
		if (info->rfc != NULL)
			TELL(teller, "  RFC %s%s%s", info->rfc, info->section != NULL ? " §" : "",
			     info->section != NULL ? info->section : "");
		TELL(teller, "\n");
	}
}

/* ---- the whole --------------------------------------------------------------------------- */

static void tell_segment(struct teller *teller, size_t line)
{
	tell_head(teller, line);
	tell_repeat(teller);
	tell_numbers(teller);
	tell_fate(teller);
	tell_remarks(teller);
	tell_notes(teller);
	tell_states(teller);
	tell_header(teller);
	tell_options(teller);
}

static void tell_run(struct teller *teller, const struct tcphs_line *line)
{
	static const char *const arrow[] = {"client to server", "server to client"};
	int64_t until = 0;
	char duration[32];
	const struct tcphs_row *last = &teller->ladder->analysis->row[line->last_row];

	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): each line of a ladder has a row */
	until = (last->is_run ? last->run_last_time : last->time) - teller->row->time;
	duration_text(until, " ", duration, sizeof(duration));
	TELL(teller, "%" PRIu64 " ordinary segments", line->packets[0] + line->packets[1]);
	if (until > 0) /* of a run that the tracker folded, it is not kept */
		TELL(teller, " in %s", duration);
	TELL(teller, ", folded\nData in order and its acknowledgements; no state moved.\n");
	for (int side = 0; side < 2; side++)
		TELL(teller, "%s: %" PRIu64 " segment%s, %" PRIu64 " octets of data.\n",
		     arrow[side], line->packets[side], line->packets[side] == 1 ? "" : "s",
		     line->bytes[side]);
}

static void tell_gap(struct teller *teller, const struct tcphs_line *line)
{
	char duration[32];

	duration_text(line->gap, " ", duration, sizeof(duration));
	TELL(teller, "Nothing was captured of this connection for %s.\n", duration);
}

static void tell_remark_line(struct teller *teller, const struct tcphs_line *line)
{
	const struct tcphs_diagnosis *diagnosis =
	    &teller->ladder->analysis->diagnosis[line->diagnosis];
	const struct tcphs_code_info *info = tcphs_code_info(diagnosis->code);
	char text[512];

	if (ladder_foretells(teller->ladder, diagnosis)) {
		TELL(teller, "A remark that would tell what comes.\n");
		return;
	}
	remark_text(teller->ladder->analysis, diagnosis, !teller->ladder->options.raw, text,
	            sizeof(text));
	TELL(teller, "%s, %s: %s\n", info->name, tcphs_severity_name(diagnosis->severity), text);
	if (strcmp(text, info->sentence) != 0)
		TELL(teller, "%s\n", info->sentence);
	if (info->rfc != NULL)
		TELL(teller, "RFC %s%s%s\n", info->rfc, info->section != NULL ? " §" : "",
		     info->section != NULL ? info->section : "");
}

/* All of the connection's, in short. */
static void tell_findings(struct teller *teller)
{
	const struct tcphs_analysis *analysis = teller->ladder->analysis;
	char packet[48];

	if (analysis->diagnoses > 0)
		TELL(teller, "What was found in this connection:\n");
	for (size_t i = 0; i < analysis->diagnoses; i++) {
		const struct tcphs_diagnosis *diagnosis = &analysis->diagnosis[i];

		TELL(teller, "%s %s", severity_mark[diagnosis->severity % TCPHS_SEVERITY_COUNT],
		     tcphs_code_info(diagnosis->code)->name);
		if (diagnosis->packet != 0) {
			tcphs_ladder_packet_name(teller->ladder, diagnosis->packet, packet,
			                         sizeof(packet));
			TELL(teller, ", #%s", packet);
		}
		TELL(teller, "\n");
	}
}

static void tell_start(struct teller *teller)
{
	TELL(teller, "Before the first segment\n");
	for (int side = 0; side < 2; side++) {
		const struct tcphs_rule *rule = teller->row->rule[side];
		uint8_t state = rule != NULL ? rule->from : teller->row->state[side];
		bool certain = teller->row->from == side;

		TELL(teller, "The %s is in %s%s.\n", tcphs_side_name((enum tcphs_side)side),
		     tcphs_state_name(state),
		     certain ? "" : " (assumed: only what it answers can tell)");
	}
	if (teller->ladder->options.hidden == 0)
		tell_findings(teller);
}

static const char *why_in_the_end(const struct tcphs_endpoint *end, uint8_t before)
{
	if (end->state == before)
		return "";
	if (before != TCPHS_TIME_WAIT)
		return ": what was on its way to it has come";
	return end->expired ? ": the 240 s (2 MSL) of its TIME-WAIT are over"
	                    : ": its ports are used again";
}

static void tell_end(struct teller *teller)
{
	TELL(teller, "When the capture ends\n");
	for (int side = 0; side < 2; side++) {
		const struct tcphs_endpoint *end = &teller->connection->end[side];
		uint8_t before = teller->row->state[side];

		TELL(teller, "The %s %s in %s%s%s.\n", tcphs_side_name((enum tcphs_side)side),
		     end->state == before ? "stays" : "is", tcphs_state_name(end->state),
		     end->certain ? "" : " (assumed)", why_in_the_end(end, before));
	}
}

static size_t give(struct teller *teller, bool ascii, char *text, size_t size)
{
	bounded_end(&teller->out);
	if (ascii)
		return tcphs_ascii_text(teller->out.text, text, size);
	return (size_t)snprintf(text, size, "%s", teller->out.text);
}

size_t tcphs_ladder_explain(const struct tcphs_ladder *ladder, size_t index, bool ascii, char *text,
                            size_t size)
{
	const struct tcphs_line *line = &ladder->line[index];
	char whole[4096];
	struct teller teller = {.ladder = ladder,
	                        .connection = &ladder->analysis->connection,
	                        .index = line->row,
	                        .out = bounded_start(whole, sizeof(whole))};

	if (line->row < ladder->analysis->rows) {
		teller.row = &ladder->analysis->row[line->row];
		teller.x = tcphs_side_name(teller.row->from);
		teller.y = tcphs_side_name(peer_of(&teller));
	}
	switch (line->kind) {
	case TCPHS_LINE_SEGMENT:
		tell_segment(&teller, index);
		break;
	case TCPHS_LINE_RUN:
		tell_run(&teller, line);
		break;
	case TCPHS_LINE_REMARK:
		tell_remark_line(&teller, line);
		break;
	case TCPHS_LINE_START:
		tell_start(&teller);
		break;
	case TCPHS_LINE_GAP:
		tell_gap(&teller, line);
		break;
	case TCPHS_LINE_END:
		tell_end(&teller);
		break;
	default:
		TELL(&teller,
		     "The tracker keeps a bounded number of segments for one connection; these "
		     "were only counted.\n");
	}
	return give(&teller, ascii, text, size);
}

size_t tcphs_ladder_findings(const struct tcphs_ladder *ladder, bool ascii, char *text, size_t size)
{
	char whole[4096];
	struct teller teller = {.ladder = ladder,
	                        .connection = &ladder->analysis->connection,
	                        .out = bounded_start(whole, sizeof(whole))};

	if (ladder->options.hidden == 0)
		tell_findings(&teller);
	return give(&teller, ascii, text, size);
}
