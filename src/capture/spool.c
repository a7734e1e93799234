/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/spool.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK_MOST  ((size_t)1 << 20)
#define CHUNK_LEAST ((size_t)4096)

/* A chunk holds records: a struct tcphs_packet, its octets and its options, padded to 8. */
struct spool_chunk {
	struct spool_chunk *next; /* the newer one; while it is in the spool */
	uint64_t first, last;     /* numbers of its packets */
	unsigned holders;         /* the spool and the cursors in it */
	size_t used, room;
	_Alignas(8) uint8_t octets[];
};

struct spool {
	uint64_t bound, held; /* octets */
	size_t chunk_size;
	struct spool_chunk *oldest, *newest;
};

struct spool *spool_new(uint64_t bound)
{
	struct spool *spool = calloc(1, sizeof(*spool));

	if (spool == NULL)
		return NULL;
	spool->bound = bound;
	spool->chunk_size = bound / 8 < CHUNK_MOST ? (size_t)(bound / 8) : CHUNK_MOST;
	if (spool->chunk_size < CHUNK_LEAST)
		spool->chunk_size = CHUNK_LEAST;
	return spool;
}

static void release(struct spool_chunk *chunk)
{
	if (chunk != NULL && --chunk->holders == 0)
		free(chunk);
}

static void drop_oldest(struct spool *spool)
{
	struct spool_chunk *chunk = spool->oldest;

	spool->oldest = chunk->next;
	if (spool->oldest == NULL)
		spool->newest = NULL;
	spool->held -= chunk->room;
	release(chunk);
}

static void drop_all(struct spool *spool)
{
	while (spool->oldest != NULL)
		drop_oldest(spool);
}

void spool_free(struct spool *spool)
{
	if (spool == NULL)
		return;
	drop_all(spool);
	free(spool);
}

static size_t record_size(const struct tcphs_packet *packet)
{
	return (sizeof(*packet) + packet->caplen + packet->options_length + 7) & ~(size_t)7;
}

static struct spool_chunk *add_chunk(struct spool *spool, size_t least)
{
	size_t room = least > spool->chunk_size ? least : spool->chunk_size;
	struct spool_chunk *chunk;

	while (spool->oldest != NULL && spool->held + room > spool->bound)
		drop_oldest(spool);
	chunk = room <= spool->bound ? malloc(sizeof(*chunk) + room) : NULL;
	if (chunk == NULL) {
		/* What is held must have no gap. */
		drop_all(spool);
		return NULL;
	}
	*chunk = (struct spool_chunk){.holders = 1, .room = room};
	if (spool->newest != NULL)
		spool->newest->next = chunk;
	else
		spool->oldest = chunk;
	spool->newest = chunk;
	spool->held += room;
	return chunk;
}

void spool_add(struct spool *spool, const struct tcphs_packet *packet)
{
	struct spool_chunk *chunk = spool->newest;
	size_t size = record_size(packet);

	if (chunk == NULL || chunk->room - chunk->used < size)
		chunk = add_chunk(spool, size);
	if (chunk == NULL)
		return;
	memcpy(chunk->octets + chunk->used, packet, sizeof(*packet));
	memcpy(chunk->octets + chunk->used + sizeof(*packet), packet->data, packet->caplen);
	if (packet->options_length > 0)
		memcpy(chunk->octets + chunk->used + sizeof(*packet) + packet->caplen,
		       packet->options, packet->options_length);
	if (chunk->used == 0)
		chunk->first = packet->number;
	chunk->last = packet->number;
	chunk->used += size;
}

/* The oldest chunk that holds a packet with `number` or a greater one. */
static struct spool_chunk *find_chunk(const struct spool *spool, uint64_t number)
{
	struct spool_chunk *chunk = spool->oldest;

	while (chunk != NULL && chunk->last < number)
		chunk = chunk->next;
	return chunk;
}

static void enter(struct spool_cursor *cursor, struct spool_chunk *chunk)
{
	release(cursor->chunk);
	cursor->chunk = chunk;
	cursor->at = 0;
	if (chunk != NULL)
		chunk->holders++;
}

void spool_leave(struct spool_cursor *cursor)
{
	enter(cursor, NULL);
}

/* Reads the record at the cursor without passing it. */
static struct tcphs_packet peek(const struct spool_cursor *cursor)
{
	const uint8_t *record = cursor->chunk->octets + cursor->at;
	struct tcphs_packet packet;

	memcpy(&packet, record, sizeof(packet));
	packet.data = record + sizeof(packet);
	packet.options = packet.data + packet.caplen;
	return packet;
}

bool spool_seek(struct spool *spool, struct spool_cursor *cursor, uint64_t number)
{
	struct spool_chunk *chunk = find_chunk(spool, number);

	if (chunk == NULL || spool->oldest->first > number)
		return false;
	enter(cursor, chunk);
	cursor->next = number;
	return true;
}

size_t spool_read(struct spool *spool, struct spool_cursor *cursor, struct tcphs_packet *batch,
                  size_t max)
{
	size_t count = 0;

	if (cursor->chunk == NULL || cursor->at == cursor->chunk->used) {
		struct spool_chunk *chunk = find_chunk(spool, cursor->next);

		if (chunk == NULL)
			return 0;
		if (chunk != cursor->chunk)
			enter(cursor, chunk);
	}
	while (count < max && cursor->at < cursor->chunk->used) {
		struct tcphs_packet packet = peek(cursor);

		cursor->at += record_size(&packet);
		if (packet.number < cursor->next)
			continue;
		cursor->next = packet.number + 1;
		batch[count++] = packet;
	}
	return count;
}
