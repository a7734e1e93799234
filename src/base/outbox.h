/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Octets on their way to a descriptor, which a thread takes there: a disk, a pipe or a terminal
 * that takes nothing for a while stops that thread and not whoever has packets to read. How much
 * may wait is the caller's to decide, by outbox_waiting(), at the bounds of his records.
 */
#ifndef BASE_OUTBOX_H
#define BASE_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OUTBOX_MOST (UINT64_C(64) << 20) /* octets that live output lets wait */

struct outbox;

/* The thread begins with the first octets: by then rights have been given up. NULL: no memory. */
struct outbox *outbox_new(int fd);
/* Sends a copy, in order. False, with errno set, if memory is exhausted, no thread can be had, or
 * a write has failed. */
bool outbox_add(struct outbox *outbox, const void *octets, size_t count);
/* Octets that were added and not yet written. */
uint64_t outbox_waiting(const struct outbox *outbox);
/* The errno of the write that failed, after which nothing more is written; 0: none did. */
int outbox_error(const struct outbox *outbox);
/* Waits until all is written or a write has failed: true; false if some is left and none of it
 * was taken for `patience` ms. A negative patience has no end. */
bool outbox_drain(struct outbox *outbox, int patience);
/* What is still waiting is lost. False: a write has not come back yet, so the descriptor must stay
 * open. NULL is fine. */
bool outbox_free(struct outbox *outbox);

#endif
