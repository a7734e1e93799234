/* SPDX-License-Identifier: BSD-3-Clause */
/* Where the columns of a ladder stand for a width: the same for all of its lines. */
#ifndef LADDER_PLAN_H
#define LADDER_PLAN_H

#include <tcphs/ladder.h>

/*
 *  name  ┌  #12   11.198   ESTABLISHED  ├── label ──▶│  ESTABLISHED ?
 *  margin bracket packet time gap state[0]  arrow     gap state[1]
 */
struct ladder_plan {
	unsigned margin;  /* names of the brackets, 0: none */
	unsigned bracket; /* 1 or 2 */
	unsigned packet;  /* 0: none */
	unsigned time;    /* 0: none */
	unsigned gap[2];  /* before state[0], before state[1] */
	unsigned state[2];
	unsigned arrow;    /* between the lifelines */
	bool brief;        /* "0 ack 1" instead of "seq 0 ack 1" */
	bool short_states; /* "ESTAB" */
	bool tight;        /* "ESTAB?" instead of "ESTAB ?" */
	bool detail;       /* there is room for windows and options */
};

struct ladder_plan ladder_plan_for(const struct tcphs_ladder *ladder, unsigned width, bool ascii);
/* Columns before the first state: where remarks begin. */
unsigned ladder_plan_indent(const struct ladder_plan *plan);
/* "ESTAB" for "ESTABLISHED". */
const char *state_short_name(enum tcphs_state state);
/* Fills the columns' needs of *ladder from its rows. */
void ladder_measure(struct tcphs_ladder *ladder);

#endif
