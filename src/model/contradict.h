/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef MODEL_CONTRADICT_H
#define MODEL_CONTRADICT_H

#include "model/infer.h"

/* The index in X's log, from `from` on, of the first arrival that its segment p disproves, or
 * the log's count. */
size_t contradicted(const struct infer *in, int x, uint32_t i, size_t from);

/* Whether its segment i disproves that a RST in X's name was X's own. */
bool contradicted_reset(const struct infer *in, int x, uint32_t i);

#endif
