/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/prepare.h"

#include "base/thread.h"
#include "track/halves.h"

#include <pthread.h>
#include <stdlib.h>

#define BLOCK 64     /* connections that one thread takes at once */
#define BLOCKS 8     /* in the ring: half a megabyte */

struct block {
	size_t made; /* its number + 1, once it is made */
	size_t good; /* those before are summaries */
	struct tcphs_analysis summary[BLOCK];
};

struct prepared {
	const struct tcphs_tracker *tracker;
	size_t count;           /* of connections */
	size_t blocks, claimed; /* those claimed are made, or in the making */
	size_t taken;           /* the block that is being consumed */
	bool reached;           /* and that is made */
	bool stop;
	struct analyst analyst[2]; /* of the second thread and of the first */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t made, room;
	struct block block[BLOCKS];
};

static void make(struct prepared *p, struct analyst *analyst, size_t number)
{
	struct block *block = &p->block[number % BLOCKS];
	size_t first = number * BLOCK, count = p->count - first < BLOCK ? p->count - first : BLOCK;

	for (block->good = 0; block->good < count; block->good++) {
		size_t index = first + block->good;
		struct spot spot = tracker_spot(p->tracker, index);

		spot_fetch_ahead(p->tracker, index, p->count);
		if (!tracker_analyse_slot(spot.tracker, analyst, spot.slot, false, &block->summary[block->good]))
			break;
	}
}

/* Claims a block and makes it, with the lock given up meanwhile; false: there is none, or no room. */
static bool make_one(struct prepared *p, struct analyst *analyst)
{
	size_t number = p->claimed;

	if (number == p->blocks || number >= p->taken + BLOCKS)
		return false;
	p->claimed++;
	pthread_mutex_unlock(&p->lock);
	make(p, analyst, number);
	pthread_mutex_lock(&p->lock);
	p->block[number % BLOCKS].made = number + 1;
	pthread_cond_signal(&p->made);
	return true;
}

static void *run(void *context)
{
	struct prepared *p = context;

	pthread_mutex_lock(&p->lock);
	while (!p->stop && p->claimed < p->blocks)
		if (!make_one(p, &p->analyst[0]))
			pthread_cond_wait(&p->room, &p->lock);
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

/* Waits for the block, making others meanwhile. */
static void reach(struct prepared *p, size_t number)
{
	pthread_mutex_lock(&p->lock);
	p->taken = number;
	p->reached = true;
	pthread_cond_signal(&p->room);
	while (p->block[number % BLOCKS].made != number + 1)
		if (!make_one(p, &p->analyst[1]))
			pthread_cond_wait(&p->made, &p->lock);
	pthread_mutex_unlock(&p->lock);
}

struct tcphs_analysis *prepare_take(struct prepared *p, size_t index)
{
	size_t number = index / BLOCK, at = index % BLOCK;
	struct block *block = &p->block[number % BLOCKS];

	if (index >= p->count || number < p->taken || number > p->taken + 1)
		return NULL;
	if (!p->reached || number != p->taken)
		reach(p, number);
	if (at >= block->good)
		return NULL;
	if (at + 1 < block->good) /* the other thread has written it: it is in no cache of ours */
		fetch_lines(&block->summary[at + 1], sizeof(block->summary[at]) / CACHE_LINE);
	return &block->summary[at];
}

struct prepared *prepare_start(const struct tcphs_tracker *tracker)
{
	struct prepared *p = calloc(1, sizeof(*p));

	if (p == NULL)
		return NULL;
	p->tracker = tracker;
	p->count = tcphs_tracker_count(tracker);
	p->blocks = (p->count + BLOCK - 1) / BLOCK;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->made, NULL);
	pthread_cond_init(&p->room, NULL);
	if (!thread_start(&p->thread, run, p)) {
		free(p);
		return NULL;
	}
	return p;
}

void prepare_stop(struct prepared *p)
{
	if (p == NULL)
		return;
	pthread_mutex_lock(&p->lock);
	p->stop = true;
	pthread_cond_signal(&p->room);
	pthread_mutex_unlock(&p->lock);
	pthread_join(p->thread, NULL);
	pthread_cond_destroy(&p->made);
	pthread_cond_destroy(&p->room);
	pthread_mutex_destroy(&p->lock);
	for (size_t i = 0; i < BLOCKS; i++)
		for (size_t k = 0; k < BLOCK; k++)
			tcphs_analysis_free(&p->block[i].summary[k]);
	for (size_t i = 0; i < 2; i++)
		analyst_free(&p->analyst[i]);
	free(p);
}
