/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * When the capture is over, a second thread summarises connections while the first consumes
 * them. Both make summaries: the second as far ahead as the ring allows, the first whenever
 * the one that it wants next is still in the making.
 */
#ifndef TRACK_PREPARE_H
#define TRACK_PREPARE_H

#include "track/tracker.h"

struct prepared;

/* For all connections of a tracker that doesn't change any more; NULL if there is no thread or
 * memory to be had, and then everyone summarises himself. */
struct prepared *prepare_start(const struct tcphs_tracker *tracker);
/* The summary of connection `index`, which must not be before those taken earlier; borrowed until
 * the next call. NULL if it was not prepared: it failed, or `index` was not the next. */
struct tcphs_analysis *prepare_take(struct prepared *prepared, size_t index);
void prepare_stop(struct prepared *prepared);

#endif
