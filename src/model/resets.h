/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef MODEL_RESETS_H
#define MODEL_RESETS_H

#include "model/infer.h"

/* Event i, a RST, departs from X. */
void reset_depart(struct infer *in, int x, uint32_t i);
/* X did not send the RSTs in its name (contradiction (g)): it had not ended. */
void reset_withdraw(struct infer *in, int x);

#endif
