/* SPDX-License-Identifier: BSD-3-Clause */
/* The remarks below the rows: their places, and where their text breaks. */
#include "ladder/builder.h"

#include <string.h>
#include <tcphs/diagnosis.h>

#include "ladder/plan.h"
#include "ladder/remark_text.h"

#define REMARK_MAX 512 /* octets of a remark's text */

/* How many octets of text fit in `columns`, broken at a space where there is one. */
static size_t break_at(const char *text, unsigned columns)
{
	size_t at = 0, space = 0;
	unsigned used = 0;

	while (text[at] != '\0' && used < columns) {
		if (text[at] == ' ')
			space = at;
		at++;
		while (((unsigned char)text[at] & 0xc0) == 0x80)
			at++;
		used++;
	}
	if (text[at] == '\0' || text[at] == ' ' || space == 0)
		return at;
	return space;
}

/* Where remarks begin, in UTF-8 or in ASCII, whichever leaves less room. */
unsigned builder_remark_indent(const struct tcphs_ladder *ladder)
{
	unsigned width = ladder->options.wrap, most = 0;

	for (int ascii = 0; ascii < 2 && width > 0; ascii++) {
		struct ladder_plan plan = ladder_plan_for(ladder, width, ascii);
		unsigned indent = ladder_plan_indent(&plan);

		most = indent > most ? indent : most;
	}
	return most;
}

void builder_remark(struct builder *builder, size_t diagnosis, size_t row)
{
	const struct tcphs_ladder_options *options = &builder->ladder->options;
	unsigned indent = builder->indent + 2;
	char text[REMARK_MAX];
	size_t at = 0;

	remark_text(builder->analysis, &builder->analysis->diagnosis[diagnosis], !options->raw,
	            text, sizeof(text));
	do {
		struct tcphs_line *line = builder_line(builder, TCPHS_LINE_REMARK, row);
		unsigned columns = UINT16_MAX;
		size_t code = 0;

		if (line == NULL)
			return;
		line->more = at > 0;
		line->diagnosis = (uint32_t)diagnosis;
		if (at == 0)
			code = strlen(tcphs_code_info(builder->analysis->diagnosis[diagnosis].code)
			                  ->name) +
			       2;
		if (options->wrap > 0)
			columns = options->wrap > indent + code + 8
			              ? options->wrap - indent - (unsigned)code
			              : 8;
		line->text_at = (uint16_t)at;
		line->text_length = (uint16_t)break_at(text + at, columns);
		at += line->text_length;
		while (text[at] == ' ')
			at++;
	} while (text[at] != '\0');
}

bool builder_is_loose(const struct builder *builder, size_t diagnosis)
{
	const struct tcphs_diagnosis *d = &builder->analysis->diagnosis[diagnosis];

	return d->row >= builder->analysis->rows && d->packet != 0;
}

/* Those that came before the row `next`; diagnoses are in the order of packets. */
void builder_loose_remarks(struct builder *builder, size_t next)
{
	const struct tcphs_analysis *analysis = builder->analysis;

	for (; builder->loose < analysis->diagnoses && !builder->failed; builder->loose++) {
		if (!builder_is_loose(builder, builder->loose))
			continue;
		if (next < analysis->rows &&
		    analysis->diagnosis[builder->loose].packet > analysis->row[next].packet)
			return;
		builder_remark(builder, builder->loose, next - 1);
	}
}
