/* SPDX-License-Identifier: BSD-3-Clause */
/* A hash of chains finds a datagram, a list in order of arrival finds the oldest. */
#include "decode/fragment.h"

#include "decode/assembly.h"

#include <stdlib.h>
#include <string.h>

#define BUCKETS 1024u

struct key {
	uint8_t src[16], dst[16];
	uint64_t path;
	uint32_t id;
	uint8_t family, protocol; /* protocol: 0 with IPv6 */
};

enum state {
	STATE_WAITING,
	STATE_OVERLAPPING, /* these two swallow what is still to come */
	STATE_UNWANTED,
};

struct datagram {
	struct datagram *chain;         /* in its bucket, or in the list of whole ones */
	struct datagram *older, *newer; /* by first arrival */
	struct key key;
	int64_t time; /* of the first fragment to arrive */
	struct assembly assembly;
	enum state state;
};

struct fragment_table {
	struct datagram *buckets[BUCKETS];
	struct datagram *oldest, *newest;
	struct datagram *whole;
	uint32_t count;
	uint64_t octets; /* held by the assemblies */
	uint64_t incomplete, overlapping;
	uint32_t waiting; /* of count, those in STATE_WAITING */
	bool starved;
};

struct fragment_table *fragment_table_new(void)
{
	return calloc(1, sizeof(struct fragment_table));
}

static void datagram_free(struct datagram *datagram)
{
	assembly_free(&datagram->assembly);
	free(datagram);
}

static struct datagram **bucket_of(struct fragment_table *table, const struct key *key)
{
	uint64_t words[4];
	uint64_t hash = key->path ^ key->id;

	memcpy(words, key->src, 16);
	memcpy(words + 2, key->dst, 16);
	for (int i = 0; i < 4; i++) {
		hash = (hash ^ words[i]) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 29;
	}
	return &table->buckets[hash % BUCKETS];
}

/* Takes a datagram out of bucket and list; the caller frees it or keeps it as whole. */
static void datagram_unlink(struct fragment_table *table, struct datagram *datagram)
{
	struct datagram **link = bucket_of(table, &datagram->key);

	while (*link != datagram)
		link = &(*link)->chain;
	*link = datagram->chain;
	*(datagram->older != NULL ? &datagram->older->newer : &table->oldest) = datagram->newer;
	*(datagram->newer != NULL ? &datagram->newer->older : &table->newest) = datagram->older;
	table->count--;
	table->octets -= assembly_memory(&datagram->assembly);
	if (datagram->state == STATE_WAITING)
		table->waiting--;
}

static void oldest_give_up(struct fragment_table *table)
{
	struct datagram *datagram = table->oldest;

	if (datagram->state == STATE_WAITING)
		table->incomplete++;
	datagram_unlink(table, datagram);
	datagram_free(datagram);
}

void fragment_table_release(struct fragment_table *table)
{
	while (table->whole != NULL) {
		struct datagram *next = table->whole->chain;

		datagram_free(table->whole);
		table->whole = next;
	}
}

void fragment_table_free(struct fragment_table *table)
{
	if (table == NULL)
		return;
	fragment_table_release(table);
	while (table->oldest != NULL)
		oldest_give_up(table);
	free(table);
}

static struct key key_of(const struct fragment *fragment)
{
	size_t size = fragment->family == 4 ? 4 : 16;
	struct key key = {
	    .path = fragment->path,
	    .id = fragment->id,
	    .family = fragment->family,
	    .protocol = fragment->family == 4 ? fragment->protocol : 0,
	};

	memcpy(key.src, fragment->src, size);
	memcpy(key.dst, fragment->dst, size);
	return key;
}

static bool keys_equal(const struct key *a, const struct key *b)
{
	return a->id == b->id && a->path == b->path && a->family == b->family &&
	       a->protocol == b->protocol && memcmp(a->src, b->src, sizeof(a->src)) == 0 &&
	       memcmp(a->dst, b->dst, sizeof(a->dst)) == 0;
}

static struct datagram *datagram_find(struct fragment_table *table, const struct key *key)
{
	struct datagram *datagram = *bucket_of(table, key);

	while (datagram != NULL && !keys_equal(&datagram->key, key))
		datagram = datagram->chain;
	return datagram;
}

static struct datagram *datagram_add(struct fragment_table *table, const struct key *key,
                                     int64_t time)
{
	struct datagram *datagram = calloc(1, sizeof(*datagram));
	struct datagram **bucket = bucket_of(table, key);

	if (datagram == NULL)
		return NULL;
	datagram->key = *key;
	datagram->time = time;
	datagram->chain = *bucket;
	*bucket = datagram;
	datagram->older = table->newest;
	*(table->newest != NULL ? &table->newest->newer : &table->oldest) = datagram;
	table->newest = datagram;
	table->count++;
	table->waiting++;
	return datagram;
}

static void datagram_complete(struct fragment_table *table, struct datagram *datagram,
                              struct fragment_whole *whole)
{
	datagram_unlink(table, datagram);
	datagram->chain = table->whole;
	table->whole = datagram;
	*whole = (struct fragment_whole){
	    .data = datagram->assembly.octets,
	    .length = datagram->assembly.total,
	    .captured = assembly_captured(&datagram->assembly),
	    .packets = datagram->assembly.packets,
	    .packet_count = datagram->assembly.packet_count,
	    .protocol = datagram->assembly.protocol,
	};
}

/* Gives the octets back and keeps the datagram's name, for the fragments still to come. */
static void datagram_give_up(struct fragment_table *table, struct datagram *datagram,
                             enum state state)
{
	table->waiting--;
	table->octets -= assembly_memory(&datagram->assembly);
	assembly_free(&datagram->assembly);
	datagram->state = state;
}

static enum fragment_result datagram_extend(struct fragment_table *table, struct datagram *datagram,
                                            const struct fragment *fragment,
                                            struct fragment_whole *whole)
{
	size_t before = assembly_memory(&datagram->assembly);
	enum assembly_result result = assembly_add(&datagram->assembly, fragment);

	table->octets += assembly_memory(&datagram->assembly) - before;
	table->starved |= datagram->assembly.starved || result == ASSEMBLY_NO_MEMORY;
	switch (result) {
	case ASSEMBLY_OVERLAPS:
		datagram_give_up(table, datagram, STATE_OVERLAPPING);
		table->overlapping++;
		return FRAGMENT_WAITS;
	case ASSEMBLY_NO_MEMORY:
		return FRAGMENT_DROPPED;
	case ASSEMBLY_WHOLE:
		datagram_complete(table, datagram, whole);
		return FRAGMENT_WHOLE;
	case ASSEMBLY_WAITS:
		break;
	}
	return FRAGMENT_WAITS;
}

static bool is_overdue(const struct datagram *datagram, int64_t now)
{
	return now > datagram->time && (uint64_t)now - (uint64_t)datagram->time > FRAGMENT_TIMEOUT;
}

static void table_tidy(struct fragment_table *table, int64_t now)
{
	while (table->oldest != NULL &&
	       (is_overdue(table->oldest, now) || table->count >= FRAGMENT_DATAGRAMS_MAX ||
	        table->octets > FRAGMENT_OCTETS_MAX))
		oldest_give_up(table);
}

enum fragment_result fragment_table_add(struct fragment_table *table,
                                        const struct fragment *fragment,
                                        struct fragment_whole *whole)
{
	struct key key = key_of(fragment);
	struct datagram *datagram;

	if (fragment->length == 0 || fragment->length > FRAGMENT_LENGTH_MAX ||
	    fragment->offset > FRAGMENT_LENGTH_MAX - fragment->length)
		return FRAGMENT_DROPPED;
	table_tidy(table, fragment->time);
	datagram = datagram_find(table, &key);
	if (datagram == NULL)
		datagram = datagram_add(table, &key, fragment->time);
	table->starved |= datagram == NULL;
	if (datagram == NULL)
		return FRAGMENT_DROPPED;
	if (datagram->state == STATE_WAITING && fragment->unwanted)
		datagram_give_up(table, datagram, STATE_UNWANTED);
	if (datagram->state != STATE_WAITING)
		return datagram->state == STATE_UNWANTED ? FRAGMENT_UNWANTED : FRAGMENT_WAITS;
	return datagram_extend(table, datagram, fragment, whole);
}

uint64_t fragment_table_incomplete(const struct fragment_table *table)
{
	return table->incomplete + table->waiting;
}

uint64_t fragment_table_overlapping(const struct fragment_table *table)
{
	return table->overlapping;
}

bool fragment_table_starved(const struct fragment_table *table)
{
	return table->starved;
}
