/* SPDX-License-Identifier: BSD-3-Clause */
/* The incarnations of a 4-tuple among which a segment is, newest first. */
#ifndef TRACK_CANDIDATES_H
#define TRACK_CANDIDATES_H

#include "track/tracker.h"

#define CANDIDATES 8 /* incarnations looked at */

struct candidates {
	uint32_t slot[CANDIDATES];
	int side[CANDIDATES];
	unsigned count;
};

static inline bool hot_spoke(const struct hot *hot, int side)
{
	return (hot->flags & HOT_SIDE(HOT_SPOKE_0, side)) != 0;
}

static inline bool hot_called(const struct hot *hot, int side) /* sent a bare SYN */
{
	return (hot->flags & HOT_SIDE(HOT_SYN_0, side)) != 0;
}

static inline bool hot_answered(const struct hot *hot, int side) /* sent a SYN-ACK */
{
	return (hot->flags & HOT_SIDE(HOT_SYNACK_0, side)) != 0;
}

/* Those of its chain that are in its encapsulation, or one that it answers in another. */
void candidates_find(struct tcphs_tracker *t, const struct tcphs_segment *s, uint32_t head,
                     struct candidates *found);
/* The ISN of a side that sent a SYN; its first event of that kind tells. */
bool candidate_isn(const struct tcphs_tracker *t, const struct hot *hot, int side, uint32_t *isn,
                   uint32_t *data);

/* previous.c: what one incarnation proves about another. */

/* A new one begins. NO_SLOT: memory is exhausted. */
uint32_t incarnation_begin(struct tcphs_tracker *t, const struct tcphs_segment *s, uint32_t tag,
                           uint32_t head, const struct candidates *found);
/* An older incarnation was chosen, or the newest was answered: tell the others. */
void incarnation_tell(struct tcphs_tracker *t, const struct tcphs_segment *s,
                      const struct candidates *found, unsigned choice);

#endif
