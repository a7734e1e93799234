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
	uint64_t first, last; /* packets */
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

struct copy {
	const struct selection *selection;
	struct tcphs_source *source;
	struct tcphs_decoder *decoder;
	struct tcphs_writer *writer;
};

static enum tcphs_status write_batch(struct copy *copy, const struct tcphs_packet *packet,
                                     size_t count, struct tcphs_error *error)
{
	for (size_t i = 0; i < count; i++) {
		struct tcphs_interface interface;
		struct tcphs_segment segment;
		enum tcphs_status status;

		if (tcphs_decode(copy->decoder, &packet[i], 1, &segment) == 0 ||
		    !is_selected(copy->selection, &segment))
			continue;
		interface = tcphs_source_interface(copy->source, packet[i].interface);
		status = tcphs_writer_packet(copy->writer, &packet[i], &interface, error);
		if (status != TCPHS_OK)
			return status;
	}
	return TCPHS_OK;
}

static enum tcphs_status write_all(struct copy *copy, struct tcphs_error *error)
{
	enum tcphs_source_state state = TCPHS_SOURCE_MORE;
	struct tcphs_packet batch[BATCH];
	struct tcphs_error damage = {0};

	while (state == TCPHS_SOURCE_MORE) {
		enum tcphs_status status;
		size_t count = 0;

		/* Damage was said when the captures were read first. */
		state = tcphs_source_read(copy->source, batch, BATCH, &count, &damage);
		status = write_batch(copy, batch, count, error);
		if (status != TCPHS_OK)
			return status;
	}
	return TCPHS_OK;
}

enum tcphs_status selection_write(struct selection *selection, const struct tcphs_source *source,
                                  const struct tcphs_decode_options *decode, const char *path,
                                  struct tcphs_error *error)
{
	struct copy copy = {.selection = selection};
	enum tcphs_status status, closed;

	qsort(selection->item, selection->count, sizeof(*selection->item), compare_tuples);
	copy.source = tcphs_source_reopen(source, error);
	if (copy.source == NULL)
		return error->status != TCPHS_OK ? error->status : TCPHS_USAGE;
	copy.decoder = tcphs_decoder_new(decode);
	copy.writer = copy.decoder != NULL ? tcphs_writer_open(path, error) : NULL;
	if (copy.decoder == NULL)
		status = tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
	else if (copy.writer == NULL)
		status = error->status;
	else
		status = write_all(&copy, error);
	if (copy.writer != NULL) {
		closed = tcphs_writer_close(copy.writer, status == TCPHS_OK ? error : NULL);
		status = status == TCPHS_OK ? closed : status;
	}
	tcphs_decoder_free(copy.decoder);
	tcphs_source_close(copy.source);
	return status;
}

void selection_free(struct selection *selection)
{
	free(selection->item);
	*selection = (struct selection){0};
}
