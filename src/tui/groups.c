/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/groups.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tcphs/ladder.h>

/* Open addressing, at most half full. Which hosts collide is of no consequence but time, and
 * the step over the table is bounded by GROUPS_MAX. */
struct groups {
	struct group *slot; /* count 0: free */
	size_t size, used;  /* size is a power of two */
	uint64_t seed;
};

struct groups *groups_new(void)
{
	struct groups *groups = calloc(1, sizeof(*groups));

	if (groups == NULL)
		return NULL;
	groups->size = 256;
	groups->slot = calloc(groups->size, sizeof(groups->slot[0]));
	groups->seed = (uint64_t)(uintptr_t)groups->slot; /* address randomisation is enough here */
	if (groups->slot == NULL) {
		free(groups);
		return NULL;
	}
	return groups;
}

void groups_free(struct groups *groups)
{
	if (groups == NULL)
		return;
	free(groups->slot);
	free(groups);
}

bool groups_folds(const struct tcphs_connection *connection)
{
	return connection->open.kind == TCPHS_OPEN_NO_ANSWER ||
	       connection->open.kind == TCPHS_OPEN_REFUSED ||
	       connection->open.kind == TCPHS_OPEN_HALF;
}

static uint64_t hash(const struct groups *groups, const struct tcphs_address *address, uint8_t kind)
{
	uint64_t value = groups->seed ^ kind;

	for (size_t i = 0; i < sizeof(address->octets); i++)
		value = (value ^ address->octets[i]) * UINT64_C(0x100000001B3);
	return value ^ value >> 29;
}

static struct group *find(const struct groups *groups, const struct tcphs_address *client,
                          uint8_t kind)
{
	size_t at = hash(groups, client, kind) & (groups->size - 1);

	for (;; at = (at + 1) & (groups->size - 1)) {
		struct group *group = &groups->slot[at];

		if (group->count == 0 ||
		    (group->kind == kind && group->client.family == client->family &&
		     memcmp(group->client.octets, client->octets, sizeof(client->octets)) == 0))
			return group;
	}
}

static bool grow(struct groups *groups)
{
	struct groups larger = *groups;

	if (groups->used * 2 < groups->size)
		return true;
	if (groups->used >= GROUPS_MAX)
		return false;
	larger.size = groups->size * 2;
	larger.slot = calloc(larger.size, sizeof(larger.slot[0]));
	if (larger.slot == NULL)
		return false;
	for (size_t i = 0; i < groups->size; i++) {
		const struct group *group = &groups->slot[i];

		if (group->count > 0)
			*find(&larger, &group->client, group->kind) = *group;
	}
	free(groups->slot);
	*groups = larger;
	return true;
}

bool groups_add(struct groups *groups, const struct tcphs_connection *connection, uint32_t index)
{
	const struct tcphs_address *client = &connection->end[TCPHS_CLIENT].address;
	struct group *group;

	if (!groups_folds(connection))
		return true;
	group = find(groups, client, connection->open.kind);
	if (group->count == 0) {
		if (!grow(groups))
			return true;
		group = find(groups, client, connection->open.kind);
		*group = (struct group){*client, connection->open.kind, index, 0};
		groups->used++;
	}
	return group->count++ == 0;
}

const struct group *groups_at(const struct groups *groups,
                              const struct tcphs_connection *connection, uint32_t index)
{
	const struct group *group;

	if (!groups_folds(connection))
		return NULL;
	group = find(groups, &connection->end[TCPHS_CLIENT].address, connection->open.kind);
	return group->count > 1 && group->first == index ? group : NULL;
}

size_t group_text(const struct group *group, char *text, size_t size)
{
	const char *what = group->kind == TCPHS_OPEN_REFUSED ? "refused SYNs"
	                   : group->kind == TCPHS_OPEN_HALF  ? "half-open connections"
	                                                     : "unanswered SYNs";
	char client[64];

	tcphs_address_text(&group->client, client, sizeof(client));
	return (size_t)snprintf(text, size, "%" PRIu64 " %s from %s", group->count, what, client);
}

size_t group_query(const struct group *group, char *text, size_t size)
{
	char client[64];

	tcphs_address_text(&group->client, client, sizeof(client));
	return (size_t)snprintf(text, size, "client:%s open:%s", client,
	                        tcphs_open_name(group->kind));
}
