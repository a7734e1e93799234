/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The newest packets of a source that can't be read again, within a bound: copies in chunks,
 * of which the oldest is dropped when a new one would exceed the bound.
 */
#ifndef CAPTURE_SPOOL_H
#define CAPTURE_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/source.h>

struct spool;
struct spool_chunk;

/* A place in the spool. Its chunk outlives being dropped until the cursor moves on. */
struct spool_cursor {
	struct spool_chunk *chunk;
	size_t at;     /* octets of the chunk passed */
	uint64_t next; /* least number of the packet to be read next */
};

struct spool *spool_new(uint64_t bound); /* octets; NULL if memory is exhausted */
void spool_free(struct spool *spool);    /* cursors into it must have left */

/* Keeps a copy. For want of memory, or if it alone exceeds the bound, the packet isn't kept,
 * nor any before it. */
void spool_add(struct spool *spool, const struct tcphs_packet *packet);

/* Makes packet `number`, or the next one if a filter had dropped it, the next to be read; false
 * if it is no longer, or not yet, held. */
bool spool_seek(struct spool *spool, struct spool_cursor *cursor, uint64_t number);
/* Reads; 0 at the end of what is held. The octets are valid until the next call with this
 * cursor. */
size_t spool_read(struct spool *spool, struct spool_cursor *cursor, struct tcphs_packet *batch,
                  size_t max);
void spool_leave(struct spool_cursor *cursor);

#endif
