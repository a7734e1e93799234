/* SPDX-License-Identifier: BSD-3-Clause */
/* What infer.c and arrive.c do with an endpoint's log of departures and arrivals. */
#ifndef MODEL_INFER_LOG_H
#define MODEL_INFER_LOG_H

#include "model/infer.h"

#define BASE_DISTANCE 64 /* unsettled entries that are kept for refolding */

/* Doubles *room elements of `size` octets. False, and in->failed, if memory is exhausted. */
bool infer_grow(struct infer *in, void **memory, size_t *room, size_t size);
/* A new entry at the end of side x's log, not yet folded in; NULL if memory is exhausted. */
struct entry *infer_append(struct infer *in, int x, enum entry_kind kind, uint32_t event,
                           uint32_t at);
/* Folds X's log again from its base. */
void infer_refold(struct infer *in, int x);
/* X was CLOSED before its first entry: it refused, or called as well. */
void infer_forget(struct infer *in, int x);

#endif
