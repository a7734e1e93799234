/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/switches.h"

#include <stdlib.h>
#include <string.h>

#define MARK_LEAST  1024 /* runs between marks, at least */
#define VARINT_MOST 10   /* octets of a 64-bit number, seven bits each */

bool switches_init(struct switches *switches, size_t captures)
{
	*switches = (struct switches){.captures = captures, .most = SWITCHES_OCTETS};
	switches->counts = calloc(captures, sizeof(*switches->counts));
	return switches->counts != NULL;
}

void switches_free(struct switches *switches)
{
	free(switches->counts);
	free(switches->runs);
	free(switches->marks);
	*switches = (struct switches){0};
}

static size_t mark_size(const struct switches *switches)
{
	return 2 + switches->captures;
}

/* Marks cost captures × 8 octets: further apart when there are many captures. */
static size_t mark_distance(const struct switches *switches)
{
	return MARK_LEAST + 16 * switches->captures;
}

static bool add_mark(struct switches *switches)
{
	size_t size = mark_size(switches);
	uint64_t *mark;

	if (switches->mark_count == switches->mark_room) {
		size_t room = switches->mark_room > 0 ? 2 * switches->mark_room : 4;
		uint64_t *marks = realloc(switches->marks, room * size * sizeof(*marks));

		if (marks == NULL)
			return false;
		switches->marks = marks;
		switches->mark_room = room;
	}
	mark = switches->marks + switches->mark_count++ * size;
	mark[0] = switches->total - switches->length;
	mark[1] = switches->used;
	memcpy(mark + 2, switches->counts, switches->captures * sizeof(*mark));
	switches->since_mark = 0;
	return true;
}

static void put_varint(struct switches *switches, uint64_t number)
{
	for (; number >= 0x80; number >>= 7)
		switches->runs[switches->used++] = (uint8_t)(number | 0x80);
	switches->runs[switches->used++] = (uint8_t)number;
}

static uint64_t get_varint(const uint8_t *runs, size_t *at)
{
	uint64_t number = 0;
	unsigned shift = 0;

	for (; runs[*at] & 0x80; shift += 7)
		number |= (uint64_t)(runs[(*at)++] & 0x7f) << shift;
	return number | (uint64_t)runs[(*at)++] << shift;
}

bool switches_full(const struct switches *switches)
{
	return switches->most - switches->used < 2 * VARINT_MOST;
}

static bool close_run(struct switches *switches)
{
	if (switches_full(switches))
		return false;
	if (switches->mark_count == 0 || switches->since_mark >= mark_distance(switches))
		if (!add_mark(switches))
			return false;
	if (switches->room - switches->used < 2 * VARINT_MOST) {
		size_t room = switches->room > 0 ? 2 * switches->room : 256;
		uint8_t *runs = realloc(switches->runs, room);

		if (runs == NULL)
			return false;
		switches->runs = runs;
		switches->room = room;
	}
	put_varint(switches, switches->capture);
	put_varint(switches, switches->length);
	switches->counts[switches->capture] += switches->length;
	switches->length = 0;
	switches->since_mark++;
	return true;
}

bool switches_add(struct switches *switches, size_t capture, uint64_t count)
{
	if (switches->length > 0 && switches->capture != capture && !close_run(switches))
		return false;
	switches->capture = capture;
	switches->length += count;
	switches->total += count;
	return true;
}

/* Walks the runs to the one that holds packet `number`. counts[] becomes what is before that
 * run; returns its capture, *start the number of its first packet. */
static size_t walk(const struct switches *switches, uint64_t number, uint64_t *counts,
                   uint64_t *start)
{
	size_t low = 0, high = switches->mark_count, size = mark_size(switches), at = 0;

	memset(counts, 0, switches->captures * sizeof(*counts));
	*start = 1;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (switches->marks[middle * size] < number)
			low = middle + 1;
		else
			high = middle;
	}
	if (low > 0) {
		const uint64_t *mark = switches->marks + (low - 1) * size;

		*start = mark[0] + 1;
		at = (size_t)mark[1];
		memcpy(counts, mark + 2, switches->captures * sizeof(*counts));
	}
	while (at < switches->used) {
		size_t capture = (size_t)get_varint(switches->runs, &at);
		uint64_t length = get_varint(switches->runs, &at);

		if (number < *start + length)
			return capture;
		counts[capture] += length;
		*start += length;
	}
	return switches->capture;
}

void switches_before(const struct switches *switches, uint64_t number, uint64_t *counts)
{
	uint64_t start;
	size_t capture = walk(switches, number, counts, &start);

	counts[capture] += number - start;
}

void switches_locate(const struct switches *switches, uint64_t number, size_t *capture,
                     uint64_t *in_capture)
{
	uint64_t start, *counts = malloc(switches->captures * sizeof(*counts));

	*capture = 0;
	*in_capture = number;
	if (counts == NULL)
		return;
	*capture = walk(switches, number, counts, &start);
	*in_capture = counts[*capture] + number - start + 1;
	free(counts);
}
