/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where every segment is kept, a connection is judged as if it had been folded: its summary and
 * its diagnoses are those of the folded reading, so that nothing depends on how much is kept.
 * What is added are the rows. Their states are those of the whole reading where both readings
 * agree, which on a recording they do; a crafted segment that goes back into a run can make the
 * whole reading say more than the sums of the run, and then the run's states are its rows' states.
 */
#ifndef TRACK_WHOLE_H
#define TRACK_WHOLE_H

#include "track/store.h"

struct whole {
	struct event *event;
	uint32_t *to; /* index of each event among the folded ones */
	struct note *note;
	struct place *place, *moving;
	struct tcphs_row *row;
	size_t room, note_room, row_room;
	struct tcphs_analysis folded;
};

/* A connection with segments that folding would not have kept. */
bool whole_needed(const struct cold *cold);
/* The cold part as folding would have left it, in *folded and *more: borrowed from `whole`, and
 * to be read only. False if memory is exhausted. */
bool whole_fold(struct whole *whole, const struct cold *cold, struct cold *folded,
                struct more *more);
/* Brings the rows of the whole reading into agreement with those of whole->folded; false if
 * memory is exhausted. */
bool whole_agree(struct whole *whole, struct tcphs_analysis *out);
void whole_free(struct whole *whole);

#endif
