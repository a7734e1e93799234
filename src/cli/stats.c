/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/stats.h"

#include <stdlib.h>

struct stats *stats_new(void)
{
	struct stats *stats = calloc(1, sizeof(*stats));

	if (stats == NULL)
		return NULL;
	top_init(&stats->refusing);
	top_init(&stats->unanswering);
	top_init(&stats->resetting);
	top_init(&stats->talking);
	return stats;
}

static void add_resets(struct stats *stats, const struct tcphs_connection *connection)
{
	const struct tcphs_close *close = &connection->close;

	if (close->kind != TCPHS_CLOSE_RESET && close->kind != TCPHS_CLOSE_FIN_RESET)
		return;
	/* Of a fin-reset the initiator is who sent the FIN; who reset is the other one or the
	 * same, so only a plain reset names somebody. */
	if (close->kind == TCPHS_CLOSE_RESET && close->initiator < 2)
		top_add(&stats->resetting, &connection->end[close->initiator].address, 0, 1);
}

static void add_bytes(struct stats *stats, const struct tcphs_connection *connection)
{
	for (int side = 0; side < 2; side++) {
		const struct tcphs_endpoint *end = &connection->end[side];

		stats->bytes += end->bytes;
		if (end->bytes > 0)
			top_add(&stats->talking, &end->address, 0, end->bytes);
	}
}

void stats_add(struct stats *stats, const struct tcphs_analysis *analysis)
{
	const struct tcphs_connection *connection = &analysis->connection;
	const struct tcphs_endpoint *server = &connection->end[TCPHS_SERVER];
	uint32_t repeated = connection->open.syn_retransmissions;

	if (stats->summary.connections == 0 || connection->start < stats->first)
		stats->first = connection->start;
	if (stats->summary.connections == 0 ||
	    connection->start + connection->duration > stats->last)
		stats->last = connection->start + connection->duration;
	summary_count(&stats->summary, analysis);
	times_add(&stats->handshake, connection->open.rtt);
	stats->syn_rtx[repeated < SYN_RTX_MAX ? repeated : SYN_RTX_MAX]++;
	stats->syn_rtx_total += repeated;
	if (connection->open.kind == TCPHS_OPEN_REFUSED)
		top_add(&stats->refusing, &server->address, server->port, 1);
	if (connection->open.kind == TCPHS_OPEN_NO_ANSWER)
		top_add(&stats->unanswering, &server->address, server->port, 1);
	add_resets(stats, connection);
	if (connection->end[0].bytes + connection->end[1].bytes > 0)
		add_bytes(stats, connection);
}

void stats_join(struct stats *stats, const struct stats *other)
{
	if (other->summary.connections == 0)
		return;
	if (stats->summary.connections == 0 || other->first < stats->first)
		stats->first = other->first;
	if (stats->summary.connections == 0 || other->last > stats->last)
		stats->last = other->last;
	summary_join(&stats->summary, &other->summary);
	times_join(&stats->handshake, &other->handshake);
	for (size_t i = 0; i <= SYN_RTX_MAX; i++)
		stats->syn_rtx[i] += other->syn_rtx[i];
	stats->syn_rtx_total += other->syn_rtx_total;
	stats->bytes += other->bytes;
	top_join(&stats->refusing, &other->refusing);
	top_join(&stats->unanswering, &other->unanswering);
	top_join(&stats->resetting, &other->resetting);
	top_join(&stats->talking, &other->talking);
}
