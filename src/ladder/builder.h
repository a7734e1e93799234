/* SPDX-License-Identifier: BSD-3-Clause */
/* A ladder while its lines are made. */
#ifndef LADDER_BUILDER_H
#define LADDER_BUILDER_H

#include <tcphs/ladder.h>

struct builder {
	struct tcphs_ladder *ladder;
	const struct tcphs_analysis *analysis;
	size_t room;
	unsigned indent; /* of remarks, when they are wrapped */
	int64_t usual_gap;
	size_t loose; /* the next diagnosis that may be on a packet without a row */
	bool failed;
	/* The diagnoses syn-retx of each side: how many, and the last one. */
	uint32_t syns_again[2];
	size_t last_again[2];
};

/* A line more, about `row`; NULL, and it has failed: memory is exhausted. */
struct tcphs_line *builder_line(struct builder *builder, enum tcphs_line_kind kind, size_t row);
/* The columns before a remark's text, in UTF-8 or in ASCII, whichever leaves less room. */
unsigned builder_remark_indent(const struct tcphs_ladder *ladder);
/* The lines of a diagnosis, under `row`. */
void builder_remark(struct builder *builder, size_t diagnosis, size_t row);
/* Is it about a packet that is no row? */
bool builder_is_loose(const struct builder *builder, size_t diagnosis);
/* Those that came before the row `next`; diagnoses are in the order of packets. */
void builder_loose_remarks(struct builder *builder, size_t next);

#endif
