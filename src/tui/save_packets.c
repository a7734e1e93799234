/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/save_packets.h"

#include <string.h>
#include <unistd.h>

#define BATCH 64

static bool same_address(const struct tcphs_address *a, const struct tcphs_address *b)
{
	return a->family == b->family && memcmp(a->octets, b->octets, sizeof(a->octets)) == 0;
}

static bool is_from(const struct tcphs_segment *segment, const struct tcphs_endpoint *from,
                    const struct tcphs_endpoint *to)
{
	return segment->sport == from->port && segment->dport == to->port &&
	       same_address(&segment->src, &from->address) &&
	       same_address(&segment->dst, &to->address);
}

static bool belongs(const struct tcphs_segment *segment, const struct tcphs_connection *connection)
{
	const struct tcphs_endpoint *end = connection->end;

	return is_from(segment, &end[0], &end[1]) || is_from(segment, &end[1], &end[0]);
}

struct copy {
	struct tcphs_source *source;
	struct tcphs_decoder *decoder;
	struct tcphs_writer *writer;
	const struct tcphs_connection *connection;
	uint64_t *packets;
};

/* Writes what belongs of a batch; false on an error or past the last packet. */
static bool copy_batch(struct copy *copy, const struct tcphs_packet *batch, size_t count,
                       struct tcphs_error *error)
{
	struct tcphs_segment segment[BATCH];
	size_t segments = tcphs_decode(copy->decoder, batch, count, segment), at = 0;

	for (size_t i = 0; i < count; i++) {
		struct tcphs_interface interface;

		if (batch[i].number > copy->connection->last_packet)
			return false;
		while (at < segments && segment[at].packet < batch[i].number)
			at++;
		if (at == segments || segment[at].packet != batch[i].number ||
		    !belongs(&segment[at], copy->connection))
			continue;
		interface = tcphs_source_interface(copy->source, batch[i].interface);
		if (tcphs_writer_packet(copy->writer, &batch[i], &interface, error) != TCPHS_OK)
			return false;
		(*copy->packets)++;
	}
	return true;
}

static void copy_all(struct copy *copy, struct tcphs_error *error)
{
	struct tcphs_packet batch[BATCH];
	enum tcphs_source_state state;
	size_t count;

	do {
		state = tcphs_source_read(copy->source, batch, BATCH, &count, NULL);
	} while (copy_batch(copy, batch, count, error) && state == TCPHS_SOURCE_MORE);
}

bool save_packets(struct tcphs_session *session, const struct tcphs_connection *connection,
                  const char *path, uint64_t *packets, struct tcphs_error *error)
{
	struct copy copy = {.connection = connection, .packets = packets};
	struct tcphs_error failure = {0};

	*packets = 0;
	copy.source = tcphs_source_reopen(tcphs_session_source(session), &failure);
	copy.decoder = tcphs_decoder_new(NULL);
	if (copy.source == NULL || copy.decoder == NULL ||
	    !tcphs_source_seek(copy.source, connection->first_packet)) {
		if (failure.text[0] == '\0')
			tcphs_error_set(&failure, TCPHS_USAGE,
			                "the packets are no longer held: not kept");
		goto out;
	}
	copy.writer = tcphs_writer_open(path, &failure);
	if (copy.writer == NULL)
		goto out;
	copy_all(&copy, &failure);
	tcphs_writer_close(copy.writer, failure.text[0] == '\0' ? &failure : NULL);
	if (failure.text[0] != '\0')
		unlink(path);
out:
	tcphs_decoder_free(copy.decoder);
	tcphs_source_close(copy.source);
	if (failure.text[0] != '\0' && error != NULL)
		*error = failure;
	return failure.text[0] == '\0';
}
