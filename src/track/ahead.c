/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/ahead.h"

#include "base/thread.h"

#include <pthread.h>
#include <stdlib.h>

#define BATCHES 16 /* in the ring: one thread may be delayed by so much before the other waits */
#define ENOUGH  8  /* batches before a thread: it tracks them and leaves reading to the other */
#define BUSY    4  /* batches before a thread: the other may read in its place */

struct batch {
	struct tcphs_segment segment[AHEAD_PACKETS];
	struct digest digest[2][AHEAD_PACKETS]; /* for each half */
	size_t digests[2];
	struct ahead_progress progress;
};

struct ahead {
	struct tcphs_source *source;
	struct tcphs_decoder *decoder;
	struct tcphs_tracker *half[2]; /* the caller's and the second thread's, or NULL */
	uint64_t left;                 /* packets that may still be read */
	pthread_t thread;
	/* The lock is for what follows. A batch is its reader's until `written` has passed it, and
	 * written again when both have taken it. */
	pthread_mutex_t lock;
	pthread_cond_t changed;
	unsigned written, taken[2]; /* batches ever */
	int reader;                 /* who read last */
	bool reading, over;         /* somebody reads; nothing more is to be read */
	bool failed;                /* memory is exhausted */
	bool begun;
	struct tcphs_packet packet[AHEAD_PACKETS];
	struct batch batch[BATCHES];
};

/* Times are kept behind the first segment's, and rounded: in both halves alike. Nobody tracks before
 * there is one: an ICMP error finds no connection then. */
static void begin(struct ahead *a, const struct tcphs_segment *segment, size_t count)
{
	for (size_t i = 0; i < count && !a->begun; i++) {
		if (segment[i].kind == TCPHS_SEGMENT_ICMP)
			continue;
		a->begun = true;
		for (int half = 0; half < 2 && a->half[half] != NULL; half++) {
			a->half[half]->began = segment[i].time;
			a->half[half]->begun = true;
		}
	}
}

static void fill(struct ahead *a, struct batch *batch)
{
	struct ahead_progress *progress = &batch->progress;
	size_t wanted = a->left < AHEAD_PACKETS ? (size_t)a->left : AHEAD_PACKETS, segments;
	struct digest *const digest[2] = {batch->digest[0], batch->digest[1]};

	progress->packets = batch->digests[0] = batch->digests[1] = 0;
	progress->error.status = TCPHS_OK;
	progress->error.text[0] = '\0';
	if (wanted == 0) {
		progress->state = TCPHS_SOURCE_END;
		return;
	}
	progress->state =
	    tcphs_source_read(a->source, a->packet, wanted, &progress->packets, &progress->error);
	segments = tcphs_decode(a->decoder, a->packet, progress->packets, batch->segment);
	begin(a, batch->segment, segments);
	if (a->half[1] != NULL) {
		digest_halves(a->half[0]->key, batch->segment, segments, digest, batch->digests);
	} else {
		digest_segments(a->half[0]->key, batch->segment, segments, digest[0]);
		batch->digests[0] = segments;
	}
	a->left -= progress->packets;
	tcphs_source_progress(a->source, &progress->done, &progress->total);
}

/* With the lock, which is given up meanwhile. */
static void read_batch(struct ahead *a, int half)
{
	struct batch *batch = &a->batch[a->written % BATCHES];

	a->reading = true;
	a->reader = half;
	pthread_mutex_unlock(&a->lock);
	fill(a, batch);
	pthread_mutex_lock(&a->lock);
	a->reading = false;
	a->over |= batch->progress.state == TCPHS_SOURCE_END ||
	           batch->progress.state == TCPHS_SOURCE_ERROR;
	a->written++;
	pthread_cond_broadcast(&a->changed);
}

/* What is read lies in the reader's cache: another takes over only from one that is busy. The first
 * reader is the second thread, which without a second half has nothing else to do. */
static bool may_read(const struct ahead *a, int half)
{
	return !a->reading && !a->over && a->written - a->taken[0] < BATCHES &&
	       a->written - a->taken[1] < BATCHES &&
	       (a->reader == half || a->written - a->taken[a->reader] >= BUSY);
}

/* Likewise. Reads and waits until there is a batch for this half to track; false: all are done. */
static bool reach_batch(struct ahead *a, int half)
{
	for (;;) {
		unsigned before = a->written - a->taken[half];

		if (before < ENOUGH && may_read(a, half))
			read_batch(a, half);
		else if (before > 0)
			return true;
		else if (a->over && !a->reading)
			return false;
		else
			pthread_cond_wait(&a->changed, &a->lock);
	}
}

/* Likewise. The batch stays as it is until this half lets go of it. */
static const struct batch *track_batch(struct ahead *a, int half)
{
	const struct batch *batch = &a->batch[a->taken[half] % BATCHES];
	bool done = true;

	pthread_mutex_unlock(&a->lock);
	if (a->half[half] != NULL)
		done = tracker_add(a->half[half], batch->segment, batch->digest[half],
		                   batch->digests[half]);
	pthread_mutex_lock(&a->lock);
	a->failed |= !done;
	return batch;
}

static void let_go(struct ahead *a, int half)
{
	a->taken[half]++;
	pthread_cond_broadcast(&a->changed);
}

static void *run(void *context)
{
	struct ahead *a = context;

	pthread_mutex_lock(&a->lock);
	while (reach_batch(a, 1)) {
		track_batch(a, 1);
		let_go(a, 1);
	}
	pthread_mutex_unlock(&a->lock);
	return NULL;
}

struct ahead *ahead_start(struct tcphs_source *source, struct tcphs_decoder *decoder,
                          struct tcphs_tracker *tracker, uint64_t max_packets)
{
	struct ahead *a = calloc(1, sizeof(*a));

	if (a == NULL)
		return NULL;
	a->source = source;
	a->decoder = decoder;
	a->half[0] = tracker;
	a->half[1] = tracker->half;
	a->reader = 1;
	a->left = max_packets == 0 ? UINT64_MAX : max_packets;
	pthread_mutex_init(&a->lock, NULL);
	pthread_cond_init(&a->changed, NULL);
	if (!thread_start(&a->thread, run, a)) {
		pthread_cond_destroy(&a->changed);
		pthread_mutex_destroy(&a->lock);
		free(a);
		return NULL;
	}
	return a;
}

bool ahead_step(struct ahead *a, struct ahead_progress *progress)
{
	bool failed;

	pthread_mutex_lock(&a->lock);
	if (reach_batch(a, 0)) {
		*progress = track_batch(a, 0)->progress;
		let_go(a, 0);
	}
	failed = a->failed;
	pthread_mutex_unlock(&a->lock);
	return !failed;
}

bool ahead_stop(struct ahead *a, uint64_t *packets)
{
	bool failed;

	if (a == NULL)
		return true;
	pthread_mutex_lock(&a->lock);
	a->over = true;
	pthread_cond_broadcast(&a->changed);
	while (reach_batch(a, 0)) {
		*packets += track_batch(a, 0)->progress.packets;
		let_go(a, 0);
	}
	pthread_mutex_unlock(&a->lock);
	pthread_join(a->thread, NULL);
	failed = a->failed;
	pthread_cond_destroy(&a->changed);
	pthread_mutex_destroy(&a->lock);
	free(a);
	return !failed;
}
