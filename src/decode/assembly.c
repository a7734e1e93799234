/* SPDX-License-Identifier: BSD-3-Clause */
#include "decode/assembly.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define PARTS_FIRST 4u

struct assembly_part {
	uint32_t offset, length, captured;
};

static bool part_reserve(struct assembly *assembly)
{
	uint32_t room = assembly->part_room == 0 ? PARTS_FIRST : assembly->part_room * 2;
	struct assembly_part *parts;

	if (assembly->part_count < assembly->part_room)
		return true;
	parts = realloc(assembly->parts, room * sizeof(*parts));
	if (parts == NULL)
		return false;
	assembly->parts = parts;
	assembly->part_room = room;
	return true;
}

static bool octets_reserve(struct assembly *assembly, uint32_t end)
{
	uint32_t room = end + end / 2 > FRAGMENT_LENGTH_MAX ? FRAGMENT_LENGTH_MAX : end + end / 2;
	uint8_t *octets;

	if (end <= assembly->room)
		return true;
	octets = realloc(assembly->octets, room);
	if (octets == NULL)
		return false;
	assembly->octets = octets;
	assembly->room = room;
	return true;
}

/* Remembers which packets held the fragment; `itself`: the one at hand, too. */
static void note_packets(struct assembly *assembly, const struct fragment *fragment, bool itself)
{
	uint32_t wanted = assembly->packet_count + fragment->packet_count + itself;
	uint32_t room = assembly->packet_room;
	uint64_t *packets = assembly->packets;

	if (wanted > FRAGMENT_PARTS_MAX)
		return;
	while (room < wanted)
		room = room == 0 ? PARTS_FIRST : room * 2;
	if (room > assembly->packet_room) {
		packets = realloc(packets, room * sizeof(*packets));
		assembly->starved |= packets == NULL;
		if (packets == NULL)
			return;
		assembly->packets = packets;
		assembly->packet_room = room;
	}
	for (uint32_t i = 0; i < fragment->packet_count; i++)
		packets[assembly->packet_count++] = fragment->packets[i];
	if (itself)
		packets[assembly->packet_count++] = fragment->packet;
}

/* The number of parts that begin at or before `offset`. */
static uint32_t parts_before(const struct assembly *assembly, uint32_t offset)
{
	uint32_t low = 0;
	uint32_t high = assembly->part_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (assembly->parts[middle].offset <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_duplicate(const struct assembly *assembly, const struct fragment *fragment,
                         uint32_t index)
{
	const struct assembly_part *part;
	uint32_t both;

	if (index == 0)
		return false;
	part = &assembly->parts[index - 1];
	both = part->captured < fragment->captured ? part->captured : fragment->captured;
	return part->offset == fragment->offset && part->length == fragment->length &&
	       memcmp(assembly->octets + part->offset, fragment->data, both) == 0;
}

/* Whether the fragment, to become part `index`, covers octets that are there already. */
static bool is_overlapping(const struct assembly *assembly, const struct fragment *fragment,
                           uint32_t index)
{
	const struct assembly_part *parts = assembly->parts;

	if (index > 0 && parts[index - 1].offset + parts[index - 1].length > fragment->offset)
		return true;
	return index < assembly->part_count &&
	       fragment->offset + fragment->length > parts[index].offset;
}

/* Whether the ends that fragments claim agree, with the parts so far too. */
static bool ends_agree(const struct assembly *assembly, const struct fragment *fragment)
{
	uint32_t end = fragment->offset + fragment->length;
	const struct assembly_part *last;

	if (assembly->total != 0)
		return fragment->more ? end <= assembly->total : end == assembly->total;
	if (fragment->more || assembly->part_count == 0)
		return true;
	last = &assembly->parts[assembly->part_count - 1];
	return last->offset + last->length <= end;
}

static void part_insert(struct assembly *assembly, const struct fragment *fragment, uint32_t index)
{
	struct assembly_part *part = &assembly->parts[index];

	memmove(part + 1, part, (assembly->part_count - index) * sizeof(*part));
	*part = (struct assembly_part){fragment->offset, fragment->length, fragment->captured};
	assembly->part_count++;
	assembly->have += fragment->length;
	memcpy(assembly->octets + fragment->offset, fragment->data, fragment->captured);
	if (!fragment->more)
		assembly->total = fragment->offset + fragment->length;
	if (fragment->offset == 0)
		assembly->protocol = fragment->protocol;
}

enum assembly_result assembly_add(struct assembly *assembly, const struct fragment *fragment)
{
	uint32_t index = parts_before(assembly, fragment->offset);

	if (is_duplicate(assembly, fragment, index)) {
		note_packets(assembly, fragment, true);
		return ASSEMBLY_WAITS;
	}
	if (!ends_agree(assembly, fragment) || is_overlapping(assembly, fragment, index) ||
	    assembly->part_count == FRAGMENT_PARTS_MAX)
		return ASSEMBLY_OVERLAPS;
	if (!part_reserve(assembly) ||
	    !octets_reserve(assembly, fragment->offset + fragment->length))
		return ASSEMBLY_NO_MEMORY;
	part_insert(assembly, fragment, index);
	note_packets(assembly, fragment, assembly->have != assembly->total);
	return assembly->have == assembly->total ? ASSEMBLY_WHOLE : ASSEMBLY_WAITS;
}

uint32_t assembly_captured(const struct assembly *assembly)
{
	uint32_t octets = 0;

	for (uint32_t i = 0; i < assembly->part_count; i++) {
		octets += assembly->parts[i].captured;
		if (assembly->parts[i].captured < assembly->parts[i].length)
			break;
	}
	return octets;
}

size_t assembly_memory(const struct assembly *assembly)
{
	return assembly->room + assembly->part_room * sizeof(struct assembly_part) +
	       assembly->packet_room * sizeof(*assembly->packets);
}

void assembly_free(struct assembly *assembly)
{
	free(assembly->parts);
	free(assembly->packets);
	free(assembly->octets);
	*assembly = (struct assembly){0};
}
