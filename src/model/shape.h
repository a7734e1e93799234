/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Connections of one shape have one reading. Where every number follows from the ones before
 * (each segment starts where its sender's last one ended, acknowledges all or all but data, and
 * keeps to the window), the states, the kinds and the diagnoses depend on the sequence of
 * control bits alone. So a capture of a million ordinary connections is read a few hundred
 * times, and looked up otherwise. Times, numbers and counts are each connection's own.
 */
#ifndef MODEL_SHAPE_H
#define MODEL_SHAPE_H

#include "model/reach.h"

#include <stdbool.h>
#include <stdint.h>

#define SHAPE_EVENTS    16
#define SHAPE_DIAGNOSES 4
#define SHAPES          512

struct model;

struct shape_key {
	uint16_t code[SHAPE_EVENTS]; /* one an event, 0 behind the last */
};

struct shape {
	struct shape_key key;
	bool known;
	uint8_t client;
	uint8_t open_kind, close_kind, initiator;
	bool open_complete, close_complete;
	uint8_t state[2];
	bool certain[2], passed[2], next_known[2];
	uint32_t syn[2], synack[2], good_synack, third, fin[2], fin_ack[2], rst, first_ack[2];
	uint8_t diagnoses;
	uint16_t code[SHAPE_DIAGNOSES];
	uint32_t at[SHAPE_DIAGNOSES];
};

/* What each side's numbers came to. */
struct shape_sums {
	uint32_t nxt[2]; /* the last one */
	struct reach_sum sent[2];
};

/* Derives the key of the connection in model->in; false if it has no shape. */
bool shape_key(const struct model *model, struct shape_key *key, struct shape_sums *sums);
/* The reading of that shape, or NULL. */
const struct shape *shape_find(const struct model *model, const struct shape_key *key);
/* Fills the model's facts, the connection and its diagnoses from a reading. */
void shape_apply(struct model *model, const struct shape *shape, const struct shape_sums *sums);
/* Remembers the reading that the model has just made, if it depends on the shape alone. */
void shape_remember(struct model *model, const struct shape_key *key);

#endif
