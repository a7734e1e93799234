/* SPDX-License-Identifier: BSD-3-Clause */
/* Reading again for a selection. */
#include "track/selection_match.h"

#include <stdlib.h>
#include <string.h>

enum { BATCH = 64 };

static bool has_fragments(struct tcphs_session *session)
{
	return tcphs_decoder_skipped(tcphs_session_decoder(session), TCPHS_SKIP_FRAGMENT) > 0;
}

#define PIECES_MAX (1u << 24) /* fragments of the connections that are copied */

/* Packets with fragments of segments that are to be written, which come later than they do. */
struct pieces {
	uint64_t *packet;
	size_t count, room;
	size_t next; /* once they are in order: the first that wasn't reached yet */
};

struct again {
	struct selection *selection;
	struct tcphs_session *session;
	struct tcphs_source *source;
	uint64_t last; /* packet that may be wanted */
	struct tcphs_decoder *decoder;
	/* What to do with a segment; anything but TCPHS_OK ends the reading. */
	enum tcphs_status (*segment)(struct again *again, const struct tcphs_packet *packet,
	                             const struct tcphs_segment *segment,
	                             struct tcphs_error *error);
	struct tcphs_writer *writer;
	struct tcphs_tracker *tracker;
	struct pieces *pieces;
};

static enum tcphs_status write_packet(struct again *again, const struct tcphs_packet *packet,
                                      struct tcphs_error *error)
{
	again->selection->written++;
	return tcphs_writer_packet(again->writer, packet, again->source, error);
}

/* Packets are asked for in their order. */
static bool is_piece(struct pieces *pieces, uint64_t packet)
{
	while (pieces->next < pieces->count && pieces->packet[pieces->next] < packet)
		pieces->next++;
	return pieces->next < pieces->count && pieces->packet[pieces->next] == packet;
}

static enum tcphs_status read_batch(struct again *again, const struct tcphs_packet *packet,
                                    size_t count, struct tcphs_error *error)
{
	enum tcphs_status status = TCPHS_OK;

	for (size_t i = 0; i < count && status == TCPHS_OK; i++) {
		struct tcphs_segment segment;

		if (packet[i].number > again->last)
			break;
		if (tcphs_decode(again->decoder, &packet[i], 1, &segment) > 0)
			status = again->segment(again, &packet[i], &segment, error);
		else if (again->writer != NULL && is_piece(again->pieces, packet[i].number))
			status = write_packet(again, &packet[i], error);
	}
	return status;
}

static enum tcphs_status read_all(struct again *again, struct tcphs_error *error)
{
	enum tcphs_source_state state = TCPHS_SOURCE_MORE;
	enum tcphs_status status = TCPHS_OK;
	struct tcphs_packet batch[BATCH];
	struct tcphs_error damage = {0};
	uint64_t last = 0;

	while (state == TCPHS_SOURCE_MORE && status == TCPHS_OK && last < again->last) {
		size_t count = 0;

		/* Damage was said when the captures were read first, but for want of memory. */
		state = tcphs_source_read(again->source, batch, BATCH, &count, &damage);
		status = read_batch(again, batch, count, error);
		if (status == TCPHS_OK && damage.status == TCPHS_NOMEM)
			status = tcphs_error_set(error, TCPHS_NOMEM, "%s", damage.text);
		last = count > 0 ? batch[count - 1].number : last;
	}
	return status;
}

/* The stretch that has all of what is selected. A first segment in fragments is counted where the
 * last of them is, and an ICMP error may come after everything. */
static void limit(struct again *again)
{
	uint64_t first, last;
	bool any = selection_stretch(again->selection, &first, &last);

	again->last = tcphs_session_packets(again->session);
	if (again->tracker != NULL) /* what else was on these 4-tuples counts, too */
		return;
	if (tcphs_tracker_counts(tcphs_session_tracker(again->session)).remarks == 0)
		again->last = last;
	if (any && !has_fragments(again->session))
		tcphs_source_seek(again->source, first); /* if it can't: from what is there */
}

static enum tcphs_status read_again(struct again *again, struct tcphs_error *error)
{
	struct tcphs_decode_options decode = tcphs_session_decode_options(again->session);
	struct selection *selection = again->selection;
	enum tcphs_status status;

	selection->decoder = tcphs_session_decoder(again->session);
	if (!selection_sort(selection))
		return tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted; select less with -Y");
	again->source = tcphs_source_reopen(tcphs_session_source(again->session), error);
	if (again->source == NULL)
		return error->status != TCPHS_OK ? error->status : TCPHS_USAGE;
	again->decoder = tcphs_decoder_new(&decode);
	if (again->decoder == NULL) {
		status = tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
	} else {
		limit(again);
		status = read_all(again, error);
		if (status == TCPHS_OK && tcphs_decoder_starved(again->decoder))
			status = tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
	}
	tcphs_decoder_free(again->decoder);
	tcphs_source_close(again->source);
	return status;
}

static enum tcphs_status write_segment(struct again *again, const struct tcphs_packet *packet,
                                       const struct tcphs_segment *segment,
                                       struct tcphs_error *error)
{
	if (!selection_has(again->selection, again->decoder, segment))
		return TCPHS_OK;
	return write_packet(again, packet, error);
}

static enum tcphs_status note_pieces(struct again *again, const struct tcphs_packet *packet,
                                     const struct tcphs_segment *segment, struct tcphs_error *error)
{
	struct pieces *pieces = again->pieces;
	const uint64_t *packets;
	size_t count = tcphs_decoder_fragments(again->decoder, &packets);

	(void)packet;
	if (count == 0 || !selection_has(again->selection, again->decoder, segment))
		return TCPHS_OK;
	if (count > PIECES_MAX - pieces->count)
		return tcphs_error_set(error, TCPHS_USAGE,
		                       "the connections came in more than %u fragments, which can't be "
		                       "copied at once; choose fewer of them",
		                       PIECES_MAX);
	if (pieces->count + count > pieces->room) {
		size_t room = 2 * (pieces->count + count);
		uint64_t *more = realloc(pieces->packet, room * sizeof(*more));

		if (more == NULL)
			return tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
		pieces->packet = more;
		pieces->room = room;
	}
	memcpy(pieces->packet + pieces->count, packets, count * sizeof(*packets));
	pieces->count += count;
	return TCPHS_OK;
}

static int compare_numbers(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* A fragment is known to be wanted only once its datagram is whole: they are found first. */
static enum tcphs_status find_pieces(struct again again, struct tcphs_error *error)
{
	struct pieces *pieces = again.pieces;
	enum tcphs_status status;

	again.segment = note_pieces;
	again.writer = NULL;
	status = read_again(&again, error);
	if (pieces->count > 0)
		qsort(pieces->packet, pieces->count, sizeof(*pieces->packet), compare_numbers);
	return status;
}

/* Of a pipe: does it still hold the first packet that is wanted? */
static enum tcphs_status say_not_kept(const struct selection *selection,
                                      const struct tcphs_source *source, struct tcphs_error *error)
{
	struct tcphs_source *again = tcphs_source_reopen(source, error);
	enum tcphs_status status = TCPHS_OK;
	uint64_t first, last;

	if (again == NULL)
		return error->status;
	if (selection_stretch(selection, &first, &last) && !tcphs_source_seek(again, first))
		status = tcphs_error_set(error, TCPHS_USAGE,
		                         "%s: packet %llu is not kept any more: what was written "
		                         "begins later; --spool keeps more of a pipe",
		                         tcphs_source_name(source), (unsigned long long)first);
	tcphs_source_close(again);
	return status;
}

enum tcphs_status selection_write(struct selection *selection, struct tcphs_session *session,
                                  struct tcphs_writer *writer, struct tcphs_error *error)
{
	struct pieces pieces = {0};
	struct again again = {.selection = selection,
	                      .session = session,
	                      .segment = write_segment,
	                      .writer = writer,
	                      .pieces = &pieces};
	enum tcphs_status status = TCPHS_OK;

	selection->written = 0;
	if (has_fragments(session))
		status = find_pieces(again, error);
	if (status == TCPHS_OK)
		status = read_again(&again, error);
	free(pieces.packet);
	if (status != TCPHS_OK)
		return status;
	return say_not_kept(selection, tcphs_session_source(session), error);
}

static enum tcphs_status track_segment(struct again *again, const struct tcphs_packet *packet,
                                       const struct tcphs_segment *segment,
                                       struct tcphs_error *error)
{
	(void)packet;
	if (!selection_has_tuple(again->selection, segment) ||
	    tcphs_tracker_add(again->tracker, segment, 1))
		return TCPHS_OK;
	return tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted; select less with -Y");
}

enum tcphs_status selection_track(struct selection *selection, struct tcphs_session *session,
                                  struct tcphs_tracker *tracker, struct tcphs_error *error)
{
	struct again again = {.selection = selection,
	                      .session = session,
	                      .segment = track_segment,
	                      .tracker = tracker};

	return read_again(&again, error);
}
