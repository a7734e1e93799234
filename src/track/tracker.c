/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The loop: each batch of segments is hashed, its places in the table and then its connections
 * are fetched into the cache, and only then is each segment handed to its connection.
 */
#include "track/tracker.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define BATCH 64

static bool fresh_key(uint64_t key[2], const uint64_t seed[2])
{
	key[0] = seed[0];
	key[1] = seed[1];
	if (seed[0] == 0 && seed[1] == 0 && getrandom(key, 2 * sizeof(key[0]), 0) != 2 * sizeof(key[0]))
		return false;
	return true;
}

struct tcphs_tracker *tcphs_tracker_new(const struct tcphs_tracker_options *options)
{
	struct tcphs_tracker *t = calloc(1, sizeof(*t));

	if (t == NULL)
		return NULL;
	if (options != NULL)
		t->options = *options;
	t->recent = calloc(RECENT, sizeof(*t->recent));
	t->payload = calloc(RECENT, sizeof(*t->payload));
	t->scratch = calloc(1, sizeof(*t->scratch));
	t->now = INT64_MIN;
	if (!store_init(&t->store) || t->recent == NULL || t->payload == NULL || t->scratch == NULL ||
	    !fresh_key(t->key, t->options.seed)) {
		tcphs_tracker_free(t);
		return NULL;
	}
	return t;
}

void tcphs_tracker_free(struct tcphs_tracker *t)
{
	if (t == NULL)
		return;
	store_free(&t->store);
	if (t->scratch != NULL)
		model_free(t->scratch);
	tcphs_analysis_free(&t->scratch_out);
	free(t->scratch);
	tracker_free_arranged(t->arranged);
	free(t->recent);
	free(t->payload);
	free(t->order);
	free(t);
}

/* `late`: its time stamp is older than what was captured before; then the order in the file
 * says nothing about who spoke when. */
static void note_direction(struct hot *hot, int side, bool late)
{
	bool last = (hot->flags & HOT_LAST_1) != 0;

	if (last != (side == 1) && !late) {
		hot->turns++;
		hot->flags ^= HOT_LAST_1;
	}
}

static bool add_one(struct tcphs_tracker *t, const struct tcphs_segment *s, uint32_t tag)
{
	uint32_t head, slot;
	struct hot *hot;
	int64_t behind;
	bool done, late;
	int side;

	if (s->kind == TCPHS_SEGMENT_ICMP) {
		if (tracker_remark(t, s))
			t->counts.remarks++;
		else
			t->counts.remarks_lost++;
		return true;
	}
	head = tracker_head(t, s, tag, &side);
	slot = head;
	if (head == NO_SLOT || store_birth(&t->store, head)->before != NO_SLOT ||
	    (s->flags & TCPHS_SYN) || store_hot(&t->store, head)->encap != s->encap)
		slot = tracker_choose(t, s, tag, head);
	if (slot == NO_SLOT)
		return false;
	t->counts.segments++;
	hot = store_hot(&t->store, slot);
	if (slot != head)
		side = tracker_side(t, hot, s);
	behind = s->time - store_birth(&t->store, slot)->time;
	late = behind < hot_last(hot);
	if (!t->options.keep_all && !late && tracker_fold(t, hot, side, s, behind)) {
		note_direction(hot, side, late);
		tracker_seen(t, hot, slot, side, s);
		done = true;
	} else { /* a run ends with the direction it had */
		done = !hot_runs(hot) || tracker_end_run(t, hot, store_cold(&t->store, hot));
		note_direction(hot, side, late);
		done = tracker_record(t, slot, side, s, tracker_seen(t, hot, slot, side, s)) && done;
	}
	if (s->payload_whole && s->length > 0)
		tracker_remember_payload(t, slot, side, s);
	hot_set_last(hot, late ? hot_last(hot) : behind, s->packet - store_birth(&t->store, slot)->packet);
	if (s->time > t->now)
		t->now = s->time;
	return done;
}

static void fetch(struct tcphs_tracker *t, const uint32_t *tag, size_t count)
{
	uint32_t found[BATCH];

	for (size_t i = 0; i < count; i++) {
		uint32_t place = tag[i], slot = table_next(&t->store.table, tag[i], &place);

		if (slot != NO_SLOT) {
			__builtin_prefetch(store_hot(&t->store, slot), 1);
			__builtin_prefetch(store_birth(&t->store, slot));
		}
		found[i] = slot;
	}
	for (size_t i = 0; i < count; i++) {
		const struct hot *hot = found[i] != NO_SLOT ? store_hot(&t->store, found[i]) : NULL;

		if (hot != NULL && hot->cold != 0)
			__builtin_prefetch(store_cold(&t->store, hot), 1);
	}
}

bool tcphs_tracker_add(struct tcphs_tracker *t, const struct tcphs_segment *segments, size_t count)
{
	uint32_t tag[BATCH];

	while (count > 0) {
		size_t n = count < BATCH ? count : BATCH;

		for (size_t i = 0; i < n; i++) {
			tag[i] = tracker_tag(t, &segments[i]);
			table_prefetch(&t->store.table, tag[i]);
		}
		fetch(t, tag, n);
		for (size_t i = 0; i < n; i++)
			if (!add_one(t, &segments[i], tag[i]))
				return false;
		if (t->options.max_memory != 0)
			tracker_bound(t);
		segments += n;
		count -= n;
	}
	return true;
}

struct tcphs_tracker_counts tcphs_tracker_counts(const struct tcphs_tracker *t)
{
	struct tcphs_tracker_counts counts = t->counts;

	counts.memory = tracker_memory(t);
	return counts;
}
