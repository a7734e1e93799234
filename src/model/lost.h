/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef MODEL_LOST_H
#define MODEL_LOST_H

#include "model/infer.h"

/* From the first SYN to the third segment, INT64_MAX if not both are there: no way there and back
 * took longer. */
int64_t lost_open_time(const struct infer *infer);

/* Event i repeats what Y did not have when it must have been there: that one was lost, and what
 * arrives is the repetition. Of what was never missed the ACK may have been lost. */
void lost_drop(struct infer *infer, int y, uint32_t i);

#endif
