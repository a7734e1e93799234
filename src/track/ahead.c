/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/ahead.h"

#include "track/thread.h"

#include <pthread.h>
#include <stdlib.h>

#define BATCHES 8 /* in the ring: about 380 KiB, which stays in the second-level cache */

struct ahead {
	struct tcphs_source *source;
	struct tcphs_decoder *decoder;
	struct tcphs_tracker *tracker; /* whose key is in the digests, and whose spares it makes */
	uint64_t left; /* packets that may still be read */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t filled, emptied;
	unsigned written, taken; /* batches ever; written - taken are in the ring */
	bool stop;
	struct tcphs_packet packet[AHEAD_PACKETS];
	struct ahead_batch batch[BATCHES];
};

static void fill(struct ahead *a, struct ahead_batch *batch)
{
	size_t wanted = a->left < AHEAD_PACKETS ? (size_t)a->left : AHEAD_PACKETS;

	batch->packets = batch->segments = 0;
	batch->error.status = TCPHS_OK;
	batch->error.text[0] = '\0';
	if (wanted == 0) {
		batch->state = TCPHS_SOURCE_END;
		return;
	}
	batch->state = tcphs_source_read(a->source, a->packet, wanted, &batch->packets, &batch->error);
	batch->segments = tcphs_decode(a->decoder, a->packet, batch->packets, batch->segment);
	digest_segments(a->tracker->key, batch->segment, batch->segments, batch->digest);
	a->left -= batch->packets;
	tcphs_source_progress(a->source, &batch->done, &batch->total);
}

static bool wait_for_room(struct ahead *a)
{
	bool go_on;

	pthread_mutex_lock(&a->lock);
	while (!a->stop && a->written - a->taken == BATCHES)
		pthread_cond_wait(&a->emptied, &a->lock);
	go_on = !a->stop;
	pthread_mutex_unlock(&a->lock);
	return go_on;
}

static void *run(void *context)
{
	struct ahead *a = context;
	bool over = false;

	while (!over && wait_for_room(a)) {
		struct ahead_batch *batch = &a->batch[a->written % BATCHES];

		fill(a, batch);
		store_make_spares(&a->tracker->store);
		over = batch->state == TCPHS_SOURCE_END || batch->state == TCPHS_SOURCE_ERROR;
		pthread_mutex_lock(&a->lock);
		a->written++;
		pthread_cond_signal(&a->filled);
		pthread_mutex_unlock(&a->lock);
	}
	return NULL;
}

struct ahead *ahead_start(struct tcphs_source *source, struct tcphs_decoder *decoder, struct tcphs_tracker *tracker,
			  uint64_t max_packets)
{
	struct ahead *a = calloc(1, sizeof(*a));

	if (a == NULL)
		return NULL;
	a->source = source;
	a->decoder = decoder;
	a->tracker = tracker;
	a->left = max_packets == 0 ? UINT64_MAX : max_packets;
	pthread_mutex_init(&a->lock, NULL);
	pthread_cond_init(&a->filled, NULL);
	pthread_cond_init(&a->emptied, NULL);
	if (!thread_start(&a->thread, run, a)) {
		free(a);
		return NULL;
	}
	return a;
}

const struct ahead_batch *ahead_next(struct ahead *a)
{
	pthread_mutex_lock(&a->lock);
	while (a->written == a->taken)
		pthread_cond_wait(&a->filled, &a->lock);
	pthread_mutex_unlock(&a->lock);
	return &a->batch[a->taken % BATCHES];
}

void ahead_release(struct ahead *a)
{
	pthread_mutex_lock(&a->lock);
	a->taken++;
	pthread_cond_signal(&a->emptied);
	pthread_mutex_unlock(&a->lock);
}

void ahead_stop(struct ahead *a)
{
	if (a == NULL)
		return;
	pthread_mutex_lock(&a->lock);
	a->stop = true;
	pthread_cond_signal(&a->emptied);
	pthread_mutex_unlock(&a->lock);
	pthread_join(a->thread, NULL);
	pthread_cond_destroy(&a->filled);
	pthread_cond_destroy(&a->emptied);
	pthread_mutex_destroy(&a->lock);
	free(a);
}
