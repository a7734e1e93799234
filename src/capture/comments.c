/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/comments.h"

#include "base/escape.h"
#include "capture/ng_options.h"

#include <stdlib.h>

static bool make_room(struct comments *comments)
{
	size_t room = comments->room > 0 ? 2 * comments->room : 16;
	struct tcphs_comment *comment;

	if (comments->count < comments->room)
		return true;
	if (comments->count >= COMMENTS_MOST)
		return false;
	comment = realloc(comments->comment, room * sizeof(*comment));
	if (comment == NULL)
		return false;
	comments->comment = comment;
	comments->room = room;
	return true;
}

/* Beyond the caps, and for want of memory, it is counted only. */
static void keep(struct comments *comments, const struct tcphs_packet *packet, const char *octets,
                 size_t length)
{
	char *text;

	comments->all++;
	if (length > COMMENTS_OCTETS - comments->octets || !make_room(comments))
		return;
	text = escape_copy(octets, length);
	if (text == NULL)
		return;
	comments->octets += length;
	comments->comment[comments->count++] =
	    (struct tcphs_comment){.packet = packet->number, .text = text};
}

/* What stands between two comments is shorter than the head of an option. */
static void take(struct comments *comments, const struct tcphs_packet *packet)
{
	const struct ng_options options = {packet->options, packet->options_length,
	                                   packet->options_big};
	uint16_t first;
	size_t length;
	char *octets;

	if (ng_options_find(options, NG_OPT_COMMENT, 1, &first) == NULL)
		return;
	octets = malloc(options.length);
	if (octets == NULL) {
		comments->all++;
		return;
	}
	length = ng_options_comments(options, octets, options.length);
	keep(comments, packet, octets, length);
	free(octets);
}

void comments_take(struct comments *comments, const struct tcphs_packet *batch, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (batch[i].options_length == 0 || batch[i].number <= comments->newest)
			continue;
		comments->newest = batch[i].number;
		take(comments, &batch[i]);
	}
}

const char *comments_find(const struct comments *comments, uint64_t number)
{
	size_t low = 0, high = comments->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (comments->comment[middle].packet == number)
			return comments->comment[middle].text;
		if (comments->comment[middle].packet < number)
			low = middle + 1;
		else
			high = middle;
	}
	return "";
}

void comments_free(struct comments *comments)
{
	for (size_t i = 0; i < comments->count; i++)
		free((char *)(uintptr_t)comments->comment[i].text);
	free(comments->comment);
	*comments = (struct comments){0};
}
