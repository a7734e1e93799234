/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/list_group.h"

#include "base/address.h"
#include "base/bounded.h"
#include "base/hash.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Which side all of a group have in common. */
enum { BY_CLIENT, BY_SERVER };

struct group_key {
	struct tcphs_address address;
	uint8_t open, by;
	uint16_t port; /* of the server, BY_SERVER; else 0 */
};

struct group {
	struct group_key key;
	bool used, said;
	bool many_hosts, many_ports; /* on the other side */
	struct tcphs_address other;  /* the other side's, of the first */
	uint16_t other_port;         /* the server's port, of the first */
	uint64_t count;
};

struct groups {
	struct hash_key hash;
	struct group *slot;
	size_t slots, count, most;
};

/* Groups; what would begin a further one is a line like any other. Addresses are the senders'
 * choice. */
#define GROUPS_MAX (1u << 20)
/* Of each at most: a table that has just grown is three eighths full, and had half the size. */
#define GROUP_OCTETS (4 * sizeof(struct group))

static const struct {
	const char *one, *many;
} what[TCPHS_OPEN_COUNT] = {
    [TCPHS_OPEN_REFUSED] = {"refused", "refused connections"},
    [TCPHS_OPEN_NO_ANSWER] = {"unanswered", "unanswered SYNs"},
    [TCPHS_OPEN_HALF] = {"half open", "half-open connections"},
    [TCPHS_OPEN_ABORTED] = {"aborted", "aborted opens"},
};

struct groups *groups_new(uint64_t memory)
{
	static const uint64_t no_seed[2] = {0, 0};
	struct groups *groups = calloc(1, sizeof(*groups));

	if (groups == NULL)
		return NULL;
	groups->hash = hash_key_make(no_seed);
	groups->most = memory == 0 || memory / GROUP_OCTETS > GROUPS_MAX
	                   ? GROUPS_MAX
	                   : (size_t)(memory / GROUP_OCTETS);
	groups->slots = 1024;
	groups->slot = calloc(groups->slots, sizeof(*groups->slot));
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

static struct group_key key_of(const struct tcphs_connection *connection, int by)
{
	const struct tcphs_endpoint *end =
	    &connection->end[by == BY_CLIENT ? TCPHS_CLIENT : TCPHS_SERVER];
	struct group_key key;

	/* Hashed and compared as octets: no padding may be left undefined. */
	memset(&key, 0, sizeof(key));
	key.address = end->address;
	key.open = connection->open.kind;
	key.by = (uint8_t)by;
	key.port = by == BY_SERVER ? end->port : 0;
	return key;
}

/* The slot with this key, or the free one where it belongs. */
static struct group *find(const struct groups *groups, const struct group_key *key)
{
	size_t at = hash_octets(&groups->hash, key, sizeof(*key)) & (groups->slots - 1);

	/* key_of() leaves no octet of a key unset. */
	/* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison,cert-exp42-c,cert-flp37-c) */
	while (groups->slot[at].used && memcmp(&groups->slot[at].key, key, sizeof(*key)) != 0)
		at = (at + 1) & (groups->slots - 1);
	return &groups->slot[at];
}

static bool grow(struct groups *groups)
{
	struct groups bigger = {
	    .hash = groups->hash, .slots = groups->slots * 2, .most = groups->most};

	bigger.slot = calloc(bigger.slots, sizeof(*bigger.slot));
	if (bigger.slot == NULL)
		return false;
	for (size_t i = 0; i < groups->slots; i++)
		if (groups->slot[i].used)
			*find(&bigger, &groups->slot[i].key) = groups->slot[i];
	free(groups->slot);
	groups->slot = bigger.slot;
	groups->slots = bigger.slots;
	return true;
}

static bool count_by(struct groups *groups, const struct tcphs_connection *connection, int by)
{
	const struct tcphs_endpoint *server = &connection->end[TCPHS_SERVER];
	const struct tcphs_endpoint *other =
	    &connection->end[by == BY_CLIENT ? TCPHS_SERVER : TCPHS_CLIENT];
	struct group_key key = key_of(connection, by);
	struct group *group;

	if (groups->count * 4 >= groups->slots * 3 && !grow(groups))
		return false;
	group = find(groups, &key);
	if (!group->used && groups->count == groups->most)
		return true;
	if (!group->used) {
		*group = (struct group){
		    .key = key, .used = true, .other = other->address, .other_port = server->port};
		groups->count++;
	}
	group->count++;
	if (address_compare(&group->other, &other->address) != 0)
		group->many_hosts = true;
	if (group->other_port != server->port)
		group->many_ports = true;
	return true;
}

static bool is_failure(const struct tcphs_connection *connection)
{
	return what[connection->open.kind].many != NULL;
}

bool groups_count(struct groups *groups, const struct tcphs_connection *connection)
{
	return !is_failure(connection) ||
	       (count_by(groups, connection, BY_CLIENT) && count_by(groups, connection, BY_SERVER));
}

/* 2838 as "2,838". */
static void add_grouped(struct bounded *out, uint64_t number)
{
	char digits[32];
	int length = snprintf(digits, sizeof(digits), "%" PRIu64, number);

	for (int i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			bounded_add(out, ",");
		bounded_add_octets(out, &digits[i], 1);
	}
}

static void describe(const struct group *group, char *text, size_t size)
{
	struct bounded out = bounded_start(text, size);
	char address[64], other[64];

	address_text(&group->key.address, address, sizeof(address));
	address_text(&group->other, other, sizeof(other));
	add_grouped(&out, group->count);
	bounded_addf(&out, " %s ", what[group->key.open].many);
	if (group->key.by == BY_SERVER) {
		bounded_addf(&out, "from %s to %s, port %u",
		             group->many_hosts ? "many hosts" : other, address, group->key.port);
	} else {
		bounded_addf(&out, "from %s to %s", address,
		             group->many_hosts ? "many hosts" : other);
		if (group->many_ports)
			bounded_add(&out, ", many ports");
		else
			bounded_addf(&out, ", port %u", group->other_port);
	}
	bounded_end(&out);
}

enum group_place groups_place(struct groups *groups, const struct tcphs_connection *connection,
                              char *text, size_t size)
{
	struct group *group = NULL;

	if (!is_failure(connection))
		return GROUP_ALONE;
	/* One client's failures belong together; single ones may share a server. */
	for (int by = BY_CLIENT; by <= BY_SERVER; by++) {
		struct group_key key = key_of(connection, by);

		group = find(groups, &key);
		if (group->count > 1)
			break;
	}
	if (group->count < 2)
		return GROUP_ALONE;
	if (group->said)
		return GROUP_FURTHER;
	group->said = true;
	describe(group, text, size);
	return GROUP_FIRST;
}
