/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where connections live. Hot and cold are apart: an ordinary data segment touches the hot
 * 64 octets and nothing else.
 *
 *   hot    64 octets, one cache line: key, numbers of both sides, the run being folded
 *   birth  24 octets: id, first packet, its time, the incarnation before; as long as a connection
 *          is its first SYN and nothing more, all that is in its hot part
 *   cold   256 octets, only from the second segment on: SYN options, the first events
 *   more   only where something is remarkable: notes, what came before, options of segments
 *
 * Slots index hot and birth; a freed slot is used again. Nothing moves once it is there, but
 * the events of a connection that has more than its cold part holds.
 */
#ifndef TRACK_STORE_H
#define TRACK_STORE_H

#include "model/event.h"
#include "model/model.h"
#include "track/table.h"

#include <stddef.h>
#include <tcphs/segment.h>

enum hot_flag {
	HOT_SYN_0 = 0x0001,    /* side 0 has sent a bare SYN; << 1: side 1 */
	HOT_V6 = 0x0004,       /* pair is the index among the IPv6 pairs */
	HOT_SACK = 0x0008,     /* both permitted SACK */
	HOT_TS = 0x0010,       /* both agreed on timestamps */
	HOT_MD5 = 0x0020,      /* segments are signed */
	HOT_SYNACK_0 = 0x0040, /* side 0 has sent a SYN-ACK */
	HOT_FIN_0 = 0x0100,    /* … a FIN */
	HOT_SPOKE_0 = 0x0400,  /* … anything */
	HOT_RST = 0x1000,      /* somebody sent a RST */
	HOT_STEADY = 0x2000,   /* ordinary data may be folded */
	HOT_LAST_1 = 0x4000,   /* the last segment came from side 1 */
	HOT_CHOOSE = 0x8000,   /* there is another connection of the 4-tuple, or another
				  encapsulation of one direction (more): tracker_choose() */
};
#define HOT_SIDE(flag, side) ((uint16_t)((flag) << (side)))

struct hot_side {
	uint32_t nxt, ack; /* the highest end and ACK sent */
	uint32_t tsval;    /* the highest sent */
	uint16_t window;   /* beside `ack`, as on the wire */
	uint16_t run;      /* hot_run(), and two bits more */
};
#define RUN_MAX      0x3fffu
#define RUN_STAMPED  0x4000u /* tsval is known */
#define RUN_UNSCALED 0x8000u /* the window is that of a SYN (RFC 7323 §2.2) */

static inline uint16_t hot_run(const struct hot_side *side) /* packets of the run being folded */
{
	return side->run & RUN_MAX;
}

static inline bool hot_stamped(const struct hot_side *side)
{
	return (side->run & RUN_STAMPED) != 0;
}

static inline void hot_stamp(struct hot_side *side, uint32_t tsval)
{
	side->tsval = tsval;
	side->run |= RUN_STAMPED;
}

struct hot {
	uint64_t pair;  /* digest_pair() of side 0 and 1 */
	uint32_t ports; /* digest_ports() */
	uint16_t encap;
	uint16_t flags; /* enum hot_flag */
	struct hot_side side[2];
	uint32_t cold;        /* index + 1; 0: a lone SYN, see lone_syn */
	uint32_t last_packet; /* the last segment's number, modulo 2^32 */
	uint64_t moment;      /* hot_shift(), hot_turns(), tracker_last() */
};
_Static_assert(sizeof(struct hot) == 64, "hot is one cache line");

static inline uint16_t hot_port(const struct hot *hot, int side)
{
	return (uint16_t)(hot->ports >> 16 * side);
}

/* A lone SYN has no cold part: what its SYN said stands where side 1's numbers will be, and its
 * birth, which no other page is touched for, in side 0's `tsval` (the id) and `ack` (what
 * tracker_birth() can't take from the last segment). */
struct lone_syn {
	uint32_t tsval;
	uint16_t present; /* tcphs_options.present */
	uint16_t mss;
	uint16_t bits;    /* its control bits */
	uint8_t wscale, tfo_length;
	uint16_t good; /* its checksum */
	uint16_t born; /* hot_born() */
};
_Static_assert(sizeof(struct lone_syn) == sizeof(struct hot_side), "it takes side 1's place");
_Static_assert(offsetof(struct lone_syn, good) == offsetof(struct lone_syn, present) + 8,
               "what it says is eight octets");
_Static_assert(offsetof(struct lone_syn, born) == offsetof(struct hot_side, run), "likewise");

/* Its birth is in its hot part: so it is from tracker_open() until it has a cold part, but for the
 * few that it can't be told of there. */
static inline bool hot_born(const struct hot *hot)
{
	return hot->cold == 0 && hot->side[1].run != 0;
}

struct birth {
	int64_t time;
	uint64_t packet;
	uint32_t id;
	uint32_t before; /* slot of the connection of the same 4-tuple before: store_before() */
};

struct more {
	struct note *note;
	uint32_t notes, note_room;
	uint32_t notes_dropped;
	struct previous previous;
	uint32_t previous_slot;
	uint8_t tfo_length[2]; /* of the cookie in each side's first SYN */
	bool encaps;                 /* the two directions have different encapsulations: */
	uint16_t encap[2];           /* of each side */
	uint32_t bad[2];             /* checksums */
	uint16_t quiet[2]; /* keep_all: packets that hot_side.run would count */
	uint64_t dropped[2], dropped_bytes[2]; /* segments beyond EVENTS_MAX, by side */
	struct tcphs_options *options; /* keep_all: one an event */
	uint32_t option_room;
	bool has_next, spoke_old, reset_old, reordered_said;
	bool offload_said[2], cut_said[2], gone[2];
	uint8_t final;
};

#define OWN_EVENTS 9u /* an ordinary connection has no more: open, two runs, close in four */

/* Where more than a connection's own do not suffice. */
struct event_block {
	uint32_t room, unused;
	struct event event[];
};

enum cold_known {
	COLD_OPTIONS_0 = 0x01, /* the options of side 0's SYN are known; << 1: side 1's */
	COLD_SYN_0 = 0x04,     /* side 0 sent a SYN or SYN-ACK, though perhaps a broken one */
	COLD_GOOD_0 = 0x10,    /* a checksum of side 0 was right, of a segment looked at by itself */
	COLD_LATER_SYN_0 = 0x40, /* side 0's last SYN has a later TSval than those before it */
	COLD_ANSWERS_LAST = 0x100, /* the first SYN-ACK echoes that TSval */
};
#define COLD_SIDE(known, side) ((unsigned)(known) << (side))

struct cold {
	struct event *event; /* `own`, or those of an event_block */
	struct more *more;
	uint32_t events;
	uint16_t mss[2];
	uint16_t present[2]; /* of each side's first SYN */
	int16_t wscale[2];
	uint16_t known; /* enum cold_known */
	uint16_t unused[3]; /* so that it is whole cache lines */
	struct event own[OWN_EVENTS];
};
_Static_assert(sizeof(struct cold) == 256, "cold is four cache lines");

#define EVENT_CLASSES 12 /* sizes of event blocks */

struct chunk {
	struct hot *hot; /* [SLOTS_A_CHUNK] */
	struct birth *birth;
	int64_t *youngest; /* the time of the latest birth among each SLOTS_A_GROUP neighbours */
};

struct store {
	struct chunk *chunk;
	size_t chunks, chunk_room;
	uint32_t slots;       /* ever used */
	uint32_t free_slots;  /* a list through birth.before; NO_SLOT ends it */
	uint32_t free_count;
	struct cold **cold;
	size_t cold_chunks, cold_chunk_room;
	uint32_t colds;
	uint32_t free_colds, free_cold_count;
	struct tcphs_address (*v6)[2];
	uint32_t v6_count, v6_room, v6_free;
	void *slab;           /* event blocks are cut from slabs */
	size_t slab_left;
	void **slabs;
	size_t slab_count, slab_room;
	void *free_blocks[EVENT_CLASSES];
	size_t memory;
	size_t limit; /* what slabs and large blocks may make of it; 0: none */
	bool starved; /* a detail found no memory; the tracker says so */
	bool huge; /* pages, for what packets look for in random places */
	struct table table;
};

/* Both make chunks of hot and of cold parts a huge page each. */
#define SLOTS_A_CHUNK 32768u
#define SLOTS_A_GROUP 64u
#define COLDS_A_CHUNK 8192u

static inline struct hot *store_hot(const struct store *store, uint32_t slot)
{
	return &store->chunk[slot / SLOTS_A_CHUNK].hot[slot % SLOTS_A_CHUNK];
}

/* Where it is kept when it is not in the hot part: tracker_birth() knows both. */
static inline struct birth *store_birth_apart(const struct store *store, uint32_t slot)
{
	return &store->chunk[slot / SLOTS_A_CHUNK].birth[slot % SLOTS_A_CHUNK];
}

static inline int64_t *store_youngest(const struct store *store, uint32_t slot)
{
	return &store->chunk[slot / SLOTS_A_CHUNK].youngest[slot % SLOTS_A_CHUNK / SLOTS_A_GROUP];
}

/* 0: the slot is free. */
static inline uint32_t store_id(const struct store *store, uint32_t slot)
{
	const struct hot *hot = store_hot(store, slot);

	return hot_born(hot) ? hot->side[0].tsval : store_birth_apart(store, slot)->id;
}

static inline void store_set_id(const struct store *store, uint32_t slot, uint32_t id)
{
	struct hot *hot = store_hot(store, slot);

	*(hot_born(hot) ? &hot->side[0].tsval : &store_birth_apart(store, slot)->id) = id;
}

/* The connection of the same 4-tuple before this one, or NO_SLOT. Who is given up isn't taken out
 * of a chain, which may be long: its slot is free, or whoever has it is younger. */
static inline uint32_t store_before(const struct store *store, uint32_t slot)
{
	const struct birth *birth = store_birth_apart(store, slot);
	uint32_t older;

	if (hot_born(store_hot(store, slot)) || birth->before == NO_SLOT)
		return NO_SLOT;
	older = store_id(store, birth->before);
	return older != 0 && older < birth->id ? birth->before : NO_SLOT;
}

static inline struct cold *store_cold_at(const struct store *store, uint32_t i)
{
	return &store->cold[i / COLDS_A_CHUNK][i % COLDS_A_CHUNK];
}

static inline struct cold *store_cold(const struct store *store, const struct hot *hot)
{
	return hot->cold == 0 ? NULL : store_cold_at(store, hot->cold - 1);
}

static inline uint32_t cold_room(const struct cold *cold) /* of events */
{
	const struct event_block *block;

	if (cold->event == cold->own)
		return OWN_EVENTS;
	block = (const struct event_block *)(const void *)((const char *)cold->event -
							   offsetof(struct event_block, event));
	return block->room;
}

static inline bool cold_knows_options(const struct cold *cold, int side)
{
	return (cold->known & COLD_SIDE(COLD_OPTIONS_0, side)) != 0;
}

bool store_init(struct store *store, bool huge);
void store_free(struct store *store);

/* The hot part, zeroed, of a fresh slot; NULL if memory is exhausted. */
struct hot *store_new(struct store *store, uint32_t *slot);
/* Gives back the slot and all it holds. */
void store_release(struct store *store, uint32_t slot);
/* A cold part for who has none; NULL if memory is exhausted. */
struct cold *store_warm(struct store *store, struct hot *hot);
struct more *store_more(struct store *store, struct cold *cold);
/* The octets that `more` connections, each warm, could make it allocate at once: chunks, a larger
 * table, more addresses. *cold: it is the cold parts that are short, and nothing else. */
size_t store_step(const struct store *store, uint32_t more, bool *cold);
/* Room for a pair of IPv6 addresses; NO_SLOT if memory is exhausted. */
uint32_t store_v6(struct store *store);
/* Makes room for one more event; false if memory is exhausted, or the limit reached. */
bool store_grow_events(struct store *store, struct cold *cold);

/* Appends an event; NULL if memory is exhausted. */
static inline struct event *store_append(struct store *store, struct cold *cold)
{
	if (cold->events >= OWN_EVENTS && cold->events == cold_room(cold) &&
	    !store_grow_events(store, cold))
		return NULL;
	return &cold->event[cold->events++];
}

struct note *store_note(struct store *store, struct cold *cold);

#endif
