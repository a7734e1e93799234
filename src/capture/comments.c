/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/comments.h"

#include "base/escape.h"

#include <stdlib.h>

/* For want of memory it is counted only. */
static void keep(struct comments *comments, const struct tcphs_packet *packet)
{
	char *text;

	comments->all++;
	if (comments->count == COMMENTS_MOST)
		return;
	text = escape_copy(packet->comment, packet->comment_length);
	if (text != NULL)
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

void comments_free(struct comments *comments)
{
	for (size_t i = 0; i < comments->count; i++)
		free((char *)(uintptr_t)comments->comment[i].text);
	comments->count = 0;
}
