/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What `tcphs stats` counts: fixed memory, and next to nothing for each connection, so that
 * ten million of them take no longer than their analysis.
 */
#ifndef CLI_STATS_H
#define CLI_STATS_H

#include "cli/summary.h"
#include "cli/times.h"
#include "cli/top.h"

#include "base/text.h"

enum { SYN_RTX_MAX = 6 }; /* the last one: that many or more */

struct stats {
	struct summary summary;
	struct times handshake;
	uint64_t syn_rtx[SYN_RTX_MAX + 1]; /* connections by how often their SYN was repeated */
	uint64_t syn_rtx_total, bytes;
	int64_t first, last; /* ns; of connections */
	struct top refusing, unanswering, resetting, talking;
};

struct stats *stats_new(void); /* NULL if memory is exhausted; free() frees it */
void stats_add(struct stats *stats, const struct tcphs_analysis *analysis);
/* Adds what `other` counted, of other connections. */
void stats_join(struct stats *stats, const struct stats *other);

void stats_print_text(const struct stats *stats, struct run *run);
void stats_print_json(const struct stats *stats, struct run *run);

/* stats_source.c: what the capture says of itself */
void stats_source_text(struct text *text, const struct tcphs_source *source);
void stats_source_json(struct stream *out, const struct tcphs_source *source);

#endif
