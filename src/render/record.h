/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The JSON records of tcphs-json(5), one line each: the contract with programs. Keys come in
 * the manual's order, null stands where a value is not known.
 *
 * Hand-written, since a million connections must cost little more than their analysis.
 */
#ifndef RENDER_RECORD_H
#define RENDER_RECORD_H

#include "base/stream.h"

#include <tcphs/codes.h>
#include <tcphs/connection.h>
#include <tcphs/decode.h>
#include <tcphs/isn.h>
#include <tcphs/render.h>
#include <tcphs/source.h>

struct record_context {
	struct stream *out;
	const struct tcphs_source *source; /* with `pairs`: names packets [capture, number] */
	bool pairs;                        /* several captures */
	bool live;                         /* connection/1 says why it is final */
	bool notes; /* segment/1 has the interface and the comment that `source` knows */
	const char *(*encapsulation)(void *context, uint32_t id); /* NULL: not known */
	void *context;
};

void record_connection(const struct record_context *record, const struct tcphs_analysis *analysis);
void record_segment(const struct record_context *record, const struct tcphs_analysis *analysis,
                    size_t index);
/* connection/1 and its segment/1 records. */
void record_ladder(const struct record_context *record, const struct tcphs_analysis *analysis);
void record_diagnosis(const struct record_context *record, const struct tcphs_analysis *analysis,
                      size_t index);

/* A diagnosis about a host, over several connections: `connection` is null. */
void record_finding(const struct record_context *record, const struct tcphs_isn_finding *finding);

/* What a run saw and what it skipped. */
struct record_counts {
	uint64_t packets, segments, connections, copies, remarks, remarks_lost, evicted, dropped;
	uint64_t open[TCPHS_OPEN_COUNT], close[TCPHS_CLOSE_COUNT];
	uint64_t code[TCPHS_CODE_COUNT], severity[TCPHS_SEVERITY_COUNT];
	uint64_t skipped[TCPHS_SKIP_COUNT];
};
void record_summary(const struct record_context *record, const struct record_counts *counts);

/* ,"skipped":{"not_tcp":17,…}: a part of summary/1 and of stats/1. */
void record_skipped(const struct record_context *record, const struct record_counts *counts);
/* A packet's number, or [capture, number]; 0 gives null. */
void record_packet(const struct record_context *record, uint64_t packet);

/* The formats made of them; their ladder() looks at the analysis alone. */
extern const struct tcphs_format json_format;
extern const struct tcphs_format csv_format;

#endif
