/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/comments.h"

#include "base/escape.h"

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
static void keep(struct comments *comments, const struct tcphs_packet *packet)
{
	size_t octets = comments->octets + packet->comment_length;
	char *text;

	comments->all++;
	if (octets > COMMENTS_OCTETS || !make_room(comments))
		return;
	text = escape_copy(packet->comment, packet->comment_length);
	if (text == NULL)
		return;
	comments->octets = octets;
	comments->comment[comments->count++] =
	    (struct tcphs_comment){.packet = packet->number, .text = text};
}

void comments_take(struct comments *comments, const struct tcphs_packet *batch, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (batch[i].comment == NULL || batch[i].number <= comments->newest)
			continue;
		comments->newest = batch[i].number;
		keep(comments, &batch[i]);
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
