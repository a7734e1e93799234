/* SPDX-License-Identifier: BSD-3-Clause */
#include "decode/walk.h"

#include <stddef.h>

void walk_start(struct walk *walk, struct tcphs_decoder *decoder, const struct tcphs_packet *packet,
                struct tcphs_segment *segment)
{
	uint32_t wire = packet->wirelen;

	if (packet->fcs_length > 0 && (uint32_t)packet->fcs_length < wire)
		wire -= (uint32_t)packet->fcs_length;
	walk->decoder = decoder;
	walk->packet = packet;
	walk->segment = segment;
	walk->at = packet->data;
	walk->left = packet->caplen;
	if (packet->wirelen < packet->caplen) /* a damaged record header: believe the octets */
		wire = packet->caplen;
	walk->wire = wire;
	if (walk->left > wire)
		walk->left = wire;
	walk->next = NULL;
	walk->src = walk->dst = NULL;
	walk->family = 0;
	walk->retry = 0;
	walk->ip_id = 0;
	walk->found = false;
	walk->skip = TCPHS_SKIP_NOT_TCP;
	walk->ip_path = 1;
	walk->quote = NULL;
	walk->path[0] = encap_step_plain(WORD_NONE);
	walk->path_length = 1;
}

void walk_run(struct walk *walk)
{
	for (unsigned layers = 0; walk->next != NULL; layers++) {
		layer_fn *layer = walk->next;

		if (layers == WALK_LAYERS_MAX) {
			walk_stop(walk, TCPHS_SKIP_MALFORMED);
			return;
		}
		walk->next = NULL;
		layer(walk);
	}
}

void walk_stop(struct walk *walk, enum tcphs_skip reason)
{
	walk->next = NULL;
	walk->skip = reason;
}

const uint8_t *walk_take(struct walk *walk, uint32_t count)
{
	const uint8_t *header = walk->at;

	if (count > walk->left) {
		walk_stop(walk, count > walk->wire ? TCPHS_SKIP_MALFORMED : TCPHS_SKIP_CUT);
		return NULL;
	}
	walk->at += count;
	walk->left -= count;
	walk->wire -= count;
	return header;
}

bool walk_extend(struct walk *walk, uint32_t taken, uint32_t length)
{
	if (length < taken) {
		walk_stop(walk, TCPHS_SKIP_MALFORMED);
		return false;
	}
	return walk_take(walk, length - taken) != NULL;
}

const uint8_t *walk_peek(const struct walk *walk, uint32_t count)
{
	return count <= walk->left ? walk->at : NULL;
}

void walk_limit(struct walk *walk, uint32_t count)
{
	if (count < walk->wire)
		walk->wire = count;
	if (count < walk->left)
		walk->left = count;
}

static void path_add(struct walk *walk, encap_step step)
{
	/* WALK_LAYERS_MAX bounds the walk; a path longer than this keeps its beginning. */
	if (walk->path_length < WALK_PATH_MAX)
		walk->path[walk->path_length++] = step;
}

void walk_name(struct walk *walk, enum encap_word word)
{
	path_add(walk, encap_step_plain(word));
}

void walk_name_id(struct walk *walk, enum encap_word word, uint32_t id)
{
	path_add(walk, encap_step_id(word, id));
}
