/* SPDX-License-Identifier: BSD-3-Clause */
#include "model/isn_store.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 64u

/* Makes room for one more element of `size` octets. */
static bool grow(void **array, uint32_t *room, uint32_t used, size_t size)
{
	const uint32_t wanted = *room == 0 ? FIRST_ROOM : *room * 2;
	void *bigger;

	if (used < *room)
		return true;
	bigger = realloc(*array, (size_t)wanted * size);
	if (bigger == NULL)
		return false;
	*array = bigger;
	*room = wanted;
	return true;
}

static uint64_t address_hash(const struct tcphs_isn *isn, const struct tcphs_address *address)
{
	uint8_t octets[17];

	memcpy(octets, address->octets, 16);
	octets[16] = address->family;
	return hash_octets(&isn->key, octets, sizeof(octets));
}

static bool address_equal(const struct tcphs_address *a, const struct tcphs_address *b)
{
	return a->family == b->family && memcmp(a->octets, b->octets, sizeof(a->octets)) == 0;
}

static uint64_t tuple_hash(const struct tcphs_isn *isn, uint32_t host,
                           const struct tcphs_isn_sample *sample)
{
	uint8_t octets[25];

	memcpy(octets, sample->peer.octets, 16);
	octets[16] = sample->peer.family;
	memcpy(octets + 17, &sample->port, 2);
	memcpy(octets + 19, &sample->peer_port, 2);
	memcpy(octets + 21, &host, 4);
	return hash_octets(&isn->key, octets, sizeof(octets));
}

static void table_put(struct isn_table *table, uint64_t hash, uint32_t index)
{
	uint32_t at = (uint32_t)hash & (table->slots - 1);

	while (table->slot[at] != 0)
		at = (at + 1) & (table->slots - 1);
	table->slot[at] = index + 1;
	table->used++;
}

/* Keeps the table at most half full; hash_of gives the hash of an element. */
static bool table_ready(struct isn_table *table, const struct tcphs_isn *isn,
                        uint64_t (*hash_of)(const struct tcphs_isn *isn, uint32_t index))
{
	struct isn_table bigger = {0};

	if (table->used < table->slots / 2)
		return true;
	bigger.slots = table->slots == 0 ? 2 * FIRST_ROOM : table->slots * 2;
	bigger.slot = calloc(bigger.slots, sizeof(*bigger.slot));
	if (bigger.slot == NULL)
		return false;
	for (uint32_t i = 0; i < table->used; i++)
		table_put(&bigger, hash_of(isn, i), i);
	free(table->slot);
	*table = bigger;
	return true;
}

static uint64_t hash_of_host(const struct tcphs_isn *isn, uint32_t index)
{
	return address_hash(isn, &isn->host[index].address);
}

static uint64_t hash_of_sample(const struct tcphs_isn *isn, uint32_t index)
{
	return isn->sample[index].tuple;
}

static uint32_t host_find(const struct tcphs_isn *isn, uint64_t hash,
                          const struct tcphs_address *address)
{
	const struct isn_table *table = &isn->by_address;
	uint32_t at = (uint32_t)hash & (table->slots - 1);

	for (; table->slot[at] != 0; at = (at + 1) & (table->slots - 1))
		if (address_equal(&isn->host[table->slot[at] - 1].address, address))
			return table->slot[at] - 1;
	return ISN_NONE;
}

bool isn_store_host(struct tcphs_isn *isn, const struct tcphs_address *address, uint32_t *at)
{
	const uint64_t hash = address_hash(isn, address);
	struct isn_host *host;

	if (!table_ready(&isn->by_address, isn, hash_of_host))
		return false;
	*at = host_find(isn, hash, address);
	if (*at != ISN_NONE || isn->hosts == isn->hosts_max)
		return true;
	if (!grow((void **)&isn->host, &isn->host_room, isn->hosts, sizeof(*isn->host)))
		return false;
	host = &isn->host[isn->hosts];
	*host = (struct isn_host){
	    .address = *address, .first = ISN_NONE, .last = ISN_NONE, .event = ISN_NONE};
	table_put(&isn->by_address, hash, isn->hosts);
	*at = isn->hosts++;
	return true;
}

static uint32_t sample_find(const struct tcphs_isn *isn, uint64_t tuple)
{
	const struct isn_table *table = &isn->by_tuple;
	uint32_t at = (uint32_t)tuple & (table->slots - 1);

	for (; table->slot[at] != 0; at = (at + 1) & (table->slots - 1))
		if (isn->sample[table->slot[at] - 1].tuple == tuple)
			return table->slot[at] - 1;
	return ISN_NONE;
}

/*
 * How many samples a host may have. Once half of all are taken the share of the busy hosts
 * shrinks, down to what every test needs, so that hosts that come late are looked at, too.
 */
static uint32_t share_of_host(const struct tcphs_isn *isn)
{
	const uint32_t half = isn->samples_max / 2, left = isn->samples_max - isn->samples;
	const uint64_t above = TCPHS_ISN_PER_HOST - TCPHS_ISN_NEED_ENTROPY;

	if (left >= half)
		return TCPHS_ISN_PER_HOST;
	return TCPHS_ISN_NEED_ENTROPY + (uint32_t)(above * left / half);
}

bool isn_store_sample(struct tcphs_isn *isn, uint32_t host, const struct tcphs_isn_sample *sample,
                      uint32_t *at, bool *fresh)
{
	const uint64_t tuple = tuple_hash(isn, host, sample);
	struct isn_host *owner = &isn->host[host];

	*fresh = false;
	if (!table_ready(&isn->by_tuple, isn, hash_of_sample))
		return false;
	*at = sample_find(isn, tuple);
	if (*at != ISN_NONE || isn->samples == isn->samples_max ||
	    owner->samples >= share_of_host(isn))
		return true;
	if (!grow((void **)&isn->sample, &isn->sample_room, isn->samples, sizeof(*isn->sample)))
		return false;
	*at = isn->samples++;
	isn->sample[*at] = (struct isn_sample){
	    .host = host, .tuple = tuple, .next_of_host = ISN_NONE, .later = ISN_NONE};
	table_put(&isn->by_tuple, tuple, *at);
	if (owner->first == ISN_NONE)
		owner->first = *at;
	else
		isn->sample[owner->last].next_of_host = *at;
	owner->last = *at;
	owner->samples++;
	*fresh = true;
	return true;
}

bool isn_store_later(struct tcphs_isn *isn, const struct isn_later *later, uint32_t *at)
{
	*at = ISN_NONE;
	if (isn->laters == isn->samples_max / 2)
		return true;
	if (!grow((void **)&isn->later, &isn->later_room, isn->laters, sizeof(*isn->later)))
		return false;
	isn->later[isn->laters] = *later;
	*at = isn->laters++;
	return true;
}

bool isn_store_event(struct tcphs_isn *isn, uint32_t host, const struct isn_event *event)
{
	uint32_t at = isn->host[host].event;

	while (at != ISN_NONE && isn->event[at].code != event->code)
		at = isn->event[at].before;
	if (at != ISN_NONE) {
		isn->event[at].count++;
		return true;
	}
	if (isn->events == isn->hosts_max)
		return true;
	if (!grow((void **)&isn->event, &isn->event_room, isn->events, sizeof(*isn->event)))
		return false;
	isn->event[isn->events] = *event;
	isn->event[isn->events].count = 1;
	isn->event[isn->events].before = isn->host[host].event;
	isn->host[host].event = isn->events++;
	return true;
}
