/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/clip.h"

#include "tui/app.h"

#include <inttypes.h>
#include <stdio.h>

/* Addresses and ports name the 4-tuple; the packets' numbers name the one connection on it. */
static void filter_text(const struct tcphs_connection *connection, char *text, size_t size)
{
	const struct tcphs_endpoint *client = &connection->end[TCPHS_CLIENT];
	const struct tcphs_endpoint *server = &connection->end[TCPHS_SERVER];
	const char *layer = client->address.family == 6 ? "ipv6" : "ip";
	char a[64], b[64];

	tcphs_address_text(&client->address, a, sizeof(a));
	tcphs_address_text(&server->address, b, sizeof(b));
	snprintf(text, size,
	         "%s.addr == %s && %s.addr == %s && tcp.port == %u && tcp.port == %u && "
	         "frame.number >= %" PRIu64 " && frame.number <= %" PRIu64,
	         layer, a, layer, b, client->port, server->port, connection->first_packet,
	         connection->last_packet);
}

void clip_copy_filter(struct app *app, const struct tcphs_connection *connection)
{
	char text[400];

	filter_text(connection, text, sizeof(text));
	term_copy(&app->term, text);
	app_message(app, TCPHS_S_PLAIN, "copied  %s", text);
}
