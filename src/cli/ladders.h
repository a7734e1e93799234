/* SPDX-License-Identifier: BSD-3-Clause */
/* Ladders of a run's connections as a document in one of the formats. */
#ifndef CLI_LADDERS_H
#define CLI_LADDERS_H

#include "cli/run.h"

#include <tcphs/ladder.h>
#include <tcphs/render.h>

struct ladders {
	const struct tcphs_format *format;
	void *state;
	struct tcphs_ladder ladder;
	struct tcphs_ladder_options options;
	struct tcphs_redaction *redaction; /* --redact, else NULL */
	struct tcphs_sink sink;
	bool begun;
};

/* The format by --json, --format or the ending of -o's FILE, else text (or ascii). NULL and
 * the error if there is no such format. */
const struct tcphs_format *ladders_format(const struct options *options, bool utf8,
                                          struct tcphs_error *error);
/* False after an error, which it has said. Close it also then. */
bool ladders_begin(struct ladders *ladders, struct run *run, const struct tcphs_format *format);
bool ladders_add(struct ladders *ladders, struct run *run, const struct tcphs_analysis *analysis);
void ladders_end(struct ladders *ladders, struct run *run);

#endif
