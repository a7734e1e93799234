/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/folds.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tcphs/ladder.h>

/* Open addressing, at most half full. Which hosts collide is of no consequence but time, and
 * the step over the table is bounded by FOLDS_MAX. */
struct folds {
	struct fold *slot; /* count 0: free */
	size_t size, used; /* size is a power of two */
	uint64_t seed;
};

struct folds *folds_new(void)
{
	struct folds *folds = calloc(1, sizeof(*folds));

	if (folds == NULL)
		return NULL;
	folds->size = 256;
	folds->slot = calloc(folds->size, sizeof(folds->slot[0]));
	folds->seed = (uint64_t)(uintptr_t)folds->slot; /* address randomisation is enough here */
	if (folds->slot == NULL) {
		free(folds);
		return NULL;
	}
	return folds;
}

void folds_free(struct folds *folds)
{
	if (folds == NULL)
		return;
	free(folds->slot);
	free(folds);
}

bool folds_folds(const struct tcphs_connection *connection)
{
	return connection->open.kind == TCPHS_OPEN_NO_ANSWER ||
	       connection->open.kind == TCPHS_OPEN_REFUSED ||
	       connection->open.kind == TCPHS_OPEN_HALF;
}

static uint64_t hash(const struct folds *folds, const struct tcphs_address *address, uint8_t kind)
{
	uint64_t value = folds->seed ^ kind;

	for (size_t i = 0; i < sizeof(address->octets); i++)
		value = (value ^ address->octets[i]) * UINT64_C(0x100000001B3);
	return value ^ value >> 29;
}

static struct fold *find(const struct folds *folds, const struct tcphs_address *client,
                         uint8_t kind)
{
	size_t at = hash(folds, client, kind) & (folds->size - 1);

	for (;; at = (at + 1) & (folds->size - 1)) {
		struct fold *fold = &folds->slot[at];

		if (fold->count == 0 ||
		    (fold->kind == kind && fold->client.family == client->family &&
		     memcmp(fold->client.octets, client->octets, sizeof(client->octets)) == 0))
			return fold;
	}
}

static bool grow(struct folds *folds)
{
	struct folds larger = *folds;

	if (folds->used * 2 < folds->size)
		return true;
	if (folds->used >= FOLDS_MAX)
		return false;
	larger.size = folds->size * 2;
	larger.slot = calloc(larger.size, sizeof(larger.slot[0]));
	if (larger.slot == NULL)
		return false;
	for (size_t i = 0; i < folds->size; i++) {
		const struct fold *fold = &folds->slot[i];

		if (fold->count > 0)
			*find(&larger, &fold->client, fold->kind) = *fold;
	}
	free(folds->slot);
	*folds = larger;
	return true;
}

bool folds_add(struct folds *folds, const struct tcphs_connection *connection, uint32_t index)
{
	const struct tcphs_address *client = &connection->end[TCPHS_CLIENT].address;
	struct fold *fold;

	if (!folds_folds(connection))
		return true;
	fold = find(folds, client, connection->open.kind);
	if (fold->count == 0) {
		if (!grow(folds))
			return true;
		fold = find(folds, client, connection->open.kind);
		*fold = (struct fold){*client, connection->open.kind, index, 0};
		folds->used++;
	}
	return fold->count++ == 0;
}

const struct fold *folds_at(const struct folds *folds, const struct tcphs_connection *connection,
                            uint32_t index)
{
	const struct fold *fold;

	if (!folds_folds(connection))
		return NULL;
	fold = find(folds, &connection->end[TCPHS_CLIENT].address, connection->open.kind);
	return fold->count > 1 && fold->first == index ? fold : NULL;
}

size_t fold_text(const struct fold *fold, char *text, size_t size)
{
	const char *what = fold->kind == TCPHS_OPEN_REFUSED ? "refused SYNs"
	                   : fold->kind == TCPHS_OPEN_HALF  ? "half-open connections"
	                                                    : "unanswered SYNs";
	char client[64];

	tcphs_address_text(&fold->client, client, sizeof(client));
	return (size_t)snprintf(text, size, "%" PRIu64 " %s from %s", fold->count, what, client);
}

size_t fold_query(const struct fold *fold, char *text, size_t size)
{
	char client[64];

	tcphs_address_text(&fold->client, client, sizeof(client));
	return (size_t)snprintf(text, size, "client:%s open:%s", client,
	                        tcphs_open_name(fold->kind));
}
