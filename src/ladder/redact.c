/* SPDX-License-Identifier: BSD-3-Clause */
/* Redaction: a tree from addresses met to the number of their substitute. A balanced tree
 * (tsearch), since the addresses are the sender's choice and must not be able to slow it. */
#include <tcphs/ladder.h>

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "base/address.h"

struct alias {
	struct tcphs_address address, shown;
};

struct tcphs_redaction {
	void *tree;
	uint32_t count[2]; /* substitutes given out, IPv4 and IPv6 */
};

/* RFC 5737 and, once those 762 are used up, RFC 2544's benchmark net. */
static const struct block {
	uint8_t prefix[3];
} blocks[] = {{{192, 0, 2}}, {{198, 51, 100}}, {{203, 0, 113}}};
#define BLOCKS (sizeof(blocks) / sizeof(blocks[0]))

static struct tcphs_address substitute_v4(uint32_t n)
{
	struct tcphs_address shown = {.family = 4};
	uint32_t rest = n - (uint32_t)BLOCKS * 254;

	if (n / 254 < BLOCKS) {
		memcpy(shown.octets, blocks[n / 254].prefix, 3);
		shown.octets[3] = (uint8_t)(n % 254 + 1);
		return shown;
	}
	shown.octets[0] = 198;
	shown.octets[1] = (uint8_t)(18 + (rest >> 16) % 2);
	shown.octets[2] = (uint8_t)(rest >> 8);
	shown.octets[3] = (uint8_t)rest;
	return shown;
}

/* Of a family; later ones share a substitute, since those of IPv4 are used up. */
#define ALIASES_MAX (1u << 17)

static struct tcphs_address substitute_v6(uint32_t n)
{
	struct tcphs_address shown = {.family = 6, .octets = {0x20, 0x01, 0x0d, 0xb8}};

	for (int i = 0; i < 4; i++)
		shown.octets[15 - i] = (uint8_t)((n + 1) >> (8 * i));
	return shown;
}

static int alias_compare(const void *a, const void *b)
{
	return address_compare(&((const struct alias *)a)->address,
	                       &((const struct alias *)b)->address);
}

static bool redact(struct tcphs_redaction *redaction, struct tcphs_address *address)
{
	struct alias *alias = malloc(sizeof(*alias));
	bool six = address->family == 6;
	struct alias **found;

	if (alias == NULL)
		return false;
	alias->address = *address;
	found = tsearch(alias, &redaction->tree, alias_compare);
	if (found == NULL) {
		free(alias);
		return false;
	}
	if (*found != alias) {
		free(alias);
	} else if (redaction->count[six] == ALIASES_MAX) {
		*address = six ? substitute_v6(ALIASES_MAX) : substitute_v4(ALIASES_MAX);
		tdelete(alias, &redaction->tree, alias_compare);
		free(alias);
		return true;
	} else {
		alias->shown = six ? substitute_v6(redaction->count[1]++)
		                   : substitute_v4(redaction->count[0]++);
	}
	*address = (*found)->shown;
	return true;
}

struct tcphs_redaction *tcphs_redaction_new(void)
{
	return calloc(1, sizeof(struct tcphs_redaction));
}

void tcphs_redaction_free(struct tcphs_redaction *redaction)
{
	while (redaction != NULL && redaction->tree != NULL) {
		struct alias *alias = *(struct alias **)redaction->tree;

		tdelete(alias, &redaction->tree, alias_compare);
		free(alias);
	}
	free(redaction);
}

static bool redact_or_clear(struct tcphs_redaction *redaction, struct tcphs_address *address)
{
	if (redact(redaction, address))
		return true;
	memset(address->octets, 0, sizeof(address->octets));
	return false;
}

bool tcphs_redaction_apply(struct tcphs_redaction *redaction, struct tcphs_analysis *analysis)
{
	bool done = true;

	for (int side = 0; side < 2; side++)
		done &= redact_or_clear(redaction, &analysis->connection.end[side].address);
	for (size_t i = 0; i < analysis->diagnoses; i++)
		if (analysis->diagnosis[i].by.family != 0)
			done &= redact_or_clear(redaction, &analysis->diagnosis[i].by);
	return done;
}
