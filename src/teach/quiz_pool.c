/* SPDX-License-Identifier: BSD-3-Clause */
#include "teach/quiz_pool.h"

#include <stdlib.h>

static bool make_room(struct quiz_pool *pool)
{
	const size_t room = pool->room == 0 ? 256 : pool->room * 2;
	struct quiz_question *question;
	uint64_t *connection;

	if (pool->count + QUIZ_PER_ROW <= pool->room)
		return true;
	question = realloc(pool->question, room * sizeof(*question));
	if (question != NULL)
		pool->question = question;
	connection = realloc(pool->connection, room * sizeof(*connection));
	if (connection != NULL)
		pool->connection = connection;
	if (question == NULL || connection == NULL)
		return false;
	pool->room = room;
	return true;
}

bool quiz_pool_is_full(const struct quiz_pool *pool)
{
	return pool->count >= QUIZ_POOL_MOST;
}

bool quiz_pool_add(struct quiz_pool *pool, const struct tcphs_analysis *analysis,
                   uint64_t connection)
{
	for (uint32_t row = 0; row < analysis->rows && !quiz_pool_is_full(pool); row++) {
		size_t count;

		if (!make_room(pool))
			return false;
		count = quiz_questions(analysis, row, pool->question + pool->count);
		for (size_t i = 0; i < count; i++)
			pool->connection[pool->count + i] = connection;
		pool->count += count;
	}
	return true;
}

void quiz_pool_choose(struct quiz_pool *pool, uint64_t count, uint64_t seed)
{
	if (count == 0)
		count = QUIZ_USUAL;
	pool->count = quiz_choose(pool->question, pool->connection, pool->count,
	                          count < SIZE_MAX ? (size_t)count : SIZE_MAX, seed);
}

void quiz_pool_free(struct quiz_pool *pool)
{
	free(pool->question);
	free(pool->connection);
	*pool = (struct quiz_pool){0};
}
