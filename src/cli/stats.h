/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What `tcphs stats` counts: fixed memory, and next to nothing for each connection, so that
 * ten million of them take no longer than their analysis.
 */
#ifndef CLI_STATS_H
#define CLI_STATS_H

#include "cli/summary.h"

#include "base/hash.h"
#include "base/text.h"

/*
 * The largest counts among more keys than there is room for: sets of a few entries, chosen by
 * hash; a new key takes the place of its set's smallest and inherits that count as its error.
 * So a count is at most `error` too high, and no key with a large count is lost.
 */
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
/* The largest, in falling order of that; returns how many, at most TOP_SHOWN. Only those that are larger
 * than whatever was given up: of keys that are much alike there may be none. */
size_t top_largest(const struct top *top, struct top_entry largest[TOP_SHOWN]);

/* Durations: the first TIMES_EXACT as they are, and all in buckets that are 1/32 of their power
 * of two wide. Percentiles are exact as long as there are no more, then at most 3 % too high. */
enum { TIMES_STEPS = 32, TIMES_BUCKETS = 64 * TIMES_STEPS, TIMES_EXACT = 4096 };

struct times {
	uint64_t bucket[TIMES_BUCKETS];
	int64_t exact[TIMES_EXACT]; /* in order */
	uint64_t count;
	int64_t least, greatest;
};

void times_add(struct times *times, int64_t nanoseconds);
void times_join(struct times *times, const struct times *other);
/* The value that `percent` of them do not exceed; -1 if there are none. */
int64_t times_percentile(const struct times *times, double percent);
/* How many lie in [from, to). */
uint64_t times_between(const struct times *times, int64_t from, int64_t to);

enum { SYN_RTX_MAX = 6 }; /* the last one: that many or more */

struct stats {
	struct summary summary;
	struct times handshake;
	uint64_t syn_rtx[SYN_RTX_MAX + 1]; /* connections by how often their SYN was repeated */
	uint64_t syn_rtx_total, bytes;
	int64_t first, last; /* ns; of connections */
	struct top refusing, unanswering, resetting, talking;
};

struct stats *stats_new(void); /* NULL if memory is exhausted; free() frees it */
void stats_add(struct stats *stats, const struct tcphs_analysis *analysis);
/* Adds what `other` counted, of other connections. */
void stats_join(struct stats *stats, const struct stats *other);

void stats_print_text(const struct stats *stats, struct run *run);
void stats_print_json(const struct stats *stats, struct run *run);

/* stats_source.c: what the capture says of itself */
void stats_source_text(struct text *text, const struct tcphs_source *source);
void stats_source_json(struct stream *out, const struct tcphs_source *source);

#endif
