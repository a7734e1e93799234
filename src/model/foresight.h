/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef MODEL_FORESIGHT_H
#define MODEL_FORESIGHT_H

#include "model/infer.h"

/* The ACK field of event i covers only what its peer sent, as far as the capture shows. */
bool foresee_ack_valid(const struct infer *infer, uint32_t i);
/* Event i is of a listener X that sends its SYN-ACK only later, with other numbers. */
bool foresee_own_synack(const struct infer *infer, int x, uint32_t i);
/* Event i is a SYN-ACK of X that answers nothing, and X sends a true one later. */
bool foresee_true_synack(const struct infer *infer, int x, uint32_t i);
/* The first event is the bare ACK of a split open, whose SYN comes later. */
bool foresee_split(const struct infer *infer);
/* The event that repeats a FIN which X must have sent before event i; NO_EVENT if none does. */
uint32_t foresee_fin(const struct infer *infer, int x, uint32_t i);

#endif
