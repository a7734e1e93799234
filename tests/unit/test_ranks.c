/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The nth of those held, while they come and leave: by itself against a plain list, and in a
 * tracker that gives up connections, against one that puts them in order when it is asked.
 */
#include "segments.h"
#include "track/ranks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <tcphs/tracker.h>

#include "dice.h"

#define BEGUN  5000u
#define ROUNDS 60000u

/* Ids in order, their slots found by a sum. */
struct plain {
	uint32_t id[BEGUN + ROUNDS];
	size_t count;
};

static uint32_t slot_of(uint32_t id)
{
	return id <= BEGUN ? id - 1 : id * 7;
}

static size_t plain_find(const struct plain *plain, uint32_t id)
{
	size_t at = 0;

	while (at < plain->count && plain->id[at] < id)
		at++;
	return at;
}

static void compare(struct ranks *ranks, const struct plain *plain, uint32_t last)
{
	assert_int_equal(ranks->live, plain->count);
	for (size_t i = 0; i < plain->count; i++) {
		assert_int_equal(ranks_at(ranks, i), slot_of(plain->id[i]));
		assert_int_equal(ranks_find(ranks, plain->id[i]), i);
	}
	for (uint32_t i = 0; i < 100; i++) {
		uint32_t id = roll(last + 100);

		assert_int_equal(ranks_find(ranks, id), plain_find(plain, id));
	}
}

/* Who leaves: the oldest, anybody, the newest; `few`: far more leave than come. */
static void leave(struct ranks *ranks, struct plain *plain, uint32_t way)
{
	size_t at = way == 0 ? 0 : way == 1 ? roll((uint32_t)plain->count) : plain->count - 1;

	ranks_remove(ranks, plain->id[at]);
	ranks_remove(ranks, plain->id[at]); /* twice is once */
	plain->count--;
	memmove(&plain->id[at], &plain->id[at + 1], (plain->count - at) * sizeof(plain->id[0]));
}

static void test_ranks(void **state)
{
	struct plain *plain = calloc(1, sizeof(*plain));
	struct ranks ranks = {.live = 0};
	uint32_t last = BEGUN;

	(void)state;
	assert_non_null(plain);
	for (uint32_t id = 1; id <= BEGUN; id++)
		plain->id[plain->count++] = id;
	assert_true(ranks_begin(&ranks, BEGUN));
	compare(&ranks, plain, last);
	for (uint32_t i = 0; i < ROUNDS; i++) {
		uint32_t phase = i / (ROUNDS / 6);

		if (plain->count > 0 && roll(10) < (phase % 2 ? 9u : 4u))
			leave(&ranks, plain, phase % 3);
		else {
			last += 1 + roll(3);
			assert_true(ranks_add(&ranks, last, slot_of(last)));
			plain->id[plain->count++] = last;
		}
		if (i % 1000 == 0) {
			if (roll(2) == 0)
				ranks_settle(&ranks);
			compare(&ranks, plain, last);
		}
	}
	while (plain->count > 0)
		leave(&ranks, plain, 1);
	compare(&ranks, plain, last);
	assert_int_equal(ranks.blocks, 0);
	ranks_free(&ranks);
	free(plain);
}

/* However they leave, there is not much more room than what those that stay need. */
static void test_room(void **state)
{
	struct ranks ranks = {.live = 0};

	(void)state;
	for (uint32_t id = 1; id <= 1000000; id++)
		assert_true(ranks_add(&ranks, id, id));
	for (uint32_t id = 1; id <= 1000000; id++)
		if (id % 1000 != 0)
			ranks_remove(&ranks, id);
	assert_int_equal(ranks.live, 1000);
	assert_true(ranks.blocks < 10);
	assert_true(ranks.memory - ranks.block_room * (sizeof(*ranks.block) + sizeof(size_t)) <
	            40000);
	ranks_free(&ranks);
}

static struct tcphs_tracker *small_tracker(bool even)
{
	struct tcphs_tracker_options options = {
	    .live = true, .seed = {1, 2}, .even = even, .max_memory = TCPHS_MEMORY_LEAST};
	struct tcphs_tracker *tracker = tcphs_tracker_new(&options);

	assert_non_null(tracker);
	return tracker;
}

/* The same connections in the same order, and found by their ids. A little may differ: what
 * the order takes counts as memory. */
static void ordered(const struct tcphs_tracker *tracker, uint64_t least)
{
	struct tcphs_connection conn;
	size_t count = tcphs_tracker_count(tracker);
	uint64_t before = 0;

	assert_true(count >= least);
	for (size_t i = 0; i < count; i++) {
		tcphs_tracker_peek(tracker, i, &conn);
		assert_true(conn.id > before);
		assert_int_equal(tcphs_tracker_find(tracker, conn.id), i);
		assert_int_equal(tcphs_tracker_find(tracker, before + 1), i);
		before = conn.id;
	}
	assert_int_equal(tcphs_tracker_find(tracker, before + 1), count);
}

static void test_tracker(void **state)
{
	struct tcphs_tracker *tracker[2] = {small_tracker(false), small_tracker(true)};

	(void)state;
	for (uint64_t packet = 1; packet <= 300000; packet++) {
		struct tcphs_segment s = segment_from(packet, SYN, 1000, 0);

		s.time = (int64_t)packet * 10000;
		s.packet = packet;
		for (size_t i = 0; i < 2; i++)
			assert_true(tcphs_tracker_add(tracker[i], &s, 1));
		if (packet % 50000 == 0)
			for (size_t i = 0; i < 2; i++)
				ordered(tracker[i], 10000);
	}
	for (size_t i = 0; i < 2; i++) {
		assert_true(tcphs_tracker_counts(tracker[i]).evicted > 100000);
		assert_true(tcphs_tracker_counts(tracker[i]).memory <= TCPHS_MEMORY_LEAST);
		tcphs_tracker_free(tracker[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_ranks),
	    cmocka_unit_test(test_room),
	    cmocka_unit_test(test_tracker),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
