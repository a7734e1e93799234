/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Chunks of memory made ready by the reading thread. The kernel clears each page when it is
 * first touched, which for a flood of connections costs as much as the tracking; the thread
 * that waits for room anyway touches the next chunk before it is needed.
 */
#ifndef TRACK_SPARE_H
#define TRACK_SPARE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

struct spare {
	_Atomic(void *) memory; /* ready, or NULL */
	atomic_bool wanted;     /* by the tracking thread; none is made for a small capture */
	size_t size;            /* set before the threads start, as */
	bool huge;              /* whether it is on huge pages */
};

/* Memory for `size` octets, on huge pages if asked for and if they fit; NULL if it is exhausted. free() it. */
void *spare_allocate(size_t size, bool huge);
/* The spare, or fresh memory; asks for another. */
void *spare_take(struct spare *spare);
/* By the other thread: makes the spare that is wanted, if any. */
void spare_make(struct spare *spare);
/* Once there is no other thread. */
void spare_free(struct spare *spare);

#endif
