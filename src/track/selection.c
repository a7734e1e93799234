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
	/* Once in order: the latest packet of those up to here, … */
	uint64_t reach;      /* … of the selected ones of the tuple; 0: none is */
	uint64_t path_reach; /* … of those of its tuple and path, in the order by_path */
	uint32_t encap;
	bool selected;
};
_Static_assert(sizeof(struct selection_item) + sizeof(size_t) <= SELECTION_OCTETS,
               "SELECTION_OCTETS have room for one");

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

/* Without its first step, the link type: a connection may be seen on several. Two decoders number
 * encapsulations in the order in which they meet them. */
static const char *path_of(const struct tcphs_decoder *decoder, uint32_t encap)
{
	const char *text = tcphs_decoder_encapsulation(decoder, encap), *dot = strchr(text, '.');

	return dot != NULL ? dot : text;
}

/* ---- order --------------------------------------------------------------------------- */

/* How many connections share a 4-tuple, and which of them overlap, is their maker's choice: none of
 * these searches walks over them. */
static int compare_firsts(const void *a, const void *b)
{
	const struct selection_item *x = a, *y = b;
	int order = compare_tuples(&x->tuple, &y->tuple);

	return order != 0 ? order : x->first < y->first ? -1 : x->first > y->first;
}

static int compare_groups(const struct selection *selection, const struct selection_item *item,
                          const struct tuple *tuple, const char *path)
{
	int order = compare_tuples(&item->tuple, tuple);

	return order != 0 ? order : strcmp(path_of(selection->decoder, item->encap), path);
}

static int compare_paths(const void *a, const void *b, void *context)
{
	const struct selection *selection = context;
	const struct selection_item *x = &selection->item[*(const size_t *)a];
	const struct selection_item *y = &selection->item[*(const size_t *)b];
	int order = compare_groups(selection, x, &y->tuple, path_of(selection->decoder, y->encap));

	return order != 0 ? order : x->first < y->first ? -1 : x->first > y->first;
}

static uint64_t later(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

bool selection_sort(struct selection *selection)
{
	size_t *by_path = realloc(selection->by_path, (selection->count + 1) * sizeof(*by_path));
	struct selection_item *item = selection->item;

	if (by_path == NULL)
		return false;
	selection->by_path = by_path;
	if (selection->count == 0)
		return true;
	qsort(item, selection->count, sizeof(*item), compare_firsts);
	for (size_t i = 0; i < selection->count; i++) {
		bool same = i > 0 && compare_tuples(&item[i - 1].tuple, &item[i].tuple) == 0;

		item[i].reach =
		    later(same ? item[i - 1].reach : 0, item[i].selected ? item[i].last : 0);
		by_path[i] = i;
	}
	qsort_r(by_path, selection->count, sizeof(*by_path), compare_paths, selection);
	for (size_t i = 0; i < selection->count; i++) {
		struct selection_item *one = &item[by_path[i]];
		const struct selection_item *before = i > 0 ? &item[by_path[i - 1]] : one;
		bool same = i > 0 && compare_groups(selection, before, &one->tuple,
		                                    path_of(selection->decoder, one->encap)) == 0;

		one->path_reach = later(same ? before->path_reach : 0, one->last);
	}
	return true;
}

/* The latest of the tuple that begins up to this packet; NULL if there is none. */
static const struct selection_item *find_latest(const struct selection *selection,
                                                const struct tuple *tuple, uint64_t packet)
{
	struct selection_item wanted = {.tuple = *tuple, .first = packet};
	size_t low = 0, high = selection->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_firsts(&selection->item[middle], &wanted) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0 || compare_tuples(&selection->item[low - 1].tuple, tuple) != 0)
		return NULL;
	return &selection->item[low - 1];
}

/* Of those of the tuple and path the first that has this packet; NULL if there is none. */
static const struct selection_item *find_first(const struct selection *selection,
                                               const struct tuple *tuple, const char *path,
                                               uint64_t packet)
{
	const struct selection_item *item;
	size_t low = 0, high = selection->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order;

		item = &selection->item[selection->by_path[middle]];
		order = compare_groups(selection, item, tuple, path);
		if (order < 0 || (order == 0 && item->path_reach < packet))
			low = middle + 1;
		else
			high = middle;
	}
	if (low == selection->count)
		return NULL;
	item = &selection->item[selection->by_path[low]];
	return compare_groups(selection, item, tuple, path) == 0 && item->first <= packet ? item
	                                                                                  : NULL;
}

/* Its own encapsulation decides; a tag in one direction only makes another one acceptable. An ICMP
 * error may come after the last segment: until another connection takes the 4-tuple. */
bool selection_has(const struct selection *selection, const struct tcphs_decoder *decoder,
                   const struct tcphs_segment *segment)
{
	struct tuple tuple = tuple_of(&segment->src, segment->sport, &segment->dst, segment->dport);
	const struct selection_item *latest = find_latest(selection, &tuple, segment->packet), *own;

	if (latest == NULL)
		return false;
	if (segment->kind == TCPHS_SEGMENT_ICMP)
		return latest->selected;
	own = find_first(selection, &tuple, path_of(decoder, segment->encap), segment->packet);
	return own != NULL ? own->selected : latest->reach >= segment->packet;
}

/* Whether its 4-tuple is that of any selected connection. */
bool selection_has_tuple(const struct selection *selection, const struct tcphs_segment *segment)
{
	struct tuple tuple = tuple_of(&segment->src, segment->sport, &segment->dst, segment->dport);
	const struct selection_item *last = find_latest(selection, &tuple, UINT64_MAX);

	return last != NULL && last->reach != 0;
}

uint64_t selection_id(const struct selection *selection, const struct tcphs_connection *connection)
{
	const struct tcphs_endpoint *ends = connection->end;
	struct tuple tuple =
	    tuple_of(&ends[0].address, ends[0].port, &ends[1].address, ends[1].port);
	const struct selection_item *item =
	    find_latest(selection, &tuple, connection->first_packet);

	return item != NULL && item->selected && item->first == connection->first_packet ? item->id
	                                                                                 : 0;
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

void selection_free(struct selection *selection)
{
	free(selection->item);
	free(selection->by_path);
	*selection = (struct selection){0};
}
