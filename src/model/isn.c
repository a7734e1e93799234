/* SPDX-License-Identifier: BSD-3-Clause */
/* ISNs come in here, connection by connection; what is seen at once is noted as an event. */
#include <tcphs/isn.h>

#include <stdlib.h>
#include <string.h>

#include "base/seq.h"
#include "model/isn_store.h"

/* What Linux adds to the last number when it reopens a TIME-WAIT (tcp_timewait_state_process). */
#define TIME_WAIT_STEP 65537u
/* Longer after that no clock need be ahead: the fastest that is known, Linux's with its 64 ns,
 * has then made half a turn. */
#define BACKWARDS_WITHIN (INT64_C(64) << 31)

/* Octets of each, with its places in a table: up to four, and half as many more while it grows. */
#define PLACES         (6 * sizeof(uint32_t))
#define SAMPLE_OCTETS  (sizeof(struct isn_sample) + sizeof(struct isn_later) / 2 + PLACES)
#define HOST_OCTETS    (sizeof(struct isn_host) + sizeof(struct isn_event) + PLACES)
#define LEAST_OF_BOUND 1024u /* so many are kept in any case */

static uint32_t within(uint32_t most, uint64_t memory, size_t octets)
{
	uint64_t fitting = memory / octets;

	if (fitting < LEAST_OF_BOUND)
		fitting = LEAST_OF_BOUND;
	return fitting < most ? (uint32_t)fitting : most;
}

struct tcphs_isn *tcphs_isn_new(const struct tcphs_isn_options *options)
{
	static const uint64_t no_seed[2];
	struct tcphs_isn *isn = calloc(1, sizeof(*isn));

	if (isn == NULL)
		return NULL;
	isn->key = hash_key_make(options != NULL ? options->seed : no_seed);
	isn->hosts_max = TCPHS_ISN_HOSTS_MAX;
	isn->samples_max = TCPHS_ISN_SAMPLES_MAX;
	if (options != NULL && options->hosts_max != 0 && options->hosts_max < isn->hosts_max)
		isn->hosts_max = options->hosts_max;
	if (options != NULL && options->samples_max != 0 && options->samples_max < isn->samples_max)
		isn->samples_max = options->samples_max;
	if (options != NULL && options->max_memory != 0) {
		isn->samples_max = within(isn->samples_max, options->max_memory / 2, SAMPLE_OCTETS);
		isn->hosts_max = within(isn->hosts_max, options->max_memory / 2, HOST_OCTETS);
	}
	return isn;
}

void tcphs_isn_free(struct tcphs_isn *isn)
{
	if (isn == NULL)
		return;
	free(isn->host);
	free(isn->sample);
	free(isn->later);
	free(isn->event);
	free(isn->by_address.slot);
	free(isn->by_tuple.slot);
	free(isn->point);
	free(isn->gap);
	free(isn);
}

size_t tcphs_isn_hosts(const struct tcphs_isn *isn)
{
	return isn->hosts;
}

struct tcphs_isn_left_out tcphs_isn_left_out(const struct tcphs_isn *isn)
{
	struct tcphs_isn_left_out left_out = isn->left_out;

	left_out.hosts_max = isn->hosts_max;
	left_out.samples_max = isn->samples_max;
	return left_out;
}

static bool note(struct tcphs_isn *isn, uint32_t host, enum tcphs_code code, uint64_t packet,
                 uint32_t expected, uint32_t got)
{
	const struct isn_event event = {.code = (uint16_t)code,
	                                .packet = packet,
	                                .expected = expected,
	                                .got = got,
	                                .numbers = expected != got};

	return isn_store_event(isn, host, &event);
}

/* The same 4-tuple with a new ISN, held against the connection before it. */
static bool compare(struct tcphs_isn *isn, struct isn_sample *old,
                    const struct tcphs_isn_sample *new)
{
	const bool known = old->last_next_known && new->time_known;

	if (known && old->last_by_fin && new->isn == old->last_next + TIME_WAIT_STEP)
		return note(isn, old->host, TCPHS_D_ISN_TW_STEP, new->packet, old->last_next,
		            new->isn);
	if (known && old->last_answered &&
	    new->time - old->last_time < BACKWARDS_WITHIN &&seq_lt(new->isn, old->last_next))
		return note(isn, old->host, TCPHS_D_ISN_TUPLE_BACK, new->packet, old->last_next,
		            new->isn);
	return true;
}

static void remember(struct isn_sample *at, const struct tcphs_isn_sample *sample)
{
	at->last_time = sample->time;
	at->last_isn = sample->isn;
	at->last_next = sample->next;
	at->last_next_known = sample->next_known && sample->time_known;
	at->last_answered = sample->peer_isn_known;
	at->last_by_fin = sample->closed_by_fin;
}

static bool come_back(struct tcphs_isn *isn, uint32_t index, const struct tcphs_isn_sample *sample)
{
	struct isn_sample *at = &isn->sample[index];
	const struct isn_later later = {sample->time, sample->isn, at->later};
	uint32_t stored;

	if (!compare(isn, at, sample))
		return false;
	remember(at, sample);
	if (!at->reused)
		isn->host[at->host].reused++;
	at->reused = true;
	if (!sample->time_known || at->laters + 1 >= TCPHS_ISN_PER_TUPLE)
		return true;
	if (!isn_store_later(isn, &later, &stored))
		return false;
	if (stored != ISN_NONE) {
		at->later = stored;
		at->laters++;
	}
	return true;
}

static bool take(struct tcphs_isn *isn, uint32_t host, const struct tcphs_isn_sample *sample)
{
	struct isn_sample *at;
	uint32_t index;
	bool fresh;

	if (!isn_store_sample(isn, host, sample, &index, &fresh))
		return false;
	if (index == ISN_NONE) {
		isn->host[host].connections++;
		isn->host[host].left_out++;
		isn->left_out.isns++;
		return true;
	}
	at = &isn->sample[index];
	if (!fresh && (sample->isn == at->isn || sample->isn == at->last_isn))
		return true; /* the same connection in another encapsulation */
	isn->host[host].connections++;
	if (sample->isn == 0 && !note(isn, host, TCPHS_D_ISN_ZERO, sample->packet, 0, 0))
		return false;
	if (!fresh)
		return come_back(isn, index, sample);
	at->time = sample->time;
	at->packet = sample->packet;
	at->isn = sample->isn;
	at->peer_isn = sample->peer_isn;
	at->peer_known = sample->peer_isn_known;
	at->stamped = sample->stamped;
	remember(at, sample);
	return true;
}

bool tcphs_isn_add_sample(struct tcphs_isn *isn, const struct tcphs_isn_sample *sample)
{
	uint32_t host;

	if (!isn_store_host(isn, &sample->host, &host))
		return false;
	if (host == ISN_NONE) {
		isn->left_out.hosts++;
		return true;
	}
	return take(isn, host, sample);
}

static struct tcphs_isn_sample sample_of(const struct tcphs_connection *connection,
                                         enum tcphs_side side)
{
	const struct tcphs_endpoint *own = &connection->end[side], *peer = &connection->end[!side];
	const uint64_t *packet = connection->open.packet;
	uint64_t at = side == TCPHS_CLIENT ? packet[TCPHS_P_SYN] : packet[TCPHS_P_SYNACK];

	if (side == TCPHS_SERVER && packet[TCPHS_P_SYN2] != 0)
		at = packet[TCPHS_P_SYN2];
	return (struct tcphs_isn_sample){
	    .host = own->address,
	    .peer = peer->address,
	    .port = own->port,
	    .peer_port = peer->port,
	    .isn = own->isn,
	    .peer_isn = peer->isn,
	    .next = own->next,
	    .peer_isn_known = peer->isn_known && !peer->isn_inferred,
	    .stamped = own->timestamps,
	    .next_known = own->next_known,
	    .closed_by_fin =
	        connection->close.packet[TCPHS_P_FIN1] != 0 &&
	        (connection->close.initiator == side || connection->close.initiator == TCPHS_BOTH),
	    .time = own->isn_time != 0 ? own->isn_time : connection->start,
	    .time_known = own->isn_time != 0,
	    .packet = at != 0 ? at : connection->first_packet,
	};
}

/* Equal on both sides, and not one socket connected to itself. */
static bool check_equal(struct tcphs_isn *isn, const struct tcphs_connection *connection,
                        const struct tcphs_isn_sample *server)
{
	uint32_t host;

	if (connection->open.kind == TCPHS_OPEN_SELF || server->isn != server->peer_isn)
		return true;
	if (!isn_store_host(isn, &server->host, &host))
		return false;
	return host == ISN_NONE ||
	       note(isn, host, TCPHS_D_ISN_EQUAL, server->packet, server->isn, server->isn);
}

bool tcphs_isn_add(struct tcphs_isn *isn, const struct tcphs_connection *connection)
{
	bool captured[2];

	for (int side = TCPHS_CLIENT; side <= TCPHS_SERVER; side++) {
		const struct tcphs_endpoint *end = &connection->end[side];
		const struct tcphs_isn_sample sample = sample_of(connection, (enum tcphs_side)side);

		captured[side] = end->isn_known && !end->isn_inferred;
		if (captured[side] && !tcphs_isn_add_sample(isn, &sample))
			return false;
		if (side == TCPHS_SERVER && captured[TCPHS_CLIENT] && captured[TCPHS_SERVER] &&
		    !check_equal(isn, connection, &sample))
			return false;
	}
	return true;
}
