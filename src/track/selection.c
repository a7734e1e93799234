/* SPDX-License-Identifier: BSD-3-Clause */
#include "track/selection_match.h"

#include <stdlib.h>
#include <string.h>

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
_Static_assert(sizeof(struct selection_item) <= SELECTION_OCTETS, "SELECTION_OCTETS have room for one");

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

	/* The others only tell packets of one 4-tuple apart: they leave room for the selected. */
	if (selection->most != 0 && selection->count >= selection->most / (selected ? 1 : 2)) {
		selection->left_out += selected;
		return true;
	}
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

bool selection_add_one(struct selection *selection, struct tcphs_session *session, size_t index)
{
	const struct tcphs_tracker *tracker = tcphs_session_tracker(session);
	size_t count = tcphs_tracker_count(tracker);
	struct tcphs_connection one, other;
	struct tuple tuple, its;

	tcphs_tracker_peek(tracker, index, &one);
	tuple =
	    tuple_of(&one.end[0].address, one.end[0].port, &one.end[1].address, one.end[1].port);
	for (size_t i = 0; i < count; i++) {
		tcphs_tracker_peek(tracker, i, &other);
		its = tuple_of(&other.end[0].address, other.end[0].port, &other.end[1].address,
		               other.end[1].port);
		if (compare_tuples(&its, &tuple) == 0 &&
		    !selection_add(selection, &other, i == index))
			return false;
	}
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

/* Without its first step, the link type: a connection may be seen on several. */
static const char *path_of(const struct tcphs_decoder *decoder, uint32_t encap)
{
	const char *text = tcphs_decoder_encapsulation(decoder, encap), *dot = strchr(text, '.');

	return dot != NULL ? dot : text;
}

/* Two decoders number encapsulations in the order in which they meet them. */
static bool same_encap(const struct selection *selection, const struct selection_item *item,
                       const struct tcphs_decoder *decoder, const struct tcphs_segment *segment)
{
	return strcmp(path_of(selection->decoder, item->encap), path_of(decoder, segment->encap)) ==
	       0;
}

/* An ICMP error may come after the last segment: until another connection takes the 4-tuple. */
static bool is_within(const struct selection_item *item, const struct selection_item *items,
                      size_t count, const struct tcphs_segment *segment)
{
	if (segment->packet < item->first)
		return false;
	if (segment->kind != TCPHS_SEGMENT_ICMP)
		return segment->packet <= item->last;
	for (size_t i = 0; i < count; i++)
		if (items[i].first > item->first && items[i].first <= segment->packet)
			return false;
	return true;
}

/* Its own encapsulation decides; a tag in one direction only makes another one acceptable. */
bool selection_has(const struct selection *selection, const struct tcphs_decoder *decoder,
                   const struct tcphs_segment *segment)
{
	struct tuple tuple = tuple_of(&segment->src, segment->sport, &segment->dst, segment->dport);
	const struct selection_item *end = selection->item + selection->count;
	const struct selection_item *item = find_first(selection, &tuple);
	size_t count = 0;
	bool selected = false;

	while (item != NULL && item + count < end &&
	       compare_tuples(&item[count].tuple, &tuple) == 0)
		count++;
	for (size_t i = 0; i < count; i++) {
		if (!is_within(&item[i], item, count, segment))
			continue;
		if (same_encap(selection, &item[i], decoder, segment))
			return item[i].selected;
		selected = selected || item[i].selected;
	}
	return selected;
}

/* Whether its 4-tuple is that of any selected connection. */
bool selection_has_tuple(const struct selection *selection, const struct tcphs_segment *segment)
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

bool selection_stretch(const struct selection *selection, uint64_t *first, uint64_t *last)
{
	bool any = false;

	*first = UINT64_MAX;
	*last = 0;
	for (size_t i = 0; i < selection->count; i++) {
		const struct selection_item *item = &selection->item[i];

		if (!item->selected)
			continue;
		any = true;
		*first = item->first < *first ? item->first : *first;
		*last = item->last > *last ? item->last : *last;
	}
	return any;
}

void selection_sort(struct selection *selection)
{
	if (selection->count > 0)
		qsort(selection->item, selection->count, sizeof(*selection->item), compare_tuples);
}

void selection_free(struct selection *selection)
{
	free(selection->item);
	*selection = (struct selection){0};
}
