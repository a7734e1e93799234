/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/top.h"

#include <stdlib.h>
#include <string.h>

void top_init(struct top *top)
{
	/* Not random: which keys share a set decides what is given up, and two runs over one
	 * capture must print the same. */
	static const uint64_t seed[2] = {UINT64_C(0x243f6a8885a308d3),
	                                 UINT64_C(0x13198a2e03707344)};

	memset(top, 0, sizeof(*top));
	top->hash = hash_key_make(seed);
}

/* Two multiplications: the table's size is fixed, so a chosen collision costs accuracy in one
 * set and never time. */
static uint64_t hash_of(const struct top *top, const struct tcphs_address *address, uint16_t port)
{
	uint64_t first, second;

	memcpy(&first, address->octets, sizeof(first));
	memcpy(&second, address->octets + sizeof(first), sizeof(second));
	first = (first ^ top->hash.word[0]) * UINT64_C(0x9e3779b97f4a7c15);
	second = (second ^ top->hash.word[1] ^ port) * UINT64_C(0xc2b2ae3d27d4eb4f);
	first ^= second >> 29;
	return first * UINT64_C(0x9e3779b97f4a7c15);
}

static bool is_key(const struct top_entry *entry, const struct tcphs_address *address,
                   uint16_t port)
{
	return entry->address.family == address->family && entry->port == port &&
	       memcmp(entry->address.octets, address->octets, sizeof(address->octets)) == 0;
}

/* The first of the smallest. Which one changes at random: no branch depends on it, where a
 * count and its place are one number. */
static unsigned least_of(const struct top_set *set)
{
	uint64_t least = set->count[0] * TOP_WAYS;

	for (unsigned i = 1; i < TOP_WAYS; i++) {
		uint64_t other = set->count[i] * TOP_WAYS + i;

		least = other < least ? other : least;
	}
	return least % TOP_WAYS;
}

/* By a new key. */
static void replace_least(struct top_set *set, struct top_entry *entry, uint32_t tag,
                          const struct tcphs_address *address, uint16_t port, uint64_t count)
{
	unsigned least = least_of(set);

	entry[least] = (struct top_entry){
	    .address = *address,
	    .port = port,
	    .error = set->count[least],
	    .connections = 1,
	};
	set->tag[least] = tag;
	set->count[least] += count;
}

void top_add(struct top *top, const struct tcphs_address *address, uint16_t port, uint64_t count)
{
	uint64_t hash = hash_of(top, address, port);
	size_t place = (size_t)(hash >> 32) % TOP_SETS;
	struct top_set *set = &top->set[place];
	struct top_entry *entry = top->entry[place];
	uint32_t tag = (uint32_t)hash;

	for (unsigned i = 0; i < TOP_WAYS; i++) {
		if (set->tag[i] != tag || !is_key(&entry[i], address, port))
			continue;
		set->count[i] += count;
		entry[i].connections++;
		return;
	}
	replace_least(set, entry, tag, address, port, count);
}

static bool is_full(const struct top_set *set)
{
	return set->count[least_of(set)] > 0;
}

/* The entries of a set with their counts. Of a key that the other set lacks, and may have given up,
 * that one's smallest is added, as an error. */
static size_t entries_of(const struct top *top, const struct top *other, size_t place,
                         struct top_entry *entry)
{
	const struct top_set *set = &top->set[place], *second = &other->set[place];
	uint64_t lost = is_full(second) ? second->count[least_of(second)] : 0;
	size_t count = 0;

	for (unsigned i = 0; i < TOP_WAYS; i++) {
		const struct top_entry *key = &top->entry[place][i];
		bool there = false;

		if (set->count[i] == 0)
			continue;
		for (unsigned k = 0; k < TOP_WAYS; k++)
			there |= second->count[k] > 0 &&
			         is_key(&other->entry[place][k], &key->address, key->port);
		entry[count] = *key;
		entry[count].count = set->count[i] + (there ? 0 : lost);
		entry[count].error += there ? 0 : lost;
		count++;
	}
	return count;
}

/* Adds the same key's second count to its first; returns how many keys there are then. */
static size_t join_same(struct top_entry *entry, size_t first, size_t count)
{
	size_t kept = first;

	for (size_t i = first; i < count; i++) {
		size_t same = 0;

		while (same < first && !is_key(&entry[same], &entry[i].address, entry[i].port))
			same++;
		if (same == first) {
			entry[kept++] = entry[i];
			continue;
		}
		entry[same].count += entry[i].count;
		entry[same].error += entry[i].error;
		entry[same].connections += entry[i].connections;
	}
	return kept;
}

/* Equal counts in the order of their addresses: the table's own order says nothing. */
static bool has_lower_address(const struct top_entry *a, const struct top_entry *b)
{
	int order;

	if (a->address.family != b->address.family)
		return a->address.family < b->address.family;
	order = memcmp(a->address.octets, b->address.octets, sizeof(a->address.octets));
	return order != 0 ? order < 0 : a->port < b->port;
}

static int by_count(const void *a, const void *b)
{
	const struct top_entry *x = a, *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return has_lower_address(x, y) ? -1 : 1;
}

uint64_t top_sure(const struct top_entry *entry)
{
	return entry->count - entry->error;
}

static bool is_larger(const struct top_entry *a, const struct top_entry *b)
{
	return top_sure(a) != top_sure(b) ? top_sure(a) > top_sure(b) : has_lower_address(a, b);
}

void top_join(struct top *top, const struct top *other)
{
	for (size_t place = 0; place < TOP_SETS; place++) {
		struct top_entry entry[2 * TOP_WAYS];
		struct top_set *set = &top->set[place];
		size_t first = entries_of(top, other, place, entry);
		size_t count = first + entries_of(other, top, place, &entry[first]);

		count = join_same(entry, first, count);
		qsort(entry, count, sizeof(*entry), by_count);
		for (size_t i = 0; i < TOP_WAYS && i < count; i++) {
			top->entry[place][i] = entry[i];
			set->count[i] = entry[i].count;
			set->tag[i] = (uint32_t)hash_of(top, &entry[i].address, entry[i].port);
		}
	}
}

/* A key that was given up can't have had more than this. */
static uint64_t most_lost(const struct top *top)
{
	uint64_t most = 0;

	for (size_t i = 0; i < TOP_SETS; i++) {
		uint64_t least = top->set[i].count[least_of(&top->set[i])];

		most = least > most ? least : most;
	}
	return most;
}

size_t top_largest(const struct top *top, struct top_entry largest[TOP_SHOWN])
{
	uint64_t lost = most_lost(top);
	size_t count = 0;

	for (size_t i = 0; i < TOP_SETS * TOP_WAYS; i++) {
		struct top_entry entry = top->entry[i / TOP_WAYS][i % TOP_WAYS];
		size_t at = count;

		entry.count = top->set[i / TOP_WAYS].count[i % TOP_WAYS];
		if (entry.count == 0 || top_sure(&entry) < lost)
			continue;
		while (at > 0 && is_larger(&entry, &largest[at - 1]))
			at--;
		if (at == TOP_SHOWN)
			continue;
		if (count < TOP_SHOWN)
			count++;
		memmove(&largest[at + 1], &largest[at], (count - at - 1) * sizeof(*largest));
		largest[at] = entry;
	}
	return count;
}
