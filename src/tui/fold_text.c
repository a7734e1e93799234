/* SPDX-License-Identifier: BSD-3-Clause */
/* A group of equal failures in words and as a query. */
#include "tui/folds.h"

#include "base/address.h"
#include "base/bounded.h"
#include "tui/thousands.h"

#include <tcphs/ladder.h>

static const struct {
	const char *whole, *brief;
} failures[TCPHS_OPEN_COUNT] = {
    [TCPHS_OPEN_REFUSED] = {"refused connections", "refused"},
    [TCPHS_OPEN_NO_ANSWER] = {"unanswered SYNs", "unanswered"},
    [TCPHS_OPEN_HALF] = {"half-open connections", "half open"},
    [TCPHS_OPEN_ABORTED] = {"aborted opens", "aborted"},
};

bool folds_folds(const struct tcphs_connection *connection)
{
	return failures[connection->open.kind].whole != NULL;
}

struct tcphs_connection fold_sum(const struct fold *fold)
{
	return (struct tcphs_connection){
	    .packets = fold->packets,
	    .end[0].bytes = fold->bytes,
	    .open.kind = fold->kind,
	    .diagnoses = fold->worst > 0,
	    .worst = (uint8_t)(fold->worst > 0 ? fold->worst - 1 : 0),
	};
}

/* "192.0.2.7:http" */
static void server_text(const struct fold *fold, bool numeric, char *text, size_t size)
{
	struct tcphs_endpoint end = {.address = fold->server, .port = fold->port};

	tcphs_endpoint_text(&end, numeric, text, size);
}

size_t fold_text(const struct fold *fold, bool brief, char *text, size_t size)
{
	struct bounded out = bounded_start(text, size);
	char address[64], server[80], number[32];

	bounded_addf(&out, "%s %s from ", thousands_text(fold->count, number, sizeof(number)),
	             brief ? failures[fold->kind].brief : failures[fold->kind].whole);
	address_text(&fold->client, address, sizeof(address));
	bounded_add(&out, fold->by == FOLD_BY_SERVER ? "many hosts" : address);
	if (!fold->many_ports && !fold->many_servers) {
		server_text(fold, false, server, sizeof(server));
		bounded_addf(&out, " to %s", server);
	} else {
		address_text(&fold->server, server, sizeof(server));
		bounded_addf(&out, " to %s", fold->many_servers ? "many hosts" : server);
		if (fold->many_ports)
			bounded_add(&out, ", many ports");
		else
			bounded_addf(&out, ", port %u", fold->port);
	}
	return bounded_end(&out);
}

size_t fold_query(const struct fold *fold, char *text, size_t size)
{
	struct bounded out = bounded_start(text, size);
	char address[64], server[80];

	address_text(&fold->client, address, sizeof(address));
	server_text(fold, true, server, sizeof(server));
	if (fold->by != FOLD_BY_SERVER)
		bounded_addf(&out, "client:%s ", address);
	if (fold->by != FOLD_BY_CLIENT)
		bounded_addf(&out, "server:%s ", server);
	bounded_addf(&out, "open:%s", tcphs_open_name((enum tcphs_open_kind)fold->kind));
	return bounded_end(&out);
}
