/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/select.h"

#include <stdlib.h>
#include <string.h>

enum { BATCH = 64 };

/* The two ends in the order of their octets, so that both directions have one tuple. */
struct tuple {
	struct tcphs_address address[2];
	uint16_t port[2];
};

struct selection_item {
	struct tuple tuple;
	uint64_t id, first, last; /* first, last: packets */
	uint32_t encap;
	bool selected;
};

static struct tuple tuple_of(const struct tcphs_address *a, uint16_t a_port,
                             const struct tcphs_address *b, uint16_t b_port)
{
	int order = memcmp(a->octets, b->octets, sizeof(a->octets));
	bool swap = order > 0 || (order == 0 && a_port > b_port);
	struct tuple tuple;

	memset(&tuple, 0, sizeof(tuple));
	tuple.address[swap] = *a;
	tuple.address[!swap] = *b;
	tuple.port[swap] = a_port;
	tuple.port[!swap] = b_port;
	return tuple;
}

static int compare_tuples(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct tuple));
}

bool selection_add(struct selection *selection, const struct tcphs_connection *connection,
                   bool selected)
{
	const struct tcphs_endpoint *end = connection->end;

	if (selection->count == selection->room) {
		size_t room = selection->room == 0 ? 1024 : selection->room * 2;
		struct selection_item *item = realloc(selection->item, room * sizeof(*item));

		if (item == NULL)
			return false;
		selection->item = item;
		selection->room = room;
	}
	selection->item[selection->count++] = (struct selection_item){
	    .tuple = tuple_of(&end[0].address, end[0].port, &end[1].address, end[1].port),
	    .id = connection->id,
	    .first = connection->first_packet,
	    .last = connection->last_packet,
	    .encap = connection->encap,
	    .selected = selected,
	};
	return true;
}

/* The first item with this tuple; NULL if there is none. */
static const struct selection_item *find_first(const struct selection *selection,
                                               const struct tuple *tuple)
{
	size_t low = 0, high = selection->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_tuples(&selection->item[middle].tuple, tuple) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == selection->count || compare_tuples(&selection->item[low].tuple, tuple) != 0)
		return NULL;
	return &selection->item[low];
}

/* Its own encapsulation decides; a tag in one direction only makes another one acceptable. */
static bool is_selected(const struct selection *selection, const struct tcphs_segment *segment)
{
	struct tuple tuple = tuple_of(&segment->src, segment->sport, &segment->dst, segment->dport);
	const struct selection_item *end = selection->item + selection->count;
	const struct selection_item *item = find_first(selection, &tuple);
	bool selected = false;

	for (; item != NULL && item < end && compare_tuples(&item->tuple, &tuple) == 0; item++) {
		if (segment->packet < item->first || segment->packet > item->last)
			continue;
		if (item->encap == segment->encap)
			return item->selected;
		selected = selected || item->selected;
	}
	return selected;
}

/* Whether its 4-tuple is that of any selected connection. */
static bool is_related(const struct selection *selection, const struct tcphs_segment *segment)
{
	struct tuple tuple = tuple_of(&segment->src, segment->sport, &segment->dst, segment->dport);
	const struct selection_item *end = selection->item + selection->count;
	const struct selection_item *item = find_first(selection, &tuple);

	for (; item != NULL && item < end && compare_tuples(&item->tuple, &tuple) == 0; item++)
		if (item->selected)
			return true;
	return false;
}

uint64_t selection_id(const struct selection *selection, const struct tcphs_connection *connection)
{
	const struct tcphs_endpoint *ends = connection->end;
	struct tuple tuple =
	    tuple_of(&ends[0].address, ends[0].port, &ends[1].address, ends[1].port);
	const struct selection_item *end = selection->item + selection->count;
	const struct selection_item *item = find_first(selection, &tuple);

	for (; item != NULL && item < end && compare_tuples(&item->tuple, &tuple) == 0; item++)
		if (item->selected && item->first == connection->first_packet)
			return item->id;
	return 0;
}

/* ---- reading again -------------------------------------------------------------------- */

/* Packets with fragments of segments that are to be written, which come later than they do. */
struct pieces {
	uint64_t *packet;
	size_t count, room;
	size_t next; /* once they are in order: the first that wasn't reached yet */
};

struct again {
	const struct selection *selection;
	struct tcphs_source *source;
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
	struct tcphs_interface interface = tcphs_source_interface(again->source, packet->interface);

	return tcphs_writer_packet(again->writer, packet, &interface, error);
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

		if (packet[i].number > again->selection->packets)
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

	while (state == TCPHS_SOURCE_MORE && status == TCPHS_OK &&
	       last < again->selection->packets) {
		size_t count = 0;

		/* Damage was said when the captures were read first. */
		state = tcphs_source_read(again->source, batch, BATCH, &count, &damage);
		status = read_batch(again, batch, count, error);
		last = count > 0 ? batch[count - 1].number : last;
	}
	return status;
}

static enum tcphs_status read_again(struct again *again, struct selection *selection,
                                    const struct tcphs_source *source,
                                    const struct tcphs_decode_options *decode,
                                    struct tcphs_error *error)
{
	enum tcphs_status status;

	if (selection->count > 0)
		qsort(selection->item, selection->count, sizeof(*selection->item), compare_tuples);
	again->selection = selection;
	again->source = tcphs_source_reopen(source, error);
	if (again->source == NULL)
		return error->status != TCPHS_OK ? error->status : TCPHS_USAGE;
	again->decoder = tcphs_decoder_new(decode);
	if (again->decoder == NULL)
		status = tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
	else
		status = read_all(again, error);
	tcphs_decoder_free(again->decoder);
	tcphs_source_close(again->source);
	return status;
}

static enum tcphs_status write_segment(struct again *again, const struct tcphs_packet *packet,
                                       const struct tcphs_segment *segment,
                                       struct tcphs_error *error)
{
	if (!is_selected(again->selection, segment))
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
	if (count == 0 || !is_selected(again->selection, segment))
		return TCPHS_OK;
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
static enum tcphs_status find_pieces(struct pieces *pieces, struct selection *selection,
                                     const struct tcphs_source *source,
                                     const struct tcphs_decode_options *decode,
                                     struct tcphs_error *error)
{
	struct again again = {.segment = note_pieces, .pieces = pieces};
	enum tcphs_status status = TCPHS_OK;

	if (selection->fragments)
		status = read_again(&again, selection, source, decode, error);
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
	uint64_t first = UINT64_MAX;

	if (again == NULL)
		return error->status;
	for (size_t i = 0; i < selection->count; i++)
		if (selection->item[i].selected && selection->item[i].first < first)
			first = selection->item[i].first;
	if (first != UINT64_MAX && !tcphs_source_seek(again, first))
		status = tcphs_error_set(error, TCPHS_USAGE,
		                         "%s: packet %llu is not kept any more: what was written "
		                         "begins later; --spool keeps more of a pipe",
		                         tcphs_source_name(source), (unsigned long long)first);
	tcphs_source_close(again);
	return status;
}

enum tcphs_status selection_write(struct selection *selection, const struct tcphs_source *source,
                                  const struct tcphs_decode_options *decode,
                                  struct tcphs_writer *writer, struct tcphs_error *error)
{
	struct pieces pieces = {0};
	struct again again = {.segment = write_segment, .writer = writer, .pieces = &pieces};
	enum tcphs_status status = find_pieces(&pieces, selection, source, decode, error);

	if (status == TCPHS_OK)
		status = read_again(&again, selection, source, decode, error);
	free(pieces.packet);
	return status == TCPHS_OK ? say_not_kept(selection, source, error) : status;
}

static enum tcphs_status track_segment(struct again *again, const struct tcphs_packet *packet,
                                       const struct tcphs_segment *segment,
                                       struct tcphs_error *error)
{
	(void)packet;
	if (!is_related(again->selection, segment) || tcphs_tracker_add(again->tracker, segment, 1))
		return TCPHS_OK;
	return tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted; select less with -Y");
}

enum tcphs_status selection_track(struct selection *selection, const struct tcphs_source *source,
                                  const struct tcphs_decode_options *decode,
                                  struct tcphs_tracker *tracker, struct tcphs_error *error)
{
	struct again again = {.segment = track_segment, .tracker = tracker};

	return read_again(&again, selection, source, decode, error);
}

void selection_free(struct selection *selection)
{
	free(selection->item);
	*selection = (struct selection){0};
}
