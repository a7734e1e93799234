/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A hash of chains finds a datagram, a list in order of arrival finds the oldest. The parts
 * of a datagram are kept sorted and disjoint, so it is whole when their lengths add up to the
 * end that its last fragment announced.
 */
#include "decode/fragment.h"

#include <stdlib.h>
#include <string.h>

#define BUCKETS        1024u
#define LENGTH_UNKNOWN UINT32_MAX

struct part {
	uint32_t offset, length, captured;
};

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
	struct part *parts;
	uint32_t part_count, part_room;
	uint8_t *octets;
	uint32_t room;
	uint32_t have;  /* the parts' lengths together */
	uint32_t total; /* or LENGTH_UNKNOWN */
	uint8_t protocol;
	enum state state;
};

struct fragment_table {
	struct datagram *buckets[BUCKETS];
	struct datagram *oldest, *newest;
	struct datagram *whole;
	uint32_t count;
	uint64_t octets; /* buffers and part lists */
	uint64_t incomplete, overlapping;
	uint32_t waiting; /* of count, those in STATE_WAITING */
};

struct fragment_table *fragment_table_new(void)
{
	return calloc(1, sizeof(struct fragment_table));
}

static void datagram_free(struct datagram *datagram)
{
	free(datagram->parts);
	free(datagram->octets);
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
	table->octets -= datagram->room + datagram->part_room * sizeof(struct part);
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
	struct key key;
	size_t size = fragment->family == 4 ? 4 : 16;

	memset(&key, 0, sizeof(key)); /* padding too: keys are compared as octets */
	memcpy(key.src, fragment->src, size);
	memcpy(key.dst, fragment->dst, size);
	key.path = fragment->path;
	key.id = fragment->id;
	key.family = fragment->family;
	key.protocol = fragment->family == 4 ? fragment->protocol : 0;
	return key;
}

static struct datagram *datagram_find(struct fragment_table *table, const struct key *key)
{
	struct datagram *datagram = *bucket_of(table, key);

	while (datagram != NULL && memcmp(&datagram->key, key, sizeof(*key)) != 0)
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
	memcpy(&datagram->key, key, sizeof(*key));
	datagram->time = time;
	datagram->total = LENGTH_UNKNOWN;
	datagram->chain = *bucket;
	*bucket = datagram;
	datagram->older = table->newest;
	*(table->newest != NULL ? &table->newest->newer : &table->oldest) = datagram;
	table->newest = datagram;
	table->count++;
	table->waiting++;
	return datagram;
}

/* Room for one more part, and for octets up to `end`. */
static bool datagram_reserve(struct fragment_table *table, struct datagram *datagram, uint32_t end)
{
	if (datagram->part_count == datagram->part_room) {
		uint32_t room = datagram->part_room == 0 ? 4 : datagram->part_room * 2;
		struct part *parts = realloc(datagram->parts, room * sizeof(*parts));

		if (parts == NULL)
			return false;
		table->octets += (room - datagram->part_room) * sizeof(*parts);
		datagram->parts = parts;
		datagram->part_room = room;
	}
	if (end > datagram->room) {
		uint32_t room =
		    end + end / 2 > FRAGMENT_LENGTH_MAX ? FRAGMENT_LENGTH_MAX : end + end / 2;
		uint8_t *octets = realloc(datagram->octets, room);

		if (octets == NULL)
			return false;
		table->octets += room - datagram->room;
		datagram->octets = octets;
		datagram->room = room;
	}
	return true;
}

/* The number of parts that begin at or before `offset`. */
static uint32_t parts_before(const struct datagram *datagram, uint32_t offset)
{
	uint32_t low = 0;
	uint32_t high = datagram->part_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (datagram->parts[middle].offset <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_duplicate(const struct datagram *datagram, const struct fragment *fragment,
                         const struct part *part)
{
	uint32_t both = part->captured < fragment->captured ? part->captured : fragment->captured;

	return part->offset == fragment->offset && part->length == fragment->length &&
	       memcmp(datagram->octets + part->offset, fragment->data, both) == 0;
}

/* Whether the ends that fragments claim agree, with the parts so far too. */
static bool ends_agree(const struct datagram *datagram, const struct fragment *fragment)
{
	uint32_t end = fragment->offset + fragment->length;
	const struct part *last;

	if (datagram->total != LENGTH_UNKNOWN)
		return fragment->more ? end <= datagram->total : end == datagram->total;
	if (fragment->more || datagram->part_count == 0)
		return true;
	last = &datagram->parts[datagram->part_count - 1];
	return last->offset + last->length <= end;
}

/* Gives the octets back and keeps the datagram's name, for the fragments still to come. */
static void datagram_give_up(struct fragment_table *table, struct datagram *datagram,
                             enum state state)
{
	table->waiting--;
	table->octets -= datagram->room + datagram->part_room * sizeof(struct part);
	datagram->state = state;
	free(datagram->parts);
	free(datagram->octets);
	datagram->parts = NULL;
	datagram->octets = NULL;
	datagram->part_room = datagram->part_count = datagram->room = 0;
}

static void part_insert(struct datagram *datagram, uint32_t index, const struct fragment *fragment)
{
	struct part *part = &datagram->parts[index];

	memmove(part + 1, part, (datagram->part_count - index) * sizeof(*part));
	*part = (struct part){fragment->offset, fragment->length, fragment->captured};
	datagram->part_count++;
	datagram->have += fragment->length;
	memcpy(datagram->octets + fragment->offset, fragment->data, fragment->captured);
	if (!fragment->more)
		datagram->total = fragment->offset + fragment->length;
	if (fragment->offset == 0)
		datagram->protocol = fragment->protocol;
}

/* How many octets from the first on were captured without a hole. */
static uint32_t captured_prefix(const struct datagram *datagram)
{
	uint32_t octets = 0;

	for (uint32_t i = 0; i < datagram->part_count; i++) {
		octets += datagram->parts[i].captured;
		if (datagram->parts[i].captured < datagram->parts[i].length)
			break;
	}
	return octets;
}

static void datagram_complete(struct fragment_table *table, struct datagram *datagram,
                              struct fragment_whole *whole)
{
	datagram_unlink(table, datagram);
	datagram->chain = table->whole;
	table->whole = datagram;
	*whole = (struct fragment_whole){
	    .data = datagram->octets,
	    .length = datagram->total,
	    .captured = captured_prefix(datagram),
	    .protocol = datagram->protocol,
	};
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

/* Whether the fragment, to become part `index`, covers octets that are there already. */
static bool is_overlapping(const struct datagram *datagram, const struct fragment *fragment,
                           uint32_t index)
{
	const struct part *parts = datagram->parts;

	if (index > 0 && parts[index - 1].offset + parts[index - 1].length > fragment->offset)
		return true;
	return index < datagram->part_count &&
	       fragment->offset + fragment->length > parts[index].offset;
}

static enum fragment_result datagram_extend(struct fragment_table *table, struct datagram *datagram,
                                            const struct fragment *fragment,
                                            struct fragment_whole *whole)
{
	uint32_t index;

	if (datagram->state == STATE_WAITING && fragment->unwanted)
		datagram_give_up(table, datagram, STATE_UNWANTED);
	if (datagram->state != STATE_WAITING)
		return datagram->state == STATE_UNWANTED ? FRAGMENT_UNWANTED : FRAGMENT_WAITS;
	index = parts_before(datagram, fragment->offset);
	if (index > 0 && is_duplicate(datagram, fragment, &datagram->parts[index - 1]))
		return FRAGMENT_WAITS;
	if (!ends_agree(datagram, fragment) || is_overlapping(datagram, fragment, index) ||
	    datagram->part_count == FRAGMENT_PARTS_MAX) {
		datagram_give_up(table, datagram, STATE_OVERLAPPING);
		table->overlapping++;
		return FRAGMENT_WAITS;
	}
	if (!datagram_reserve(table, datagram, fragment->offset + fragment->length))
		return FRAGMENT_DROPPED;
	part_insert(datagram, index, fragment);
	if (datagram->have != datagram->total)
		return FRAGMENT_WAITS;
	datagram_complete(table, datagram, whole);
	return FRAGMENT_WHOLE;
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
	if (datagram == NULL)
		return FRAGMENT_DROPPED;
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
