/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the ISN statistics keep: hosts, samples and remarkable events, each in one growing array
 * whose elements name each other by index, and two open-addressing tables over them.
 */
#ifndef MODEL_ISN_STORE_H
#define MODEL_ISN_STORE_H

#include <tcphs/isn.h>
#include "base/hash.h"
#include "model/isn_line.h"

#define ISN_NONE UINT32_MAX

struct isn_host {
	uint64_t connections, left_out;
	struct tcphs_address address;
	uint32_t first, last; /* of its samples */
	uint32_t samples, reused;
	uint32_t event; /* of its events, the latest first */
};

/* One 4-tuple of a host, and the connection last seen on it. */
struct isn_sample {
	int64_t time;
	uint64_t packet;
	uint64_t tuple; /* hash of host, peer and ports: equal means the same 4-tuple */
	uint32_t host, next_of_host;
	uint32_t isn, peer_isn;
	uint32_t later; /* chain of the ISNs that came later on this 4-tuple, the latest first */
	uint32_t laters;
	int64_t last_time;
	uint32_t last_isn, last_next;
	bool peer_known, stamped, last_answered, last_next_known, last_by_fin, reused;
};

struct isn_later {
	int64_t time;
	uint32_t isn, before;
};

struct isn_event {
	uint64_t packet, count;
	uint32_t expected, got;
	uint32_t before; /* the host's event before this, or ISN_NONE */
	uint16_t code;
	bool numbers;
};

struct isn_table {
	uint32_t *slot; /* index + 1, 0: free */
	uint32_t slots; /* a power of two, or 0 */
	uint32_t used;
};

struct tcphs_isn {
	struct hash_key key;
	struct isn_host *host;
	struct isn_sample *sample;
	struct isn_later *later;
	struct isn_event *event;
	uint32_t hosts, samples, laters, events;
	uint32_t host_room, sample_room, later_room, event_room;
	uint32_t hosts_max, samples_max;
	struct isn_table by_address, by_tuple;
	struct tcphs_isn_left_out left_out;
	/* Work space of one report, grown to the largest host. */
	struct isn_point *point;
	struct isn_gap *gap;
	size_t work_room;
};

/* Of the two, *at is the element's index, or ISN_NONE when a cap forbids a new one. *fresh says
 * that it has just been made, zeroed but for its key. False if memory is exhausted. */
bool isn_store_host(struct tcphs_isn *isn, const struct tcphs_address *address, uint32_t *at);
bool isn_store_sample(struct tcphs_isn *isn, uint32_t host, const struct tcphs_isn_sample *sample,
                      uint32_t *at, bool *fresh);
/* Appends one; ISN_NONE and true beyond a cap. */
bool isn_store_later(struct tcphs_isn *isn, const struct isn_later *later, uint32_t *at);
/* Counts an event of a host; the first one of a code is kept whole. */
bool isn_store_event(struct tcphs_isn *isn, uint32_t host, const struct isn_event *event);

#endif
