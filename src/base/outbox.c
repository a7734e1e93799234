/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/outbox.h"

#include "base/file.h"
#include "base/thread.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LOOK 5 /* ms between looks at whether all is written */

struct piece {
	struct piece *next;
	size_t length;
	uint8_t octets[];
};

struct outbox {
	int fd;
	bool started;
	pthread_t thread;
	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t filled;
	struct piece *first, **last;
	/* Written by one thread and looked at by the other. */
	atomic_bool ends;
	_Atomic uint64_t waiting;
	atomic_int error;
};

struct outbox *outbox_new(int fd)
{
	struct outbox *outbox = calloc(1, sizeof(*outbox));

	if (outbox == NULL)
		return NULL;
	outbox->fd = fd;
	outbox->last = &outbox->first;
	pthread_mutex_init(&outbox->lock, NULL);
	pthread_cond_init(&outbox->filled, NULL);
	return outbox;
}

/* The next piece, or NULL at the end. */
static struct piece *take(struct outbox *outbox)
{
	struct piece *piece;

	pthread_mutex_lock(&outbox->lock);
	while (outbox->first == NULL && !atomic_load(&outbox->ends))
		pthread_cond_wait(&outbox->filled, &outbox->lock);
	piece = atomic_load(&outbox->ends) ? NULL : outbox->first;
	if (piece != NULL) {
		outbox->first = piece->next;
		if (outbox->first == NULL)
			outbox->last = &outbox->first;
	}
	pthread_mutex_unlock(&outbox->lock);
	return piece;
}

static void carry(struct outbox *outbox, const struct piece *piece)
{
	size_t done = 0;

	while (done < piece->length && atomic_load(&outbox->error) == 0 &&
	       !atomic_load(&outbox->ends)) {
		ssize_t put = write(outbox->fd, piece->octets + done, piece->length - done);

		if (put < 0 && file_try_again(outbox->fd))
			continue;
		if (put <= 0) {
			atomic_store(&outbox->error, put < 0 ? errno : EIO);
			return;
		}
		done += (size_t)put;
		atomic_fetch_sub(&outbox->waiting, (uint64_t)put);
	}
}

static void *work(void *context)
{
	struct outbox *outbox = context;
	struct piece *piece;

	while ((piece = take(outbox)) != NULL) {
		carry(outbox, piece);
		free(piece);
	}
	return NULL;
}

bool outbox_add(struct outbox *outbox, const void *octets, size_t count)
{
	struct piece *piece;

	errno = atomic_load(&outbox->error);
	if (errno != 0)
		return false;
	if (!outbox->started)
		outbox->started = thread_start(&outbox->thread, work, outbox);
	piece = outbox->started ? malloc(sizeof(*piece) + count) : NULL;
	if (piece == NULL) {
		errno = ENOMEM;
		return false;
	}
	piece->next = NULL;
	piece->length = count;
	memcpy(piece->octets, octets, count);
	atomic_fetch_add(&outbox->waiting, count);
	pthread_mutex_lock(&outbox->lock);
	*outbox->last = piece;
	outbox->last = &piece->next;
	pthread_cond_signal(&outbox->filled);
	pthread_mutex_unlock(&outbox->lock);
	return true;
}

uint64_t outbox_waiting(const struct outbox *outbox)
{
	return atomic_load_explicit(&outbox->waiting, memory_order_relaxed);
}

int outbox_error(const struct outbox *outbox)
{
	return atomic_load(&outbox->error);
}

bool outbox_drain(struct outbox *outbox, int patience)
{
	uint64_t waiting = outbox_waiting(outbox), before = waiting;
	int idle = 0;

	while (waiting > 0 && outbox_error(outbox) == 0) {
		if (patience >= 0 && idle >= patience)
			return false;
		poll(NULL, 0, LOOK);
		waiting = outbox_waiting(outbox);
		idle = waiting == before ? idle + LOOK : 0;
		before = waiting;
	}
	return true;
}

/* A thread that is stuck in a write can't be waited for: it keeps what it holds. */
bool outbox_free(struct outbox *outbox)
{
	struct piece *piece;
	bool stuck;

	if (outbox == NULL)
		return true;
	stuck = !outbox_drain(outbox, 0);
	pthread_mutex_lock(&outbox->lock);
	atomic_store(&outbox->ends, true);
	while ((piece = outbox->first) != NULL) {
		outbox->first = piece->next;
		free(piece);
	}
	pthread_cond_signal(&outbox->filled);
	pthread_mutex_unlock(&outbox->lock);
	if (stuck) {
		pthread_detach(outbox->thread);
		return false;
	}
	if (outbox->started)
		pthread_join(outbox->thread, NULL);
	pthread_cond_destroy(&outbox->filled);
	pthread_mutex_destroy(&outbox->lock);
	free(outbox);
	return true;
}
