/* SPDX-License-Identifier: BSD-3-Clause */
/* Arrivals at an endpoint: assumed, withdrawn when they are contradicted, proven. */
#ifndef MODEL_ARRIVE_H
#define MODEL_ARRIVE_H

#include "model/infer.h"

/* `event` arrives at Y, at the row of event `at` (NO_EVENT: after the last). */
void arrive(struct infer *in, int y, uint32_t event, uint32_t at);
/* The first `count` pending segments do. */
void arrive_pending(struct infer *in, int y, size_t count, uint32_t at);
/* If arrival `which` at X is a RST that is not from Y, what came behind it came all the same: it
 * alone is void. False: it is not. */
bool arrive_void(struct infer *in, int x, size_t which);
/* Moves the arrivals from entry `first` on back to the pending queue, ahead of what waits
 * there. What X sent in between stays. */
void arrive_withdraw(struct infer *in, int x, size_t first);
/* The pending segments that X's segment i shows to have arrived do so before it departs. */
void arrive_if_acknowledged(struct infer *in, int x, uint32_t i);
/* X's segment i acknowledges a FIN that was captured, but not all before it: they had come. */
void arrive_across(struct infer *in, int x, uint32_t i);
/* The index behind the last unproven arrival at X that p proves: what it acknowledges, and the
 * ACK that completed the open if p shows X synchronized. All before it are proven as well. */
size_t arrive_provable(const struct infer *in, int x, const struct event *p);
/* Marks the arrivals before index `last` as proven by event i: from its row on, never before. */
void arrive_prove(struct log *log, size_t last, uint32_t i);

#endif
