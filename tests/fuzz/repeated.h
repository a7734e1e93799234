/* SPDX-License-Identifier: BSD-3-Clause */
/* A capture that holds a conversation once or thousands of times, and comes as a file or a pipe. */
#ifndef FUZZ_REPEATED_H
#define FUZZ_REPEATED_H

#include "conversation.h"

/* `times` times (few thousand packets in all), each by other clients and so many ns later. The
 * talk is changed. The descriptor, at its start. */
int repeated_file(struct talk *talk, enum talk_form form, uint32_t times, int64_t later);
/* As much of `file` as the pipe takes; at its end *feeder is closed and -1. */
void repeated_feed(int file, int *feeder);

#endif
