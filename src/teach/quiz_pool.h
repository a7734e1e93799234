/* SPDX-License-Identifier: BSD-3-Clause */
/* All the questions that a capture allows, and the few of them that are asked. */
#ifndef TEACH_QUIZ_POOL_H
#define TEACH_QUIZ_POOL_H

#include "teach/quiz.h"

enum {
	QUIZ_USUAL = 10,        /* are asked if nobody says how many */
	QUIZ_POOL_MOST = 100000 /* are collected at most; some of them are chosen */
};

struct quiz_pool {
	struct quiz_question *question;
	uint64_t *connection; /* of each question: what the caller knows it by */
	size_t count, room;
};

/* Adds what can be asked about a connection. False if memory is exhausted. */
bool quiz_pool_add(struct quiz_pool *pool, const struct tcphs_analysis *analysis,
                   uint64_t connection);
bool quiz_pool_is_full(const struct quiz_pool *pool);
/* Leaves the chosen ones, in the order of the capture; 0 stands for the usual count. */
void quiz_pool_choose(struct quiz_pool *pool, uint64_t count, uint64_t seed);
void quiz_pool_free(struct quiz_pool *pool);

#endif
