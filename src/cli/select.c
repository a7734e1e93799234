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
};

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
	struct tcphs_interface interface;

	if (!is_selected(again->selection, segment))
		return TCPHS_OK;
	interface = tcphs_source_interface(again->source, packet->interface);
	return tcphs_writer_packet(again->writer, packet, &interface, error);
}

enum tcphs_status selection_write(struct selection *selection, const struct tcphs_source *source,
                                  const struct tcphs_decode_options *decode,
                                  struct tcphs_writer *writer, struct tcphs_error *error)
{
	struct again again = {.segment = write_segment, .writer = writer};

	return read_again(&again, selection, source, decode, error);
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
