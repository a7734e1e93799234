/* SPDX-License-Identifier: BSD-3-Clause */
/* What holds of every analysis, whatever was captured. Each ends the run where it does not. */
#ifndef FUZZ_INVARIANTS_H
#define FUZZ_INVARIANTS_H

#include "reading.h"

/* The counters of the decoder and the tracker against each other and what was read. */
void check_counters(const struct reading *reading);
/* States only along the table's rows, in the public rows and in the log behind them; indices
 * within their arrays; numbers that add up. `tracker` has just made the analysis. */
void check_analysis(const struct tcphs_tracker *tracker, const struct tcphs_analysis *analysis);
/* Each TCP packet is a row of exactly one connection, or was counted as skipped. `reading`
 * kept all. */
void check_each_packet_once(const struct reading *reading, const struct talk *talk,
                            const struct tcphs_decode_options *decode);

#endif
