/* SPDX-License-Identifier: BSD-3-Clause */
/* Counts of connections by how they went, and the lines that say them. */
#ifndef CLI_SUMMARY_H
#define CLI_SUMMARY_H

#include "cli/run.h"

struct summary {
	uint64_t connections;
	uint64_t open[TCPHS_OPEN_COUNT], close[TCPHS_CLOSE_COUNT];
	uint64_t code[TCPHS_CODE_COUNT], severity[TCPHS_SEVERITY_COUNT];
	uint64_t clean; /* connections without a diagnosis of warning or worse */
};

void summary_count(struct summary *summary, const struct tcphs_analysis *analysis);
/* Adds what `other` counted. */
void summary_join(struct summary *summary, const struct summary *other);
/* "42 connections: 35 three-way, 4 refused …; 2 with errors, 3 with warnings" */
void summary_print(const struct summary *summary, struct run *run);
/* The summary/1 record. */
void summary_record(const struct summary *summary, struct run *run);

#endif
