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

/* The format by --json, --format or the ending of -o's FILE, else text (or ascii), of those
 * that `fits` accepts. NULL and the error if there is no such format. */
const struct tcphs_format *ladders_format(const struct options *options, bool utf8,
                                          bool (*fits)(const struct tcphs_format *format),
                                          struct tcphs_error *error);
/* For `fits`: every format has ladders. */
bool ladders_any_format(const struct tcphs_format *format);
/* Begins a document in run->output; what all formats want to know is filled into *options.
 * False after an error, which it has said. */
bool document_begin(struct run *run, const struct tcphs_format *format,
                    struct tcphs_render_options *options, struct tcphs_sink *sink, void **state);
/* Says what a format reports; if nobody reads any more the output says nothing either. Returns
 * false. */
bool document_failed(struct run *run, const struct tcphs_error *error);
/* False after an error, which it has said. Close it also then. */
bool ladders_begin(struct ladders *ladders, struct run *run, const struct tcphs_format *format);
bool ladders_add(struct ladders *ladders, struct run *run, const struct tcphs_analysis *analysis);
void ladders_end(struct ladders *ladders, struct run *run);

#endif
