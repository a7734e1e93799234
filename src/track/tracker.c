/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The loop: of each segment the place in the table, then the connection are fetched into the
 * cache, and only then is it handed to its connection.
 */
#include "track/tracker.h"

#include "base/fetch.h"
#include "track/fold.h"
#include "track/halves.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define DISTANCE    8
#define GUESSES     32  /* a power of two, more than 2 * DISTANCE */
#define BOUND_EVERY 32  /* segments */
#define DIGESTS     256 /* at once, where no other thread has made them */

/* The first connection with the tag, some segments ago. */
struct guess {
	struct hot *hot; /* NULL: none */
	uint32_t slot;
};

static bool fresh_key(uint64_t key[2], const uint64_t seed[2])
{
	key[0] = seed[0];
	key[1] = seed[1];
	if (seed[0] == 0 && seed[1] == 0 &&
	    getrandom(key, 2 * sizeof(key[0]), 0) != 2 * sizeof(key[0]))
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
	if (t->options.max_memory != 0 && t->options.max_memory < TCPHS_MEMORY_LEAST)
		t->options.max_memory = TCPHS_MEMORY_LEAST;
	t->recent = calloc(RECENT, sizeof(*t->recent));
	t->payload = calloc(RECENT, sizeof(*t->payload));
	t->analyst = calloc(1, sizeof(*t->analyst));
	t->now = INT64_MIN;
	if (!store_init(&t->store, !t->options.even) || t->recent == NULL || t->payload == NULL ||
	    t->analyst == NULL || !fresh_key(t->key, t->options.seed)) {
		tcphs_tracker_free(t);
		return NULL;
	}
	return t;
}

void tcphs_tracker_free(struct tcphs_tracker *t)
{
	if (t == NULL)
		return;
	tcphs_tracker_free(t->half);
	store_free(&t->store);
	if (t->analyst != NULL)
		analyst_free(t->analyst);
	free(t->analyst);
	tcphs_analysis_free(&t->scratch_out);
	free(t->recent);
	free(t->payload);
	free(t->order);
	ranks_free(&t->ranks);
	free(t);
}

/* Where a segment is late, the order in the file says nothing about who spoke when. */
static inline void note_direction(struct hot *hot, int side, bool late)
{
	unsigned last = (hot->flags & HOT_LAST_1) != 0;
	unsigned turned = late ? 0 : last ^ (unsigned)side;

	hot_turn(hot, turned);
	hot->flags = (uint16_t)(hot->flags ^ turned * HOT_LAST_1);
}

/* A SYN-ACK for the one SYN that there is needs no choice among incarnations. */
static bool answers_lone_syn(const struct hot *hot, int side, const struct tcphs_segment *s)
{
	return hot->cold == 0 && side == 1 && s->ack == hot->side[0].nxt &&
	       (s->flags & (TCPHS_SYN | TCPHS_ACK | TCPHS_RST)) == (TCPHS_SYN | TCPHS_ACK);
}

/* Without a look at anything but what is at hand for each segment: what is in order is not. */
static inline bool may_be_foreign(const struct hot *hot, int side, const struct tcphs_segment *s)
{
	bool ended = hot->flags & (HOT_FIN_0 | HOT_SIDE(HOT_FIN_0, 1) | HOT_RST);

	return seq_distance(s->seq, hot->side[side].nxt) > (ended ? 0 : LONG_WAY);
}

static inline int side_of(const struct tcphs_tracker *t, const struct hot *hot,
                          const struct tcphs_segment *s, const struct digest *digest)
{
	if ((digest->kind & DIGEST_V6) || (hot->flags & HOT_V6))
		return tracker_side(t, hot, s);
	return digest_side(hot->pair, hot->ports, digest->pair, digest->ports);
}

/* The newest connection of the 4-tuple. `guess` is, unless chains have changed since. Where there was
 * none it is looked for once more, together with a place for it, *vacant: NULL if that isn't known. */
static inline uint32_t find_head(struct tcphs_tracker *t, struct incoming *in,
                                 const struct guess *guess, struct table_entry **vacant)
{
	struct table_entry *place;

	*vacant = NULL;
	if (guess->hot != NULL && t->stale == 0) {
		in->side = side_of(t, guess->hot, in->segment, in->digest);
		if (in->side >= 0)
			return guess->slot;
	}
	place = guess->hot == NULL ? table_place(&t->store.table, in->digest->tag) : NULL;
	if (place != NULL && place->slot == 0) {
		*vacant = place;
		return NO_SLOT;
	}
	return tracker_head(t, in->segment, in->digest->tag, &in->side);
}

/* The connection, its side, and what else both paths want to know. */
static bool find(struct tcphs_tracker *t, struct incoming *in, const struct guess *guess)
{
	const struct tcphs_segment *s = in->segment;
	struct table_entry *vacant;
	uint32_t head = find_head(t, in, guess, &vacant), slot = head;

	if (head == NO_SLOT) {
		slot = tracker_open(t, s, in->digest->tag, NO_SLOT, vacant);
	} else {
		in->hot = guess->hot != NULL && guess->slot == head ? guess->hot
		                                                    : store_hot(&t->store, head);
		if ((in->hot->flags & HOT_CHOOSE) || in->hot->encap != s->encap ||
		    ((s->flags & TCPHS_SYN) && !answers_lone_syn(in->hot, in->side, s)) ||
		    (may_be_foreign(in->hot, in->side, s) &&
		     tracker_foreign(t, in->hot, in->side, s)))
			slot = tracker_choose(t, s, in->digest->tag, head);
	}
	if (slot == NO_SLOT)
		return false;
	if (slot != head) {
		in->hot = store_hot(&t->store, slot);
		in->side = head == NO_SLOT ? 0 : tracker_side(t, in->hot, s);
	}
	in->slot = slot;
	in->moment = tracker_moment(t, s->time);
	in->late = in->moment < hot_moment(in->hot);
	return true;
}

static bool remark(struct tcphs_tracker *t, const struct tcphs_segment *s)
{
	if (tracker_remark(t, s))
		t->counts.remarks++;
	else
		t->counts.remarks_lost++;
	return true;
}

/* Everything that is not folded. A run ends with the direction it had. Nobody has turned before a
 * lone SYN, and none is a copy. */
static bool take_plain_path(struct tcphs_tracker *t, struct incoming *in)
{
	struct birth birth;
	bool done = true;

	if (in->hot->cold == 0 && lone_keep(t, in)) {
		tracker_remember(t, in->hot, in->slot, in->side, in->digest, in->segment->time);
		return true;
	}
	birth = tracker_birth_of(t, in->hot, in->slot);
	in->behind = in->segment->time - birth.time;
	in->first = birth.packet;
	if (hot_runs(in->hot))
		done = tracker_end_run(t, in->slot, store_cold(&t->store, in->hot));
	note_direction(in->hot, in->side, in->late);
	return tracker_record(t, in, tracker_seen(t, in)) && done;
}

/* The connection has taken the segment. */
static inline void note_segment(struct tcphs_tracker *t, struct hot *hot, uint32_t slot, int side,
                                const struct digest *digest, const struct tcphs_segment *s)
{
	if (s->payload_whole && s->length > 0 && s->checksum_state != TCPHS_CHECKSUM_BAD &&
	    !tracker_is_garbage(hot, side, s))
		tracker_remember_payload(t, slot, side, digest, s);
	hot->last_packet = (uint32_t)s->packet;
	t->now = s->time > t->now ? s->time : t->now;
	t->counts.segments++;
}

/* The segment that a connection began with found no memory: what comes behind it is not to be taken
 * for the beginning. */
static bool give_up(struct tcphs_tracker *t, const struct tcphs_segment *s)
{
	t->now = s->time > t->now ? s->time : t->now;
	return false;
}

static bool add_one(struct tcphs_tracker *t, const struct tcphs_segment *s,
                    const struct digest *digest, const struct guess *guess)
{
	struct incoming in;
	bool done = true;

	in.segment = s;
	in.digest = digest;
	if (s->kind == TCPHS_SEGMENT_ICMP)
		return remark(t, s);
	if (!find(t, &in, guess))
		return false;
	if ((digest->kind & DIGEST_DATA) && (in.hot->flags & HOT_STEADY) && !in.late &&
	    !t->options.keep_all && tracker_fold(t, &in)) {
		note_direction(in.hot, in.side, false);
		tracker_remember(t, in.hot, in.slot, in.side, digest, s->time);
	} else {
		done = take_plain_path(t, &in);
		if (!done && hot_born(in.hot)) /* else its birth would be this packet's */
			return give_up(t, s);
	}
	if (!in.late)
		hot_set_moment(in.hot, in.moment);
	note_segment(t, in.hot, in.slot, in.side, digest, s);
	return done;
}

/* What add_one() does with most segments, without asking what can't be so: the guess is right, the
 * connection is alone with its 4-tuple, the segment folds. False: nothing has changed. */
static inline bool fold_at_once(struct tcphs_tracker *t, const struct tcphs_segment *s,
                                const struct digest *digest, const struct guess *guess)
{
	const unsigned open =
	    HOT_STEADY | HOT_CHOOSE | HOT_V6 | HOT_RST | HOT_FIN_0 | HOT_SIDE(HOT_FIN_0, 1);
	struct hot *hot = guess->hot;
	int64_t moment;
	int side;

	if (hot == NULL || t->stale != 0 ||
	    (digest->kind & (DIGEST_DATA | DIGEST_V6)) != DIGEST_DATA ||
	    (hot->flags & open) != HOT_STEADY || hot->encap != s->encap || t->options.keep_all)
		return false;
	side = digest_side(hot->pair, hot->ports, digest->pair, digest->ports);
	moment = tracker_moment(t, s->time);
	if (side < 0 || moment < hot_moment(hot) || !fold_segment(t, hot, guess->slot, side, s))
		return false;
	note_direction(hot, side, false);
	tracker_remember(t, hot, guess->slot, side, digest, s->time);
	hot_set_moment(hot, moment);
	note_segment(t, hot, guess->slot, side, digest, s);
	return true;
}

/* ---- fetching ---------------------------------------------------------------------- */

/* Looks the connection up, as far as the tag tells, and fetches it with its segment. */
static inline void fetch_connection(const struct tcphs_tracker *t,
                                    const struct tcphs_segment *segment, uint32_t tag,
                                    struct guess *guess)
{
	uint32_t slot = table_first(&t->store.table, tag);

	guess->slot = slot;
	guess->hot = NULL;
	if (slot != NO_SLOT) {
		guess->hot = store_hot(&t->store, slot);
		fetch_line(guess->hot);
	}
	fetch_lines(segment, 2);
}

/* What cannot be folded is written behind the events there are: in the lines that these will
 * nearly always have reached. */
ONLY_FETCHES void fetch_cold(const struct tcphs_tracker *t, uint32_t kind,
                             const struct guess *guess)
{
	const struct hot *hot = guess->hot;
	const char *cold;

	if (hot == NULL || ((kind & DIGEST_DATA) && (hot->flags & HOT_STEADY)))
		return;
	fetch_across(store_birth_apart(&t->store, guess->slot), sizeof(struct birth));
	cold = (const char *)store_cold(&t->store, hot);
	if (cold == NULL)
		return;
	fetch_line(cold);
	cold += hot->flags & (HOT_FIN_0 | HOT_SIDE(HOT_FIN_0, 1)) ? 2 * CACHE_LINE : CACHE_LINE;
	fetch_lines(cold, 2);
}

/* Each segment passes four stations, DISTANCE segments apart, so that what the next one touches
 * is in the cache: its place in the table, its connection, the cold part of that, itself. */
bool tracker_add(struct tcphs_tracker *t, const struct tcphs_segment *segments,
                 const struct digest *digest, size_t count)
{
	struct guess guess[GUESSES];

	t->stale = 0;
	for (size_t i = 0; i < count + 3 * DISTANCE; i++) {
		size_t second = i - DISTANCE, third = i - 2 * DISTANCE, last = i - 3 * DISTANCE;

		if (i < count) {
			table_fetch(&t->store.table, digest[i].tag);
			fetch_line(&t->recent[digest[i].recent]);
		}
		if (second < count) /* it wraps before its turn */
			fetch_connection(t, &segments[digest[second].segment], digest[second].tag,
			                 &guess[second % GUESSES]);
		if (third < count)
			fetch_cold(t, digest[third].kind, &guess[third % GUESSES]);
		if (last >= count)
			continue;
		if (!fold_at_once(t, &segments[digest[last].segment], &digest[last],
		                  &guess[last % GUESSES]) &&
		    !add_one(t, &segments[digest[last].segment], &digest[last],
		             &guess[last % GUESSES]))
			return false;
		if (t->stale > 0)
			t->stale--;
		if (last % BOUND_EVERY == 0 && t->options.max_memory != 0)
			tracker_bound(t);
	}
	atomic_store_explicit(&t->opened, t->counts.connections, memory_order_relaxed);
	return !tracker_starved(t);
}

bool tcphs_tracker_add(struct tcphs_tracker *t, const struct tcphs_segment *segments, size_t count)
{
	struct digest digest[DIGESTS];

	while (count > 0) {
		size_t n = count < DIGESTS ? count : DIGESTS;

		digest_segments(t->key, segments, n, digest);
		if (!tracker_add(t, segments, digest, n))
			return false;
		segments += n;
		count -= n;
	}
	return true;
}

struct tcphs_tracker_counts tcphs_tracker_counts(const struct tcphs_tracker *t)
{
	struct tcphs_tracker_counts counts = t->counts;

	counts.memory = tracker_memory(t);
	if (t->half != NULL)
		halves_count(t, &counts);
	return counts;
}
