/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A connection that is one SYN and nothing more, of which a flood makes millions. What its SYN
 * said is in the hot record (struct lone_syn); SYNs that say the same, but for who sends them and
 * when, are summarised alike: the last summary is kept and filled in anew.
 */
#ifndef TRACK_LONE_H
#define TRACK_LONE_H

#include "track/store.h"

#include <tcphs/connection.h>

struct tcphs_tracker;
struct incoming;

#define LONE_DIAGNOSES 4u

/* What a summary depends on. */
struct lone_kind {
	uint16_t present, mss, bits, window;
	uint8_t wscale, tfo_length, final, known;
	uint16_t v6; /* the default MSS is another one */
};

struct lone {
	struct lone_kind kind;
	uint64_t words; /* of the last SYN of that kind: from lone_syn.present to tfo_length */
	struct tcphs_connection connection;
	struct tcphs_diagnosis diagnosis[LONE_DIAGNOSES];
	size_t diagnoses;
	bool lasting; /* who is given a summary leaves it as it is until the next */
	const struct tcphs_analysis *filled; /* it holds one of this kind; NULL: that isn't sure */
};

/* A first SYN without data or anything odd needs no cold part: keeps it in the hot one; false if it
 * is anything else. */
bool lone_keep(const struct tcphs_tracker *tracker, const struct incoming *incoming);
/* The SYN as the model wants it; *event is borrowed by *input. */
void lone_input(const struct hot *hot, struct model_input *input, struct event *event);
/* Keeps the summary *out of the lone SYN, which is not from an endpoint to itself. */
void lone_remember(struct lone *lone, const struct hot *hot, const struct tcphs_analysis *out);
/* False: nothing of its kind is known. */
bool lone_recall(const struct tcphs_tracker *tracker, struct lone *lone, const struct hot *hot,
                 uint32_t slot, struct tcphs_analysis *out);

#endif
