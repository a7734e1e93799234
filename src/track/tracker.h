/* SPDX-License-Identifier: BSD-3-Clause */
/* The tracker's inside, shared by its files. */
#ifndef TRACK_TRACKER_H
#define TRACK_TRACKER_H

#include "track/arrange.h"
#include "track/digest.h"
#include "track/lone.h"
#include "track/ranks.h"
#include "track/store.h"
#include "track/whole.h"

#include <stdatomic.h>
#include <tcphs/tracker.h>

#define TRACKER_GUESSED 17u /* segments whose connections were looked up before their turn, and this one */

/* A datagram seen lately: enough to know it again. Fixed hash, since forgetting early only
 * means that a copy is taken for a repetition. */
struct recent {
	uint64_t key;
	int64_t time;
};

static inline uint64_t tracker_stir(uint64_t h, uint64_t value)
{
	h = (h ^ value) * UINT64_C(0x9e3779b97f4a7c15);
	return h ^ h >> 29;
}

struct tcphs_tracker {
	struct store store;
	struct tcphs_tracker_options options;
	uint64_t key[2];
	struct tcphs_tracker_counts counts;
	uint32_t next_id;
	int64_t began;        /* time of the first segment, of this half or the other */
	bool begun;
	int64_t now;          /* the latest time seen */
	uint32_t hand;        /* where ageing and eviction go on */
	int64_t swept;        /* the capture's time up to which ageing has looked */
	uint32_t *order;      /* slots in order of ids, once slots are used again */
	size_t ordered;
	struct ranks ranks;   /* the same where somebody looks on, see index.c */
	uint32_t vain;        /* how often eviction found nothing but established ones */
	uint32_t vain_idle;   /* … or nothing but active ones */
	int64_t round_began;  /* when the hand was at slot 0 while memory was short; 0: never */
	int64_t grace;        /* ns that an opening connection is given then */
	int64_t lull;         /* ns that a connection may be silent and is active: the time in */
	int64_t lull_began;   /* … which a part of all places is given anew, since when and … */
	uint64_t lull_until;  /* … up to how many of them */
	uint32_t leaving;     /* the slot that on_final is called for */
	uint32_t ended;       /* the runs of the slots before it have ended, at the end */
	bool reused, ranked, order_stale, finished;
	int64_t apart;          /* how long before a copy its datagram passed */
	unsigned stale; /* for so many segments what was fetched may not be the head of its chain */
	struct recent *recent;  /* [RECENT] by datagram */
	struct recent *payload; /* [RECENT] by place in the stream; time is the payload's sum */
	struct analyst *analyst;
	struct prepared *prepared; /* summaries made by another thread, or NULL */
	struct tcphs_tracker *half; /* has the second half of the 4-tuples, see halves.h; or NULL */
	bool is_half;               /* this or the other */
	_Atomic uint64_t opened;    /* connections, for who asks while another thread tracks */
	bool starved; /* memory failed a detail, as store.starved; said at the end of the batch */
	struct tcphs_analysis scratch_out;
};

static inline bool tracker_starved(const struct tcphs_tracker *tracker)
{
	return tracker->starved || tracker->store.starved;
}

/* What one thread needs to analyse. */
struct analyst {
	struct model model; /* `client` says which side of the last connection that was */
	struct arranged arranged;
	struct whole whole; /* of a tracker that keeps all */
	struct lone lone; /* the last that it summarised */
};

/* A segment on its way into a connection. */
struct incoming {
	const struct tcphs_segment *segment;
	const struct digest *digest;
	uint32_t slot;
	int side;
	bool late; /* its time stamp is older than that of the segment before */
	int64_t moment;   /* tracker_moment() */
	int64_t behind;   /* the connection's first segment, ns; plain path */
	uint64_t first;   /* the number of its packet; plain path */
	bool renews; /* tracker_renews() says so */
	uint32_t end;     /* the number after it */
	uint16_t bits;    /* of the event it becomes */
	struct hot *hot;
	struct cold *cold; /* plain path */
};

/* tracker.c: tcphs_tracker_add() with digests that were worked out before. */
bool tracker_add(struct tcphs_tracker *tracker, const struct tcphs_segment *segments,
		 const struct digest *digest, size_t count);

/* lookup.c: which connection. */
/* The newest connection of the segment's 4-tuple, or NO_SLOT; *side (may be NULL) as below. */
uint32_t tracker_head(const struct tcphs_tracker *tracker, const struct tcphs_segment *segment,
		      uint32_t tag, int *side);
/* Which side of the connection sent it; -1 if it is of another 4-tuple. */
int tracker_side(const struct tcphs_tracker *tracker, const struct hot *hot,
		 const struct tcphs_segment *segment);
/* A new connection for the segment, ahead of `head`; NO_SLOT if memory is exhausted. `vacant`: a place
 * in the table where it has no head, as table_place() found it just before, or NULL. */
uint32_t tracker_open(struct tcphs_tracker *tracker, const struct tcphs_segment *segment,
		      uint32_t tag, uint32_t head, struct table_entry *vacant);

/* incarnation.c: the connection among those of the 4-tuple, made if need be. */
uint32_t tracker_choose(struct tcphs_tracker *tracker, const struct tcphs_segment *segment,
			uint32_t tag, uint32_t head);
/* Somebody has closed or reset the connection, or it was silent for long, and these numbers can't
 * be of it any more. */
bool tracker_foreign(const struct tcphs_tracker *tracker, const struct hot *hot, int side,
		     const struct tcphs_segment *segment);
#define LONG_WAY (1 << 24) /* more than what is old and still under way can be behind */

/* fold.c: the ordinary segment, and the end of a run. */
bool tracker_fold(struct tcphs_tracker *tracker, const struct incoming *incoming);
bool tracker_end_run(struct tcphs_tracker *tracker, uint32_t slot, struct cold *cold);
/* A part of tcphs_tracker_finish() ahead of it, for who answers keys meanwhile: ends the runs of so
 * many slots more; true if none is left to do. No segment may come after that. */
bool tracker_end_runs(struct tcphs_tracker *tracker, size_t slots);
/* The event that the run of a side would become now. */
struct event tracker_run(const struct tcphs_tracker *tracker, uint32_t slot, int side);
/* When its last segment came, behind the connection's first. */
int64_t tracker_run_behind(const struct tcphs_tracker *tracker, uint32_t slot, int64_t moment,
			   const struct cold *cold);

/* record.c: everything else becomes an event. */
/* The run of the connection has ended before. `copy`: tracker_seen() says so. */
bool tracker_record(struct tcphs_tracker *tracker, struct incoming *incoming, bool copy);
/* What a SYN's options say to a connection: of side `side`; false if memory is exhausted. */
bool tracker_learn(struct tcphs_tracker *tracker, struct hot *hot, struct cold *cold, int side,
		   const struct lone_syn *syn);
struct lone_syn tracker_syn(const struct tcphs_segment *segment);
/* advance.c: the numbers go on by a segment that has become an event; false as above. */
bool tracker_advance(struct tcphs_tracker *tracker, struct incoming *incoming);
bool tracker_pseudo(struct tcphs_tracker *tracker, uint32_t slot, int side, uint32_t what,
		    const struct tcphs_segment *segment);
bool tracker_remark(struct tcphs_tracker *tracker, const struct tcphs_segment *segment);
/* Appends an event; NULL if memory is exhausted. */
struct event *tracker_append(struct tcphs_tracker *tracker, struct cold *cold);
/* renew.c: is the SYN-ACK the first of its side's that acknowledges the other side's SYN, behind
 * others that its caller ignored? Before it is recorded. */
bool tracker_renews(const struct incoming *incoming);
/* cut.c: takes `cut` events from index `first` on out, which leave a run a direction and their
 * counts; false if memory is exhausted. */
bool tracker_cut(struct tcphs_tracker *tracker, struct cold *cold, uint32_t first, uint32_t cut);
/* The cold part; a lone SYN's own event moves into it. */
struct cold *tracker_warm(struct tcphs_tracker *tracker, uint32_t slot);

/* scan.c: what the whole segment shows (flags, header, options, checksum), as notes. */
void tracker_scan(struct tcphs_tracker *tracker, struct incoming *incoming);
void tracker_remember_payload(struct tcphs_tracker *tracker, uint32_t slot, int side,
			      const struct digest *digest, const struct tcphs_segment *segment);
struct note *tracker_note(struct tcphs_tracker *tracker, struct cold *cold, enum tcphs_code code,
			  uint32_t event);

/* A keep-alive may carry an octet of garbage (RFC 9293 §3.8.4): it is none of the stream. */
static inline bool tracker_is_garbage(const struct hot *hot, int side,
                                      const struct tcphs_segment *segment)
{
	const struct hot_side *x = &hot->side[side], *y = &hot->side[!side];

	return segment->length == 1 && segment->seq == x->nxt - 1 && y->ack == x->nxt;
}

/* copies.c: has the capture held this datagram just before? Remembers it. */
bool tracker_seen(struct tcphs_tracker *tracker, const struct incoming *incoming);

/* analyse.c: what the analyst holds, not `analyst` itself. */
void analyst_free(struct analyst *analyst);
/* Fills *analysis. */
bool tracker_analyse_slot(const struct tcphs_tracker *tracker, struct analyst *analyst, uint32_t slot,
			  bool rows, struct tcphs_analysis *analysis);
/* What tcphs_tracker_peek() says. */
void tracker_identity(const struct tcphs_tracker *tracker, uint32_t slot, struct tcphs_connection *connection);

/* age.c */
void tracker_bound(struct tcphs_tracker *tracker);
void tracker_finalise(struct tcphs_tracker *tracker, uint32_t slot, enum tcphs_final why);
size_t tracker_memory(const struct tcphs_tracker *tracker);

/* index.c: which connection is the nth. */
uint32_t tracker_slot_in_order(const struct tcphs_tracker *tracker, size_t index);
static inline uint32_t tracker_slot(const struct tcphs_tracker *tracker, size_t index)
{
	if (tracker->reused || index == TCPHS_LEAVING)
		return tracker_slot_in_order(tracker, index);
	return (uint32_t)index;
}
/* The connection in this slot has come; is about to be let go. */
void tracker_came(struct tcphs_tracker *tracker, uint32_t slot);
void tracker_leaves(struct tcphs_tracker *tracker, uint32_t slot);

/* May `side` echo this TSecr? Not more than the peer was captured sending, and what a clock of a
 * tick a millisecond (the fastest of RFC 7323 §5.4) can have added in a connection of this age
 * (ns): the capture may lack the segment that is echoed. */
static inline bool tracker_echo_is_plausible(const struct hot *hot, int side,
					     const struct tcphs_segment *segment, int64_t age)
{
	int32_t ahead = (int32_t)(segment->options.tsecr - hot->side[!side].tsval);

	return ahead <= 1 || (int64_t)(ahead - 1) * 1000000 <= age || !hot_stamped(&hot->side[!side]);
}

/* ---- hot.moment: window shifts, turns, and the time of the last segment ------------- */

/* From the lowest bit on: the shift of each side's windows, 4 bits each, side 0's first; how often
 * the direction changed, modulo 16; the time behind the tracker's first segment, signed, fine for
 * 13 days, enough for 36 years. */
#define MOMENT_SHIFTS UINT64_C(0xff)
#define MOMENT_TURN   UINT64_C(0x100)
#define MOMENT_TURNS  UINT64_C(0xf00)
#define MOMENT_TIME   12
#define LAST_BITS     (64 - MOMENT_TIME)
#define NO_SHIFT      15u /* it is not known */

static inline unsigned hot_shift(const struct hot *hot, int side)
{
	return hot->moment >> 4 * side & 15u;
}

static inline void hot_set_shifts(struct hot *hot, unsigned first, unsigned second)
{
	hot->moment = (hot->moment & ~MOMENT_SHIFTS) | first | second << 4;
}

static inline unsigned hot_turns(const struct hot *hot)
{
	return (unsigned)((hot->moment & MOMENT_TURNS) / MOMENT_TURN);
}

static inline void hot_turn(struct hot *hot, unsigned turns)
{
	hot->moment = (hot->moment & ~MOMENT_TURNS) | ((hot->moment + turns * MOMENT_TURN) & MOMENT_TURNS);
}

/* What hot_moment() of a segment that comes at this time will be. */
static inline int64_t tracker_moment(const struct tcphs_tracker *tracker, int64_t time)
{
	return time_pack(time - tracker->began, LAST_BITS);
}

static inline int64_t hot_moment(const struct hot *hot)
{
	return (int64_t)hot->moment >> MOMENT_TIME;
}

static inline void hot_set_moment(struct hot *hot, int64_t moment)
{
	hot->moment = (uint64_t)moment << MOMENT_TIME | (hot->moment & (MOMENT_SHIFTS | MOMENT_TURNS));
}

/* Of a connection's first segment: no shift is known, nobody has turned. */
static inline uint64_t hot_first_moment(int64_t moment)
{
	return (uint64_t)moment << MOMENT_TIME | NO_SHIFT << 4 | NO_SHIFT;
}

/* Remembers a datagram by its print and its place in the conversation, of which it returns the key. */
static inline uint64_t tracker_remember(struct tcphs_tracker *tracker, const struct hot *hot, uint32_t slot,
					int side, const struct digest *digest, int64_t time)
{
	uint64_t place = (uint64_t)slot << 5 | (uint64_t)hot_turns(hot) << 1 | (unsigned)side;
	uint64_t key = tracker_stir(digest->print, place) | 1;

	tracker->recent[digest->recent] = (struct recent){key, time};
	return key;
}

/* ns since 1970, as a segment's. */
static inline int64_t tracker_last(const struct tcphs_tracker *tracker, const struct hot *hot)
{
	return tracker->began + time_unpack(hot_moment(hot), LAST_BITS);
}

#define BORN_FINE 1024u /* ns that a moment may lack, see time_pack() */

/* The birth that a hot part tells, hot_born(): set_birth() in lookup.c wrote it. */
static inline uint64_t tracker_born_packet(const struct hot *hot)
{
	return (uint64_t)(hot->side[0].ack / BORN_FINE) << 32 | hot->last_packet;
}

static inline struct birth tracker_born(const struct tcphs_tracker *tracker, const struct hot *hot)
{
	return (struct birth){.time = tracker_last(tracker, hot) + hot->side[0].ack % BORN_FINE,
	                      .packet = tracker_born_packet(hot),
	                      .id = hot->side[0].tsval,
	                      .before = NO_SLOT};
}

/* `hot` is the slot's. */
static inline struct birth tracker_birth_of(const struct tcphs_tracker *tracker, const struct hot *hot,
                                            uint32_t slot)
{
	return hot_born(hot) ? tracker_born(tracker, hot) : *store_birth_apart(&tracker->store, slot);
}

static inline struct birth tracker_birth(const struct tcphs_tracker *tracker, uint32_t slot)
{
	return tracker_birth_of(tracker, store_hot(&tracker->store, slot), slot);
}

/* Of one side: address and port. */
static inline void tracker_address(const struct tcphs_tracker *tracker, const struct hot *hot,
                                   int side, struct tcphs_endpoint *end)
{
	uint32_t address = (uint32_t)(hot->pair >> 32 * side);

	end->port = hot_port(hot, side);
	if (hot->flags & HOT_V6) {
		end->address = tracker->store.v6[hot->pair][side];
	} else {
		memset(&end->address, 0, sizeof(end->address));
		end->address.family = 4;
		memcpy(end->address.octets, &address, sizeof(address));
	}
}

/* From a time to a moment; 0 if no time apart can be told (decades from the capture's first packet a
 * moment is not exact). */
static inline int64_t tracker_apart(const struct tcphs_tracker *tracker, int64_t moment,
                                    int64_t time)
{
	if (moment == tracker_moment(tracker, time))
		return 0;
	return tracker->began + time_unpack(moment, LAST_BITS) - time;
}

/* How long the connection was there at the time of its last segment; 0 if that is older. */
static inline int64_t tracker_duration(const struct tcphs_tracker *tracker, uint32_t slot)
{
	const struct hot *hot = store_hot(&tracker->store, slot);
	int64_t birth = tracker_birth(tracker, slot).time;
	int64_t duration = tracker_apart(tracker, hot_moment(hot), birth);

	return duration > 0 ? duration : 0;
}

static inline bool hot_runs(const struct hot *hot) /* a run is being folded */
{
	return hot->cold != 0 && ((hot->side[0].run | hot->side[1].run) & RUN_MAX) != 0;
}

#endif
