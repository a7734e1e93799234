/* SPDX-License-Identifier: BSD-3-Clause */
/* The text of `tcphs check`: one group of lines a connection. */
#ifndef CLI_CHECK_TEXT_H
#define CLI_CHECK_TEXT_H

#include "cli/summary.h"

#include <tcphs/isn.h>

/* Nothing if it has no diagnosis. */
void check_text_connection(struct run *run, const struct tcphs_analysis *analysis);
void check_text_finding(struct run *run, const struct tcphs_isn_finding *finding, bool first);
/* What was found and what was skipped. */
void check_text_end(struct run *run, const struct summary *summary, uint64_t troubled);

#endif
