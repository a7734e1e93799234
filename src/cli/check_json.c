/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs check --json: diagnosis/1 records and one summary/1. */
#include "cli/check_form.h"

static void add_connection(struct run *run, const struct tcphs_analysis *analysis)
{
	for (size_t i = 0; i < analysis->diagnoses; i++)
		record_diagnosis(&run->record, analysis, i);
}

static void add_finding(struct run *run, const struct tcphs_isn_finding *finding, bool first)
{
	(void)first;
	record_finding(&run->record, finding);
}

static void add_end(struct run *run, const struct summary *summary, uint64_t troubled)
{
	(void)troubled;
	summary_record(summary, run);
}

const struct check_form check_json = {
    .connection = add_connection,
    .finding = add_finding,
    .end = add_end,
};
