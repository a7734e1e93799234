/* SPDX-License-Identifier: BSD-3-Clause */
/* Does a connection fulfil a compiled query? */
#include "query/term.h"

#include <string.h>

static bool number_matches(const struct term *term, const struct tcphs_connection *connection)
{
	int64_t number[2];
	size_t count = term->key->numbers(connection, number);

	for (size_t n = 0; n < count; n++)
		for (size_t i = 0; i < term->choices; i++)
			if (number[n] >= term->choice[i].low && number[n] <= term->choice[i].high)
				return true;
	return false;
}

static bool address_matches(const struct choice *choice, const struct tcphs_address *address)
{
	size_t octets = choice->prefix / 8;
	unsigned bits = choice->prefix % 8;

	if (choice->address.family == 0)
		return true;
	if (choice->address.family != address->family ||
	    memcmp(choice->address.octets, address->octets, octets) != 0)
		return false;
	return bits == 0 ||
	       (choice->address.octets[octets] ^ address->octets[octets]) >> (8 - bits) == 0;
}

static bool host_matches(const struct term *term, const struct tcphs_connection *connection)
{
	for (int side = 0; side < 2; side++) {
		const struct tcphs_endpoint *end = &connection->end[side];

		if (!(term->key->sides >> side & 1))
			continue;
		for (size_t i = 0; i < term->choices; i++) {
			const struct choice *choice = &term->choice[i];

			if (end->port >= choice->low && end->port <= choice->high &&
			    address_matches(choice, &end->address))
				return true;
		}
	}
	return false;
}

static bool term_matches(const struct term *term, const struct tcphs_query_subject *subject)
{
	const struct tcphs_connection *connection = &subject->analysis->connection;

	if (term->key->numbers != NULL)
		return number_matches(term, connection);
	if (term->key->words != NULL)
		return (term->words & term->key->words(connection)) != 0;
	if (term->key->matches != NULL)
		return term->key->matches(term, subject);
	return host_matches(term, connection);
}

bool tcphs_query_matches(const struct tcphs_query *query, const struct tcphs_query_subject *subject)
{
	for (size_t i = 0; i < query->terms; i++)
		if (term_matches(&query->term[i], subject) == query->term[i].negated)
			return false;
	return true;
}

bool tcphs_query_needs_rows(const struct tcphs_query *query)
{
	for (size_t i = 0; i < query->terms; i++)
		if (query->term[i].key->rows)
			return true;
	return false;
}
