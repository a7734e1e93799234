/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The largest counts among more keys than there is room for: sets of a few entries, chosen by
 * hash; a new key takes the place of its set's smallest and inherits that count as its error.
 * So a count is at most `error` too high, and no key with a large count is lost.
 */
#ifndef CLI_TOP_H
#define CLI_TOP_H

#include "base/hash.h"

#include <stdint.h>
#include <stddef.h>
#include <tcphs/segment.h>

enum { TOP_WAYS = 4, TOP_SETS = 512, TOP_SHOWN = 5 };

struct top_entry {
	struct tcphs_address address; /* family 0: free */
	uint16_t port;                /* 0: not told apart */
	uint64_t count, error;
	uint64_t connections;
};

/* What tells which entry it is, apart from the entries: one cache line. The counts are here. */
struct top_set {
	uint32_t tag[TOP_WAYS]; /* of the key's hash */
	uint64_t count[TOP_WAYS];
};

struct top {
	struct hash_key hash;
	struct top_set set[TOP_SETS];
	struct top_entry entry[TOP_SETS][TOP_WAYS];
};

void top_init(struct top *top);
void top_add(struct top *top, const struct tcphs_address *address, uint16_t port, uint64_t count);
/* Adds what `other` counted. */
void top_join(struct top *top, const struct top *other);
/* What the entry's key has had at least. */
uint64_t top_sure(const struct top_entry *entry);
/* The largest, in falling order of that; returns how many, at most TOP_SHOWN. Only those that are
 * larger than whatever was given up: of keys that are much alike there may be none. */
size_t top_largest(const struct top *top, struct top_entry largest[TOP_SHOWN]);

#endif
