/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The end of connections: when each is final, and what is given up to stay within the bound on
 * memory: half-open before established, idle before active. A hand goes round the slots.
 */
#include "track/tracker.h"

#define SECOND           INT64_C(1000000000)
#define MILLISECOND      (SECOND / 1000)
#define QUIET_CLOSED     (60 * SECOND)
#define QUIET_UNANSWERED (130 * SECOND)
#define QUIET_HALF_OPEN  (75 * SECOND)
#define SWEEP            4096u              /* slots looked at by one tick, and … */
#define SWEEP_TIME       (10 * MILLISECOND) /* … in so much time of the capture, … */
#define SWEEP_ALL        (4 * SECOND)       /* … or all of them in this */
#define SAMPLE           64u                /* slots compared to give one up */
#define HUNT             65536u /* and at most while none of them may be given up before the established */
#define HUNT_IDLE        4096u /* … or while all of them spoke a short time ago */

size_t tracker_memory(const struct tcphs_tracker *t)
{
	return t->store.memory + table_memory(&t->store.table) +
	       2 * RECENT * sizeof(struct recent) + t->ranks.memory +
	       (t->order != NULL
	            ? (t->half != NULL ? t->ordered : t->store.slots) * sizeof(*t->order)
	            : 0);
}

/* ---- leaving ----------------------------------------------------------------------- */

static void as_segment(const struct tcphs_tracker *t, uint32_t slot, struct tcphs_segment *s)
{
	struct tcphs_connection conn;

	tracker_identity(t, slot, &conn);
	s->src = conn.end[0].address;
	s->dst = conn.end[1].address;
	s->sport = conn.end[0].port;
	s->dport = conn.end[1].port;
}

/* The table no longer leads to the slot; links within a chain end at it by themselves. */
static void unlink_slot(struct tcphs_tracker *t, uint32_t slot)
{
	struct tcphs_segment key = {.packet = 0};
	uint32_t tag;

	as_segment(t, slot, &key);
	t->stale = TRACKER_GUESSED;
	tag = digest_tag(t->key, &key);
	if (tracker_head(t, &key, tag, NULL) == slot)
		table_replace(&t->store.table, tag, slot, store_before(&t->store, slot));
}

void tracker_finalise(struct tcphs_tracker *t, uint32_t slot, enum tcphs_final why)
{
	struct cold *cold = tracker_warm(t, slot);
	struct more *more = cold != NULL ? store_more(&t->store, cold) : NULL;

	if (more != NULL)
		more->final = (uint8_t)why;
	t->leaving = slot; /* its rank would cost a sort each time, and a flood makes many leave */
	if (t->options.on_final != NULL)
		t->options.on_final(t->options.context, t, TCPHS_LEAVING);
	unlink_slot(t, slot);
	tracker_leaves(t, slot);
	store_release(&t->store, slot);
}

static bool both(const struct hot *hot, unsigned flag)
{
	unsigned mask = flag | flag << 1;

	return (hot->flags & mask) == mask;
}

/* Cheap: by flags alone. */
static enum tcphs_final why_final(const struct tcphs_tracker *t, uint32_t slot)
{
	const struct hot *hot = store_hot(&t->store, slot);
	int64_t quiet = t->now - tracker_last(t, hot);

	if (quiet >= QUIET_CLOSED && ((hot->flags & HOT_RST) || both(hot, HOT_FIN_0)))
		return TCPHS_FINAL_CLOSED;
	if (quiet >= QUIET_UNANSWERED && !both(hot, HOT_SPOKE_0) &&
	    (hot->flags & (HOT_SYN_0 | HOT_SYN_0 << 1)))
		return TCPHS_FINAL_UNANSWERED;
	if (quiet >= QUIET_HALF_OPEN && (hot->flags & (HOT_SYNACK_0 | HOT_SYNACK_0 << 1)) &&
	    !(hot->flags & HOT_STEADY) && store_cold(&t->store, hot) != NULL &&
	    store_cold(&t->store, hot)->events <= 2)
		return TCPHS_FINAL_HALF_OPEN;
	return TCPHS_FINAL_NO;
}

/* How many slots to look at now. It follows the capture's clock: an interface hands a few packets
 * over at a time, and a look at thousands of slots for each of them costs more than they do. */
static uint32_t sweep_due(struct tcphs_tracker *t)
{
	int64_t each = SWEEP_TIME / SWEEP, slots = t->store.slots, due;

	if (t->now - t->swept < SWEEP_TIME)
		return 0;
	if (slots > SWEEP_ALL / each)
		each = SWEEP_ALL / slots;
	if (t->now - t->swept > slots * each) /* one round is enough, however long ago */
		t->swept = t->now - slots * each;
	due = (t->now - t->swept) / each;
	t->swept = due > SWEEP ? t->swept + SWEEP * each : t->now;
	return (uint32_t)(due > SWEEP ? SWEEP : due);
}

void tcphs_tracker_tick(struct tcphs_tracker *t, int64_t now)
{
	uint32_t due;

	if (now > t->now)
		t->now = now;
	if (!t->options.live || t->store.slots == 0)
		return;
	due = sweep_due(t);
	for (uint32_t i = 0; i < due; i++) {
		uint32_t slot = t->hand++ % t->store.slots;
		enum tcphs_final why;

		if (store_id(&t->store, slot) == 0)
			continue;
		why = why_final(t, slot);
		if (why != TCPHS_FINAL_NO)
			tracker_finalise(t, slot, why);
	}
}

/* ---- the bound on memory ----------------------------------------------------------- */

#define ESTABLISHED 3
#define CLASS       (INT64_C(1) << 60)
#define AHEAD       128u /* connections that the next segments may open */
#define GIVE_MOST   256u /* after one batch */
#define GRACE_MOST  SECOND
#define GRACE_PART  16 /* of the time in which all places are given anew */

static int64_t idle_time(const struct tcphs_tracker *t, uint32_t slot)
{
	int64_t last = tracker_last(t, store_hot(&t->store, slot));

	return t->now > last ? t->now - last : 0;
}

/* The lower, the less it is worth: class first, then how long it has been idle. */
static int64_t worth(const struct tcphs_tracker *t, uint32_t slot)
{
	const struct hot *hot = store_hot(&t->store, slot);
	int64_t idle = idle_time(t, slot);
	int64_t class = ESTABLISHED;

	if ((hot->flags & HOT_RST) || both(hot, HOT_FIN_0))
		class = 1; /* it is over */
	else if (idle < t->grace)
		class = ESTABLISHED; /* an open that has just begun is given its time */
	else if (!both(hot, HOT_SPOKE_0))
		class = 0; /* one side only: unanswered */
	else if (!(hot->flags & HOT_STEADY))
		class = 2; /* half open */
	idle /= 1000;
	return class * CLASS - (idle < INT64_C(1) << 59 ? idle : INT64_C(1) << 59);
}

/* One step of the hand. How fast it goes round says how long an open may take: a flood that
 * fills all places within a second must not live on the grace of its own SYNs. */
static uint32_t move_hand(struct tcphs_tracker *t)
{
	uint32_t slot = t->hand++ % t->store.slots;

	if (slot == 0) {
		int64_t round = t->round_began != 0 ? t->now - t->round_began : t->now - t->began;

		t->grace = round / GRACE_PART < GRACE_MOST ? round / GRACE_PART : GRACE_MOST;
		t->round_began = t->now;
	}
	return slot;
}

/* By what is given up, not by the hand, which a search in vain takes all round at once. */
static void measure_lull(struct tcphs_tracker *t)
{
	if (t->counts.evicted < t->lull_until)
		return;
	t->lull = t->lull_began != 0 ? t->now - t->lull_began : (t->now - t->began) / GRACE_PART;
	t->lull_began = t->now;
	t->lull_until = t->counts.evicted + t->store.slots / GRACE_PART;
}

static bool is_established(int64_t worth)
{
	return worth > (ESTABLISHED - 1) * CLASS;
}

/* It spoke within a small part of the time in which all places are given anew. */
static bool is_active(const struct tcphs_tracker *t, int64_t worth)
{
	return worth > ESTABLISHED * CLASS - t->lull / 1000;
}

/* Neighbours in the table may all be established, with a flood of SYNs behind them, or active,
 * with idle ones behind them: then it looks further. Each time in vain halves how far, so that a
 * tracker that holds nothing else doesn't look through all of it again and again. */
static uint32_t looks(const struct tcphs_tracker *t, int64_t least)
{
	uint32_t hunt = 0, idle = 0;

	if (is_established(least) && t->vain < 16)
		hunt = HUNT >> t->vain;
	if (is_active(t, least) && t->vain_idle < 12)
		idle = HUNT_IDLE >> t->vain_idle;
	return SAMPLE + (hunt > idle ? hunt : idle);
}

/* `warm`: one that has a cold part. */
static bool give_up_one(struct tcphs_tracker *t, bool warm)
{
	uint32_t victim = NO_SLOT;
	int64_t least = INT64_MAX;
	uint32_t looked = 0;

	measure_lull(t);
	for (uint32_t i = 0; i < t->store.slots; i++) {
		uint32_t slot;
		int64_t value;

		if (looked >= looks(t, least) || (warm && i >= HUNT && victim != NO_SLOT))
			break;
		slot = move_hand(t);
		if (store_id(&t->store, slot) == 0 ||
		    (warm && store_hot(&t->store, slot)->cold == 0))
			continue;
		looked++;
		value = worth(t, slot);
		if (value < least) {
			least = value;
			victim = slot;
		}
	}
	if (victim == NO_SLOT)
		return false;
	t->vain = is_established(least) ? t->vain + 1 : 0;
	t->vain_idle = is_active(t, least) ? t->vain_idle + 1 : 0;
	t->counts.evicted++;
	tracker_finalise(t, victim, TCPHS_FINAL_EVICTED);
	return true;
}

/*
 * A growth is counted before it is made: where the next connections would need a chunk, or a
 * larger table, that the bound has no room for, old ones give their places. The last sixteenth
 * is for what grows by little and is given back (notes, large blocks of events); if even that is
 * used up, those that have such things go. Slabs keep to their share by store.limit.
 */
void tracker_bound(struct tcphs_tracker *t)
{
	size_t most = (size_t)(t->options.max_memory - t->options.max_memory / 16);
	size_t all = (size_t)(t->options.max_memory -
	                      t->options.max_memory / 64); /* one batch's worth less */

	t->store.limit = most;
	for (unsigned given = 0; given < GIVE_MOST; given++) {
		size_t memory = tracker_memory(t), step;
		bool cold;

		step = store_step(&t->store, AHEAD, &cold);
		if (memory <= all && (step == 0 || memory + step <= most))
			break;
		if (!give_up_one(t, cold || memory > all))
			break;
	}
}
