/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * lz4: frames and the older format without them. Our own, since liblz4 unpacks a block only when
 * all of it is there, and a block may be 8 MiB: of a file that was cut, the whole of it.
 *
 *   frame   magic, flags, block size, [content size], header's sum
 *           { size, sequences or octets, [their sum] } …, size 0, [content's sum]
 *   legacy  magic, { size, sequences } …
 *
 * Sequences: a token with two lengths of four bits, more of the first, so many literals, an
 * offset back, more of the second; the last one ends behind its literals.
 */
#include "capture/unpack_stream.h"

#include <stdlib.h>
#include <string.h>
#include "base/bytes.h"
#include "capture/xxh32.h"

#define MAGIC_FRAME  0x184d2204u
#define MAGIC_LEGACY 0x184c2102u
#define MAGIC_SKIP   0x184d2a50u /* … 5f: of somebody else's */
#define REACH        65535u      /* how far back an offset goes */
#define WINDOW       (2u << 16)
#define BLOCK_CAP    ((uint32_t)8 << 20)
#define LEGACY_CAP   (BLOCK_CAP + BLOCK_CAP / 255 + 16) /* what 8 MiB may be packed into */
#define MATCH_LEAST  4u
#define STORED       0x80000000u /* of a block's size: it isn't compressed */

enum flag { /* of a frame */
	    FLAG_DICTIONARY = 0x01,
	    FLAG_CONTENT_SUM = 0x04,
	    FLAG_CONTENT_SIZE = 0x08,
	    FLAG_BLOCK_SUM = 0x10,
	    FLAG_INDEPENDENT = 0x20,
};

struct lz4;
typedef enum unpack_step state_fn(struct lz4 *lz4);

struct lz4 {
	struct unpack_stream common;
	state_fn *state;
	uint8_t few[16]; /* a header, or a number, as far as it is there */
	size_t have;
	bool legacy;
	uint8_t flags;
	uint32_t left;            /* packed octets of the block, or of what is skipped */
	uint32_t literals, match; /* octets to come of the sequence at hand */
	uint32_t offset;
	uint32_t reach; /* octets of the window that may be referred to */
	struct xxh32 block, content;
	uint32_t at; /* in the window: the next octet's place */
	uint8_t window[WINDOW];
};

static state_fn magic, frame_head, block_size, stored, token, literal_length, literals, offset,
    match_length, match, block_sum, content_sum, skip_size, skip;

static enum unpack_step bad(struct lz4 *lz4, const char *why)
{
	lz4->common.complaint = why;
	return UNPACK_BAD;
}

static enum unpack_step go(struct lz4 *lz4, state_fn *state)
{
	lz4->state = state;
	lz4->have = 0;
	return UNPACK_ON;
}

/* Gathers `count` octets in few[]; false as long as some are missing. */
static bool gather(struct lz4 *lz4, size_t count)
{
	struct unpack_stream *common = &lz4->common;

	for (; lz4->have < count && common->in_left > 0; common->in_left--)
		lz4->few[lz4->have++] = *common->in++;
	return lz4->have == count;
}

/* Takes one octet of the block; false if none is there. */
static bool next(struct lz4 *lz4, uint8_t *octet)
{
	struct unpack_stream *common = &lz4->common;

	if (common->in_left == 0 || lz4->left == 0)
		return false;
	*octet = *common->in;
	if (lz4->flags & FLAG_BLOCK_SUM)
		xxh32_add(&lz4->block, common->in, 1);
	common->in++;
	common->in_left--;
	lz4->left--;
	return true;
}

/* Puts octets out and into the window, where they are again what offsets refer to. */
static void give(struct lz4 *lz4, const uint8_t *octets, uint32_t count)
{
	struct unpack_stream *common = &lz4->common;

	memcpy(common->out, octets, count);
	if (lz4->flags & FLAG_CONTENT_SUM)
		xxh32_add(&lz4->content, common->out, count);
	for (uint32_t done = 0; done < count;) {
		uint32_t part = WINDOW - lz4->at < count - done ? WINDOW - lz4->at : count - done;

		memcpy(lz4->window + lz4->at, common->out + done, part);
		lz4->at = (lz4->at + part) % WINDOW;
		done += part;
	}
	common->out += count;
	common->room -= count;
	lz4->reach = lz4->reach + count < REACH ? lz4->reach + count : REACH;
}

static uint32_t least(uint64_t a, uint64_t b)
{
	return (uint32_t)(a < b ? a : b);
}

/* Passes literals, or a block that isn't compressed; at most WINDOW at once. */
static uint32_t pass(struct lz4 *lz4, uint32_t wanted)
{
	struct unpack_stream *common = &lz4->common;
	uint32_t count = least(least(wanted, WINDOW), least(common->in_left, common->room));

	if (lz4->flags & FLAG_BLOCK_SUM)
		xxh32_add(&lz4->block, common->in, count);
	give(lz4, common->in, count);
	common->in += count;
	common->in_left -= count;
	lz4->left -= count;
	return count;
}

/* ---- headers ---------------------------------------------------------------------------- */

static enum unpack_step magic(struct lz4 *lz4)
{
	uint32_t number;

	if (!gather(lz4, 4))
		return UNPACK_ON;
	number = get_le32(lz4->few);
	lz4->reach = 0;
	lz4->legacy = number == MAGIC_LEGACY;
	lz4->flags = 0;
	xxh32_begin(&lz4->content);
	if (lz4->legacy)
		return go(lz4, block_size);
	if (number == MAGIC_FRAME)
		return go(lz4, frame_head);
	if ((number & ~15u) == MAGIC_SKIP)
		return go(lz4, skip_size);
	return bad(lz4, NULL);
}

static enum unpack_step frame_head(struct lz4 *lz4)
{
	struct xxh32 sum;
	size_t count;

	if (!gather(lz4, lz4->have > 2 ? lz4->have : 2))
		return UNPACK_ON;
	lz4->flags = lz4->few[0];
	count = lz4->flags & FLAG_CONTENT_SIZE ? 11 : 3;
	if (lz4->flags >> 6 != 1)
		return bad(lz4, "it is of a version of lz4 that is not known");
	if (lz4->flags & FLAG_DICTIONARY)
		return bad(lz4, "it was compressed with a dictionary");
	if (!gather(lz4, count))
		return UNPACK_ON;
	xxh32_begin(&sum);
	xxh32_add(&sum, lz4->few, count - 1);
	if (lz4->few[count - 1] != (xxh32_end(&sum) >> 8 & 0xff))
		return bad(lz4, NULL);
	return go(lz4, block_size);
}

static enum unpack_step skip_size(struct lz4 *lz4)
{
	if (!gather(lz4, 4))
		return UNPACK_ON;
	lz4->left = get_le32(lz4->few);
	return go(lz4, skip);
}

static enum unpack_step skip(struct lz4 *lz4)
{
	uint32_t count = least(lz4->left, lz4->common.in_left);

	lz4->common.in += count;
	lz4->common.in_left -= count;
	lz4->left -= count;
	if (lz4->left > 0)
		return UNPACK_ON;
	go(lz4, magic);
	return UNPACK_MEMBER_END;
}

/* ---- blocks ----------------------------------------------------------------------------- */

/* Of the older format the end of the file is the end, so that each block may be the last. */
static enum unpack_step legacy_size(struct lz4 *lz4, uint32_t size)
{
	if (size == MAGIC_LEGACY || size == MAGIC_FRAME || (size & ~15u) == MAGIC_SKIP)
		return magic(lz4);
	if (size == 0 || size > LEGACY_CAP)
		return bad(lz4, NULL);
	lz4->reach = 0;
	lz4->left = size;
	return go(lz4, token);
}

static enum unpack_step block_size(struct lz4 *lz4)
{
	uint32_t size;

	if (!gather(lz4, 4))
		return UNPACK_ON;
	size = get_le32(lz4->few);
	xxh32_begin(&lz4->block);
	if (lz4->legacy)
		return legacy_size(lz4, size);
	if (size == 0 && (lz4->flags & FLAG_CONTENT_SUM))
		return go(lz4, content_sum);
	if (size == 0) {
		go(lz4, magic);
		return UNPACK_MEMBER_END;
	}
	if ((size & ~STORED) > BLOCK_CAP)
		return bad(lz4, NULL);
	if (lz4->flags & FLAG_INDEPENDENT)
		lz4->reach = 0;
	lz4->left = size & ~STORED;
	return go(lz4, size & STORED ? stored : token);
}

static enum unpack_step block_end(struct lz4 *lz4)
{
	if (lz4->flags & FLAG_BLOCK_SUM)
		return go(lz4, block_sum);
	go(lz4, block_size);
	return lz4->legacy ? UNPACK_MEMBER_END : UNPACK_ON;
}

static enum unpack_step block_sum(struct lz4 *lz4)
{
	if (!gather(lz4, 4))
		return UNPACK_ON;
	if (get_le32(lz4->few) != xxh32_end(&lz4->block))
		return bad(lz4, "the checksum of a block is wrong");
	return go(lz4, block_size);
}

static enum unpack_step content_sum(struct lz4 *lz4)
{
	if (!gather(lz4, 4))
		return UNPACK_ON;
	if (get_le32(lz4->few) != xxh32_end(&lz4->content))
		return bad(lz4, "its checksum is wrong");
	go(lz4, magic);
	return UNPACK_MEMBER_END;
}

static enum unpack_step stored(struct lz4 *lz4)
{
	pass(lz4, lz4->left);
	return lz4->left == 0 ? block_end(lz4) : UNPACK_ON;
}

/* ---- sequences -------------------------------------------------------------------------- */

static enum unpack_step token(struct lz4 *lz4)
{
	uint8_t octet;

	if (!next(lz4, &octet))
		return lz4->left == 0 ? bad(lz4, NULL) : UNPACK_ON;
	lz4->literals = octet >> 4;
	lz4->match = (octet & 15u) + MATCH_LEAST;
	return go(lz4, lz4->literals == 15 ? literal_length : literals);
}

/* More of a length: octets up to the first that is not 255. */
static enum unpack_step longer(struct lz4 *lz4, uint32_t *length, state_fn *then)
{
	uint8_t octet;

	while (next(lz4, &octet)) {
		*length += octet;
		if (*length > BLOCK_CAP)
			return bad(lz4, NULL);
		if (octet != 255)
			return go(lz4, then);
	}
	return lz4->left == 0 ? bad(lz4, NULL) : UNPACK_ON;
}

static enum unpack_step literal_length(struct lz4 *lz4)
{
	return longer(lz4, &lz4->literals, literals);
}

static enum unpack_step literals(struct lz4 *lz4)
{
	if (lz4->literals > lz4->left)
		return bad(lz4, NULL);
	lz4->literals -= pass(lz4, lz4->literals);
	if (lz4->literals > 0)
		return UNPACK_ON;
	return lz4->left == 0 ? block_end(lz4) : go(lz4, offset);
}

static enum unpack_step offset(struct lz4 *lz4)
{
	while (lz4->have < 2 && next(lz4, &lz4->few[lz4->have]))
		lz4->have++;
	if (lz4->have < 2)
		return lz4->left == 0 ? bad(lz4, NULL) : UNPACK_ON;
	lz4->offset = get_le16(lz4->few);
	if (lz4->offset == 0 || lz4->offset > lz4->reach)
		return bad(lz4, NULL);
	return go(lz4, lz4->match == 15 + MATCH_LEAST ? match_length : match);
}

static enum unpack_step match_length(struct lz4 *lz4)
{
	return longer(lz4, &lz4->match, match);
}

/* What is referred to may overlap what it becomes: then it repeats. */
static enum unpack_step match(struct lz4 *lz4)
{
	while (lz4->match > 0 && lz4->common.room > 0) {
		uint32_t from = (lz4->at + WINDOW - lz4->offset) % WINDOW;
		uint32_t count = least(least(lz4->match, lz4->offset), lz4->common.room);

		count = least(count, WINDOW - from);
		give(lz4, lz4->window + from, count);
		lz4->match -= count;
	}
	return lz4->match > 0 ? UNPACK_ON : go(lz4, token);
}

/* ---- the unpacker ----------------------------------------------------------------------- */

/* As many states as there is something to do in. */
static enum unpack_step lz4_step(struct unpack_stream *common)
{
	struct lz4 *lz4 = (struct lz4 *)common;
	enum unpack_step step = UNPACK_ON;
	state_fn *before;

	do {
		before = lz4->state;
		step = lz4->state(lz4);
	} while (step == UNPACK_ON && lz4->state != before);
	return step;
}

static void lz4_close(struct unpacker *base)
{
	free(base);
}

static const struct unpack_kind lz4_kind = {lz4_step, lz4_close, "\x04\x22\x4d\x18", NULL};

struct unpacker *lz4_open(const char *name, const struct unpack_from *from,
                          struct tcphs_error *error)
{
	struct lz4 *lz4 = calloc(1, sizeof(*lz4));

	if (lz4 == NULL) {
		tcphs_error_set(error, TCPHS_NOMEM, "%s: memory is exhausted", name);
		return NULL;
	}
	unpack_stream_init(&lz4->common, from, &lz4_kind);
	lz4->state = magic;
	return &lz4->common.base;
}
