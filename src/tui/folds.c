/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Groups stand in blocks and never move. Two keys lead to a group: its client's address, and
 * its server's address and port. Both are entered when it begins; once it is decided which of
 * them its members share, the other entry is stale and the next group with that key takes it.
 */
#include "tui/folds.h"

#include "base/address.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

#define TABLES    256 /* each grows by itself, so that no single step takes long */
#define FIRST     16  /* slots of a table to begin with */
#define BLOCK     512 /* groups */
#define BLOCKS    (FOLDS_MAX / BLOCK)
#define DISCARDED 16 /* blocks and tables at a time */

struct slot {
	uint32_t hash;
	uint32_t group; /* its number from 1; 0: free */
};

/* Open addressing, at most half full. */
struct table {
	struct slot *slot;
	uint32_t size, used; /* size is 0 or a power of two */
};

struct folds {
	struct hash_key key;
	struct table table[TABLES];
	struct fold *block[BLOCKS];
	uint32_t groups, most;
};
_Static_assert(sizeof(struct fold) + 12 * sizeof(struct slot) <= FOLDS_OCTETS,
               "FOLDS_OCTETS hold a group");

struct folds *folds_new(size_t most)
{
	static const uint64_t no_seed[2] = {0, 0};
	struct folds *folds = calloc(1, sizeof(*folds));

	if (folds != NULL) {
		folds->key = hash_key_make(no_seed);
		folds->most = most == 0 || most > FOLDS_MAX ? FOLDS_MAX : (uint32_t)most;
	}
	return folds;
}

bool folds_discard(struct folds *folds)
{
	int left = DISCARDED;

	if (folds == NULL)
		return true;
	for (size_t i = 0; i < TABLES; i++) {
		if (folds->table[i].slot == NULL)
			continue;
		if (left-- == 0)
			return false;
		free(folds->table[i].slot);
		folds->table[i].slot = NULL;
	}
	for (; folds->groups > 0; folds->groups = (folds->groups - 1) / BLOCK * BLOCK) {
		if (left-- == 0)
			return false;
		free(folds->block[(folds->groups - 1) / BLOCK]);
	}
	free(folds);
	return true;
}

static struct fold *group_at(const struct folds *folds, uint32_t number)
{
	return &folds->block[(number - 1) / BLOCK][(number - 1) % BLOCK];
}

static bool same_client(const struct fold *fold, const struct tcphs_connection *connection)
{
	return address_compare(&fold->client, &connection->end[TCPHS_CLIENT].address) == 0;
}

static bool same_server(const struct fold *fold, const struct tcphs_connection *connection)
{
	const struct tcphs_endpoint *server = &connection->end[TCPHS_SERVER];

	return fold->port == server->port && address_compare(&fold->server, &server->address) == 0;
}

/* Whether `fold` is found by this key of the connection, were it not stale. */
static bool has_key(const struct fold *fold, const struct tcphs_connection *connection,
                    enum fold_by by)
{
	return fold->kind == connection->open.kind &&
	       (by == FOLD_BY_CLIENT ? same_client : same_server)(fold, connection);
}

static bool is_stale(const struct fold *fold, enum fold_by by)
{
	return fold->by != FOLD_BY_BOTH && fold->by != by;
}

static uint64_t hash_of(const struct folds *folds, const struct tcphs_connection *connection,
                        enum fold_by by)
{
	const struct tcphs_endpoint *end =
	    &connection->end[by == FOLD_BY_CLIENT ? TCPHS_CLIENT : TCPHS_SERVER];
	uint8_t octets[sizeof(end->address.octets) + 5];
	size_t at = sizeof(end->address.octets);

	memcpy(octets, end->address.octets, at);
	octets[at++] = end->address.family;
	octets[at++] = connection->open.kind;
	octets[at++] = (uint8_t)by;
	octets[at++] = by == FOLD_BY_SERVER ? (uint8_t)(end->port >> 8) : 0;
	octets[at++] = by == FOLD_BY_SERVER ? (uint8_t)end->port : 0;
	return hash_octets(&folds->key, octets, at);
}

static struct table *table_of(struct folds *folds, uint64_t hash)
{
	return &folds->table[hash >> 56];
}

/* The slot of this key, or the free one where it belongs; NULL in an empty table. */
static struct slot *find(const struct folds *folds, const struct tcphs_connection *connection,
                         enum fold_by by, uint64_t hash)
{
	const struct table *table = &folds->table[hash >> 56];

	if (table->size == 0)
		return NULL;
	for (uint32_t at = (uint32_t)hash & (table->size - 1);; at = (at + 1) & (table->size - 1)) {
		struct slot *slot = &table->slot[at];

		if (slot->group == 0 || (slot->hash == (uint32_t)hash &&
		                         has_key(group_at(folds, slot->group), connection, by)))
			return slot;
	}
}

/* The group with this key; NULL if there is none or its entry is stale. */
static struct fold *find_group(const struct folds *folds, const struct tcphs_connection *connection,
                               enum fold_by by)
{
	const struct slot *slot = find(folds, connection, by, hash_of(folds, connection, by));
	struct fold *fold;

	if (slot == NULL || slot->group == 0)
		return NULL;
	fold = group_at(folds, slot->group);
	return is_stale(fold, by) ? NULL : fold;
}

/* Makes room for one more. */
static bool grow(struct table *table)
{
	struct table larger = {.size = table->size > 0 ? table->size * 2 : FIRST,
	                       .used = table->used};

	if (table->used * 2 < table->size)
		return true;
	larger.slot = calloc(larger.size, sizeof(larger.slot[0]));
	if (larger.slot == NULL)
		return false;
	for (uint32_t i = 0; i < table->size; i++) {
		uint32_t at = table->slot[i].hash & (larger.size - 1);

		if (table->slot[i].group == 0)
			continue;
		while (larger.slot[at].group != 0)
			at = (at + 1) & (larger.size - 1);
		larger.slot[at] = table->slot[i];
	}
	free(table->slot);
	*table = larger;
	return true;
}

static bool enter(struct folds *folds, const struct tcphs_connection *connection, enum fold_by by,
                  uint32_t number)
{
	uint64_t hash = hash_of(folds, connection, by);
	struct table *table = table_of(folds, hash);
	struct slot *slot;

	if (!grow(table))
		return false;
	slot = find(folds, connection, by, hash);
	table->used += slot->group == 0;
	*slot = (struct slot){(uint32_t)hash, number};
	return true;
}

static struct fold *begin(struct folds *folds, const struct tcphs_connection *connection)
{
	struct fold **block = &folds->block[folds->groups / BLOCK];
	struct fold *fold;
	uint32_t number = folds->groups + 1;

	if (folds->groups == folds->most)
		return NULL;
	if (folds->groups % BLOCK == 0 && (*block = calloc(BLOCK, sizeof(**block))) == NULL)
		return NULL;
	fold = &(*block)[folds->groups % BLOCK];
	*fold = (struct fold){.client = connection->end[TCPHS_CLIENT].address,
	                      .server = connection->end[TCPHS_SERVER].address,
	                      .port = connection->end[TCPHS_SERVER].port,
	                      .kind = connection->open.kind,
	                      .first = (uint32_t)connection->id};
	folds->groups = number;
	/* Without an entry it is a group of one: nothing is lost. */
	if (enter(folds, connection, FOLD_BY_CLIENT, number))
		enter(folds, connection, FOLD_BY_SERVER, number);
	return fold;
}

static void count(struct fold *fold, const struct tcphs_connection *connection)
{
	bool client = same_client(fold, connection), server = same_server(fold, connection);
	uint8_t worst = (uint8_t)(connection->diagnoses > 0 ? connection->worst + 1 : 0);

	if (fold->by == FOLD_BY_BOTH && client != server)
		fold->by = client ? FOLD_BY_CLIENT : FOLD_BY_SERVER;
	fold->many_ports |= fold->port != connection->end[TCPHS_SERVER].port;
	fold->many_servers |=
	    address_compare(&fold->server, &connection->end[TCPHS_SERVER].address) != 0;
	fold->worst = worst > fold->worst ? worst : fold->worst;
	fold->packets += connection->packets;
	fold->bytes += connection->end[TCPHS_CLIENT].bytes + connection->end[TCPHS_SERVER].bytes;
	fold->count++;
}

bool folds_add(struct folds *folds, const struct tcphs_connection *connection)
{
	struct fold *client, *server, *fold;

	if (!folds_folds(connection))
		return true;
	client = find_group(folds, connection, FOLD_BY_CLIENT);
	server = find_group(folds, connection, FOLD_BY_SERVER);
	fold = client;
	if (fold == NULL || (server != NULL && server->count > client->count))
		fold = server;
	if (fold == NULL)
		fold = begin(folds, connection);
	if (fold == NULL)
		return true;
	count(fold, connection);
	return fold->count == 1;
}

/* Groups are in the order of the ids of their first ones. */
const struct fold *folds_at(const struct folds *folds, uint32_t id)
{
	uint32_t low = 1, high = folds->groups + 1;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (group_at(folds, middle)->first < id)
			low = middle + 1;
		else
			high = middle;
	}
	if (low > folds->groups || group_at(folds, low)->first != id ||
	    group_at(folds, low)->count < 2)
		return NULL;
	return group_at(folds, low);
}
