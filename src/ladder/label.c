/* SPDX-License-Identifier: BSD-3-Clause */
#include "ladder/label.h"

#include <inttypes.h>
#include <string.h>
#include <tcphs/diagnosis.h>

#include "base/bounded.h"
#include "base/seq.h"
#include "base/utf8.h"
#include "model/number.h"

unsigned text_columns(const char *text)
{
	return (unsigned)utf8_columns(text, strlen(text));
}

static const struct flag_name {
	uint16_t flag;
	const char *name;
} flag_names[] = {
    {TCPHS_SYN, "SYN"}, {TCPHS_FIN, "FIN"}, {TCPHS_RST, "RST"},
    {TCPHS_PSH, "PSH"}, {TCPHS_ACK, "ACK"}, {TCPHS_URG, "URG"},
};

/* PSH is left out where it says nothing about the handshake. */
static void put_flags(struct bounded *out, const struct tcphs_row *row)
{
	uint16_t shown = row->flags;

	if ((shown & TCPHS_ACK) != 0 && (shown & TCPHS_URG) == 0)
		shown &= (uint16_t)~TCPHS_PSH;
	if (shown == TCPHS_ACK && row->length > 0 && row->role != TCPHS_ROLE_ACK)
		return;
	for (size_t i = 0; i < sizeof(flag_names) / sizeof(flag_names[0]); i++)
		if ((shown & flag_names[i].flag) != 0)
			bounded_addf(out, "%s%s", out->length > 0 ? "-" : "", flag_names[i].name);
	if (out->length == 0)
		bounded_add(out, "no flags");
}

static uint8_t arrow_style(const struct tcphs_row *row)
{
	if (row->fate == TCPHS_COPY)
		return TCPHS_S_DIM;
	if ((row->flags & TCPHS_RST) != 0)
		return TCPHS_S_ARROW_RST;
	if ((row->flags & TCPHS_SYN) != 0)
		return TCPHS_S_ARROW_SYN;
	if ((row->flags & TCPHS_FIN) != 0)
		return TCPHS_S_ARROW_FIN;
	return row->length > 0 ? TCPHS_S_ARROW_DATA : TCPHS_S_ARROW_ACK;
}

/* ---- the verdict ---------------------------------------------------------------------- */

bool row_has_bad_numbers(const struct tcphs_ladder *ladder, uint32_t row)
{
	const struct tcphs_analysis *analysis = ladder->analysis;
	const struct tcphs_row *at = &analysis->row[row];

	for (uint32_t i = 0; i < at->diagnoses; i++) {
		const struct tcphs_diagnosis *diagnosis = &analysis->diagnosis[at->diagnosis + i];
		const char *group = tcphs_code_info(diagnosis->code)->group;

		if (diagnosis->severity >= TCPHS_WARNING && diagnosis->numbers &&
		    diagnosis->code != TCPHS_D_OVERLAP_CONFLICT && /* its octets are wrong */
		    (strcmp(group, "opening") == 0 || strcmp(group, "sequence") == 0 ||
		     strcmp(group, "closing") == 0))
			return true;
	}
	return false;
}

/* Does this row answer the other side's SYN: the SYN-ACK, the segment that completes the open, a
 * refusing RST? */
static bool answers_syn(const struct tcphs_ladder *ladder, uint32_t index)
{
	const struct tcphs_open *open = &ladder->analysis->connection.open;
	const struct tcphs_row *row = &ladder->analysis->row[index];

	if ((row->flags & TCPHS_SYN) != 0 || row->role == TCPHS_ROLE_ACK)
		return true;
	return row->packet == open->packet[TCPHS_P_OPEN_RST] ||
	       row->packet == open->packet[TCPHS_P_ACK1] ||
	       index == ladder->part_last[TCPHS_PART_OPEN];
}

struct ack_check ack_check_of(const struct tcphs_ladder *ladder, uint32_t row)
{
	const struct tcphs_analysis *analysis = ladder->analysis;
	const struct tcphs_row *at = &analysis->row[row];
	int peer = at->from == TCPHS_CLIENT ? TCPHS_SERVER : TCPHS_CLIENT;
	const struct tcphs_endpoint *end = &analysis->connection.end[peer];
	uint32_t syn = ladder->syn[peer], fin = ladder->fin[peer];
	struct ack_check check = {.rule = ACK_RULE_NONE, .of = UINT32_MAX};

	if ((at->flags & TCPHS_ACK) == 0 || at->is_run)
		return check;
	if (answers_syn(ladder, row) && end->isn_known && !end->isn_inferred) {
		const struct tcphs_row *of = syn != UINT32_MAX ? &analysis->row[syn] : NULL;
		/* A closed port counts the FIN of a SYN-FIN, a listener drops it. */
		bool fin_too =
		    of != NULL && (at->flags & TCPHS_RST) != 0 && (of->flags & TCPHS_FIN) != 0;
		uint32_t data = of != NULL ? of->length + fin_too : 0;
		int32_t beyond = seq_diff(at->ack, end->isn + 1);

		check.rule = ACK_RULE_SYN;
		check.of = syn;
		check.expected = end->isn + 1;
		/* Data that came with the SYN, or between it and the third segment, may be
		 * acknowledged as well. */
		check.right =
		    beyond >= 0 &&
		    ((uint32_t)beyond <= data ||
		     (at->vars[peer].iss_known && seq_le(at->ack, at->vars[peer].snd_nxt)));
	} else if (fin != UINT32_MAX && fin < row) {
		const struct tcphs_row *of = &analysis->row[fin];

		check.expected = of->seq + of->length + 1 + ((of->flags & TCPHS_SYN) != 0);
		if (at->ack == check.expected) {
			check.rule = ACK_RULE_FIN;
			check.of = fin;
			check.right = true;
		}
	}
	return check;
}

/* ---- the pieces ----------------------------------------------------------------------- */

static void put_numbers(const struct tcphs_ladder *ladder, const struct tcphs_row *row, bool brief,
                        struct bounded *out)
{
	const struct tcphs_connection *connection = &ladder->analysis->connection;
	bool relative = !ladder->options.raw;
	bool ack = (row->flags & TCPHS_ACK) != 0;
	bool pure = (row->flags & (TCPHS_SYN | TCPHS_FIN | TCPHS_RST)) == 0 && row->length == 0;
	bool seq = !ack || !pure || row->role == TCPHS_ROLE_ACK || row->diagnoses > 0;
	enum tcphs_side peer = row->from == TCPHS_CLIENT ? TCPHS_SERVER : TCPHS_CLIENT;
	const struct tcphs_endpoint *end = &connection->end[row->from];
	char number[16];

	if (ack && !pure && row->length > 0 && (row->flags & (TCPHS_SYN | TCPHS_FIN)) == 0 &&
	    row->role != TCPHS_ROLE_ACK && row->diagnoses == 0)
		ack = false;
	if (seq && relative && (row->flags & TCPHS_SYN) != 0 && end->isn_known &&
	    row->seq != end->isn) {
		/* Relative to an ISN that came later it would say nothing. */
		bounded_addf(out, "ISN %" PRIu32, row->seq);
	} else if (seq) {
		number_text(connection, row->from, row->seq, relative, number, sizeof(number));
		bounded_addf(out, brief ? "%s" : "seq %s", number);
	}
	if (ack) {
		number_text(connection, peer, row->ack, relative, number, sizeof(number));
		bounded_addf(out, "%sack %s", seq ? " " : "", number);
	}
}

bool row_worth_ignored(const struct tcphs_connection *connection, const struct tcphs_row *row)
{
	if (row->fate != TCPHS_IGNORED || row->again >= 0)
		return false;
	return (row->flags & TCPHS_SYN) == 0 || connection->open.kind != TCPHS_OPEN_REFUSED;
}

static void put_note(const struct tcphs_connection *connection, const struct tcphs_row *row,
                     struct bounded *out)
{
	if (row->length > 0)
		bounded_addf(out, "%" PRIu32 " B", row->length);
	if (row->fate == TCPHS_COPY)
		bounded_addf(out, "%scopy", out->length > 0 ? "  " : "");
	else if (row->again >= 0)
		bounded_addf(out, "%sagain", out->length > 0 ? "  " : "");
	else if (row_worth_ignored(connection, row))
		bounded_addf(out, "%signored", out->length > 0 ? "  " : "");
}

/* The options of the row, or, for a SYN, those that its endpoint is known to have sent. */
static void put_options(const struct tcphs_ladder *ladder, const struct tcphs_row *row,
                        struct bounded *out)
{
	const struct tcphs_endpoint *end = &ladder->analysis->connection.end[row->from];
	const struct tcphs_options *options = row->options;
	struct tcphs_options of_end = {0};

	if (options == NULL) {
		/* They are those of the SYN that counts, not of one that was ignored. */
		if ((row->flags & TCPHS_SYN) == 0 || !end->options_known || row->seq != end->isn)
			return;
		of_end.mss = end->mss;
		of_end.wscale = (uint8_t)(end->wscale < 0 ? 0 : end->wscale);
		of_end.present = (uint16_t)((end->mss > 0 ? TCPHS_OPT_MSS : 0) |
		                            (end->wscale >= 0 ? TCPHS_OPT_WSCALE : 0) |
		                            (end->sack ? TCPHS_OPT_SACK_PERMITTED : 0) |
		                            (end->timestamps ? TCPHS_OPT_TIMESTAMPS : 0));
		options = &of_end;
	}
	if ((options->present & TCPHS_OPT_MSS) != 0)
		bounded_addf(out, "  mss %u", options->mss);
	if ((options->present & TCPHS_OPT_WSCALE) != 0)
		bounded_addf(out, "  wscale %u", options->wscale);
	if ((options->present & TCPHS_OPT_SACK_PERMITTED) != 0)
		bounded_add(out, "  sack");
	/* Once agreed on they are in every segment: that they are missing is worth a remark. */
	if ((options->present & TCPHS_OPT_TIMESTAMPS) != 0 && (row->flags & TCPHS_SYN) != 0)
		bounded_add(out, "  timestamps");
	if ((options->present & TCPHS_OPT_TFO) != 0)
		bounded_add(out, "  fast-open");
	if ((options->present & TCPHS_OPT_SACK) != 0)
		bounded_addf(out, "  %u sack blocks", options->sack_blocks);
}

void label_of_row(const struct tcphs_ladder *ladder, uint32_t row, struct tcphs_label *label)
{
	const struct tcphs_row *at = &ladder->analysis->row[row];
	struct bounded flags = bounded_start(label->flags, sizeof(label->flags));
	struct bounded numbers = bounded_start(label->numbers, sizeof(label->numbers));
	struct bounded brief = bounded_start(label->brief, sizeof(label->brief));
	struct bounded note = bounded_start(label->note, sizeof(label->note));
	struct bounded detail = bounded_start(label->detail, sizeof(label->detail));

	label->mark = TCPHS_MARK_NONE;
	put_flags(&flags, at);
	put_numbers(ladder, at, false, &numbers);
	put_numbers(ladder, at, true, &brief);
	put_note(&ladder->analysis->connection, at, &note);
	label->style = arrow_style(at);
	if (row_has_bad_numbers(ladder, row))
		label->mark = TCPHS_MARK_BAD;
	else if (at->fate != TCPHS_COPY && ack_check_of(ladder, row).right)
		label->mark = TCPHS_MARK_OK;
	if ((at->flags & TCPHS_RST) == 0) {
		bounded_addf(&detail, "win %u", at->window);
		put_options(ladder, at, &detail);
	}
	bounded_end(&flags);
	bounded_end(&numbers);
	bounded_end(&brief);
	bounded_end(&note);
	bounded_end(&detail);
}

void tcphs_ladder_label(const struct tcphs_ladder *ladder, size_t index, struct tcphs_label *label)
{
	const struct tcphs_line *line = &ladder->line[index];
	uint64_t packets = line->packets[0] + line->packets[1];
	struct bounded note;

	*label = (struct tcphs_label){.style = TCPHS_S_DIM};
	if (line->kind == TCPHS_LINE_SEGMENT)
		label_of_row(ladder, line->row, label);
	if (line->kind != TCPHS_LINE_RUN)
		return;
	note = bounded_start(label->note, sizeof(label->note));
	bounded_addf(&note, "%" PRIu64 " segment%s", packets, packets == 1 ? "" : "s");
	bounded_end(&note);
}
