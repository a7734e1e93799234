/* SPDX-License-Identifier: BSD-3-Clause */
/* From a segment to the connections of its 4-tuple. */
#include "track/tracker.h"

#include <string.h>

static bool same_v6(const struct tcphs_address *a, const struct tcphs_address *b)
{
	return memcmp(a->octets, b->octets, 16) == 0;
}

static int side_v6(const struct tcphs_tracker *t, const struct hot *hot,
                   const struct tcphs_segment *s)
{
	const struct tcphs_address *pair = t->store.v6[hot->pair];

	if (s->sport == hot_port(hot, 0) && s->dport == hot_port(hot, 1) &&
	    same_v6(&s->src, &pair[0]) && same_v6(&s->dst, &pair[1]))
		return 0;
	return s->sport == hot_port(hot, 1) && s->dport == hot_port(hot, 0) &&
	               same_v6(&s->src, &pair[1]) && same_v6(&s->dst, &pair[0])
	           ? 1
	           : -1;
}

int tracker_side(const struct tcphs_tracker *t, const struct hot *hot,
                 const struct tcphs_segment *s)
{
	if ((s->src.family == 6) != ((hot->flags & HOT_V6) != 0))
		return -1;
	if (hot->flags & HOT_V6)
		return side_v6(t, hot, s);
	return digest_side(hot->pair, hot->ports, digest_pair(s->src.octets, s->dst.octets),
	                   digest_ports(s->sport, s->dport));
}

uint32_t tracker_head(const struct tcphs_tracker *t, const struct tcphs_segment *s, uint32_t tag,
                      int *side)
{
	uint32_t place = tag, slot;

	while ((slot = table_next(&t->store.table, tag, &place)) != NO_SLOT) {
		int which = tracker_side(t, store_hot(&t->store, slot), s);

		if (which < 0)
			continue;
		if (side != NULL)
			*side = which;
		return slot;
	}
	return NO_SLOT;
}

static bool set_key(struct tcphs_tracker *t, struct hot *hot, const struct tcphs_segment *s)
{
	hot->ports = digest_ports(s->sport, s->dport);
	hot->encap = (uint16_t)(s->encap > UINT16_MAX ? UINT16_MAX : s->encap);
	if (s->src.family == 6) {
		uint32_t pair = store_v6(&t->store);

		if (pair == NO_SLOT)
			return false;
		t->store.v6[pair][0] = s->src;
		t->store.v6[pair][1] = s->dst;
		hot->pair = pair;
		hot->flags |= HOT_V6;
	} else {
		hot->pair = digest_pair(s->src.octets, s->dst.octets);
	}
	return true;
}

/* A slot that was taken in vain; the last one counts for a connection as long as it is there. */
static uint32_t give_back(struct store *s, uint32_t slot)
{
	store_release(s, slot);
	if (slot + 1 == s->slots) {
		s->free_slots = store_birth_apart(s, slot)->before;
		s->free_count--;
		s->slots--;
	}
	return NO_SLOT;
}

/* A birth without the connection before fits beside a lone SYN. */
static inline void set_birth(struct tcphs_tracker *t, struct hot *hot, uint32_t slot,
                             const struct birth *birth)
{
	int64_t lacks = birth->time - tracker_last(t, hot);

	if (birth->before != NO_SLOT || lacks < 0 || lacks >= BORN_FINE ||
	    birth->packet >> 32 >= UINT32_MAX / BORN_FINE) {
		*store_birth_apart(&t->store, slot) = *birth;
		return;
	}
	hot->side[0].tsval = birth->id;
	hot->side[0].ack = (uint32_t)(birth->packet >> 32) * BORN_FINE + (uint32_t)lacks;
	hot->last_packet = (uint32_t)birth->packet;
	hot->side[1].run = 1;
}

/* It is the newest of its 4-tuple; false if memory is exhausted. */
static inline bool set_head(struct tcphs_tracker *t, struct hot *hot, uint32_t slot, uint32_t tag,
                            uint32_t head, struct table_entry *vacant)
{
	struct table *table = &t->store.table;

	if (head != NO_SLOT) {
		table_replace(table, tag, head, slot);
		t->stale = TRACKER_GUESSED;
		hot->flags |= HOT_CHOOSE;
		return true;
	}
	if (vacant == NULL)
		return table_insert(table, tag, slot);
	table_seat(table, vacant, tag, slot);
	return true;
}

uint32_t tracker_open(struct tcphs_tracker *t, const struct tcphs_segment *s, uint32_t tag,
                      uint32_t head, struct table_entry *vacant)
{
	uint32_t slot;
	struct hot *hot = store_new(&t->store, &slot);
	int64_t *youngest;

	if (hot == NULL)
		return NO_SLOT;
	if (!set_key(t, hot, s) || !set_head(t, hot, slot, tag, head, vacant))
		return give_back(&t->store, slot);
	if (!t->begun) {
		t->began = s->time;
		t->begun = true;
	}
	hot->moment = hot_first_moment(tracker_moment(t, s->time));
	set_birth(t, hot, slot,
	          &(struct birth){
	              .time = s->time, .packet = s->packet, .id = ++t->next_id, .before = head});
	youngest = store_youngest(&t->store, slot);
	*youngest = s->time > *youngest ? s->time : *youngest;
	t->counts.connections++;
	tracker_came(t, slot);
	return slot;
}
