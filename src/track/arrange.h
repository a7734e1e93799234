/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A copy of a connection's events and notes as the model wants them: in the order of time where
 * the capture was in disorder, with the run that is still open, and without the drops for bad
 * checksums where most of a side's are bad.
 */
#ifndef TRACK_ARRANGE_H
#define TRACK_ARRANGE_H

#include "track/store.h"

struct tcphs_tracker;

struct arranged {
	struct event *event, *sorted;
	struct note *note;
	struct tcphs_options *options;
	uint32_t *from; /* where each event was */
	uint32_t *to;
	size_t room, note_room, options_room;
};

bool arrange_needed(const struct hot *hot, const struct cold *cold);
/* Fills in->event, note and options from the copy, which is valid until the next call; false if
 * memory is exhausted. */
bool arrange(struct arranged *arranged, const struct tcphs_tracker *tracker, uint32_t slot,
	     const struct cold *cold, struct model_input *in);
/* What it holds, not `arranged` itself. */
void arrange_free(struct arranged *arranged);

#endif
