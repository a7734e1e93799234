/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The walk of the checks of the group "sequence" (check_sequence.c): event by event, with what both
 * senders have said so far. check_numbers.c looks at what the sender sends, check_acks.c at what it
 * acknowledges and grants.
 */
#ifndef MODEL_WALK_H
#define MODEL_WALK_H

#include "model/model.h"

#define WALK_HOLES 8

struct sender {
	bool isn_known, nxt_known, ack_known, edge_known, edge_of_syn, window_known, fin_known,
	    challenged, probed, fin_again;
	bool asked_window; /* what probed it asked for the window */
	bool probe_known;  /* what it sent at `probe` may have asked, not told */
	bool gap;          /* the capture lacks some of its segments */
	bool ran;          /* some are folded: not each window is known */
	uint32_t isn, first, nxt, ack, edge, window, fin_end, fin_ack, unseen, probe;
	uint32_t widest; /* window that it announced */
	int64_t fin_time;
	uint32_t hole[WALK_HOLES][2];
	unsigned holes;
};

struct walk {
	struct model *m;
	struct sender side[2];
	uint32_t i;
	const struct event *p;
	struct sender *x, *y; /* sender, receiver */
	size_t unseen[2];     /* by side, how far ACK_UNSEEN was looked for */
};

struct said { /* what a sender had said before the segment looked at */
	uint32_t nxt, ack, window;
	bool ack_known;
};

/* check_numbers.c: NXT goes on. */
void walk_numbers(struct walk *walk);
/* NXT of x goes past a probe, if `number` is the one behind it. */
void walk_past_probe(struct sender *x, uint32_t number);
/* The octets [from, to) lie below NXT: sent again, or late. */
void walk_repeat(struct walk *walk, uint32_t from, uint32_t to);

/* check_acks.c: ACK goes on; EDGE does, for the ACK that it stands beside. */
void walk_ack(struct walk *walk);
void walk_window(struct walk *walk);
/* Data that was sent before its sender was synchronized. */
void walk_early_data(struct walk *walk);
/* `before`: as the sender was before this segment. */
void walk_answer(struct walk *walk, const struct said *before);

#endif
