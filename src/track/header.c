/* SPDX-License-Identifier: BSD-3-Clause */
/* The header of one segment, read again from the packet that brought it. */
#include <tcphs/session.h>

#define SEGMENTS 4 /* of one packet: an ICMP error that quotes another is there as well */

static bool is_of_row(const struct tcphs_segment *segment, const struct tcphs_connection *connection,
		      const struct tcphs_row *row)
{
	return segment->kind == TCPHS_SEGMENT_TCP && segment->packet == row->packet &&
	       segment->sport == connection->end[row->from].port && segment->seq == row->seq &&
	       segment->ack == row->ack && segment->flags == row->flags;
}

/* Decodes the next packet alone; true if the row's segment is in it. */
static bool decode_next(struct tcphs_source *source, struct tcphs_decoder *decoder,
			const struct tcphs_connection *connection, const struct tcphs_row *row,
			struct tcphs_segment *found)
{
	struct tcphs_segment segment[SEGMENTS];
	struct tcphs_packet packet;
	size_t count = 0;

	tcphs_source_read(source, &packet, 1, &count, NULL);
	if (count == 0 || packet.number != row->packet)
		return false;
	count = tcphs_decode(decoder, &packet, 1, segment);
	for (size_t i = 0; i < count; i++) {
		if (is_of_row(&segment[i], connection, row)) {
			*found = segment[i];
			return true;
		}
	}
	return false;
}

bool tcphs_session_header(struct tcphs_session *session, const struct tcphs_connection *connection,
			  const struct tcphs_row *row, struct tcphs_segment *segment,
			  struct tcphs_error *error)
{
	const struct tcphs_decode_options options = tcphs_session_decode_options(session);
	struct tcphs_source *first = tcphs_session_source(session);
	struct tcphs_source *source = tcphs_source_reopen(first, error);
	struct tcphs_decoder *decoder = tcphs_decoder_new(&options);
	unsigned long long number = row->packet;
	bool done = false;

	if (source == NULL)
		goto out; /* the error is said */
	if (decoder == NULL)
		tcphs_error_set(error, TCPHS_NOMEM, "out of memory");
	else if (!tcphs_source_seek(source, row->packet))
		tcphs_error_set(error, TCPHS_USAGE,
				"%s: packet %llu is not kept any more: --spool keeps more of a pipe or an interface",
				tcphs_source_name(first), number);
	else if (!(done = decode_next(source, decoder, connection, row, segment)))
		tcphs_error_set(error, TCPHS_DAMAGED, "%s: packet %llu alone does not hold it",
				tcphs_source_name(first), number);
out:
	tcphs_decoder_free(decoder);
	tcphs_source_close(source);
	return done;
}
