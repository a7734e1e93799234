/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Two trackers that have half of the 4-tuples each say what one that has them all says, to the
 * octet: ids, indices, copies, what one incarnation tells of another, who still waits at the end.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <tcphs/tracker.h>

#include "dice.h"
#include "track/halves.h"

#define TUPLES   60u
#define SEGMENTS 20000u
#define BATCH    100u
#define SEEDS    20u

/* Numbers from a small range, so that many fit, and 4-tuples that are used again and again. */
static struct tcphs_segment random_segment(uint64_t packet)
{
	static const uint16_t flags[] = {
	    TCPHS_SYN, TCPHS_SYN | TCPHS_ACK, TCPHS_ACK, TCPHS_ACK,
	    TCPHS_ACK, TCPHS_FIN | TCPHS_ACK, TCPHS_RST, TCPHS_RST | TCPHS_ACK};
	struct tcphs_segment s = {
	    .packet = packet, .time = (int64_t)packet * 100000, .data_offset = 5};
	struct tcphs_address ends[2] = {{.family = 4}, {.family = 4}};
	uint32_t tuple = roll(TUPLES);
	unsigned back = roll(2);

	if (packet + BATCH > SEGMENTS) { /* what comes last is of one half, and minutes later */
		tuple = 0;
		s.time += INT64_C(300000000000);
	}
	ends[0].octets[3] = (uint8_t)tuple;
	ends[1].octets[0] = 10;
	s.src = ends[back];
	s.dst = ends[!back];
	s.sport = back ? 80 : (uint16_t)(1000 + tuple % 7);
	s.dport = back ? (uint16_t)(1000 + tuple % 7) : 80;
	s.flags = flags[roll(sizeof(flags) / sizeof(flags[0]))];
	s.seq = 1000u * back + roll(4) + (roll(10) == 0 ? 100000 * roll(5) : 0);
	s.ack = s.flags & TCPHS_ACK ? 1000u * (back == 0) + roll(4) : 0;
	s.length = s.flags & TCPHS_SYN ? 0 : roll(3);
	s.payload_whole = s.length > 0;
	s.payload_sum = (uint16_t)roll(2);
	s.window = 1000;
	return s;
}

static void add_to_both(struct tcphs_tracker *whole, struct tcphs_tracker *parted, uint64_t packet)
{
	struct tcphs_segment segment[BATCH];
	struct digest digest[2][BATCH], *const lists[2] = {digest[0], digest[1]};
	size_t count[2];

	for (size_t i = 0; i < BATCH; i++) {
		segment[i] = i > 0 && roll(20) == 0 ? segment[i - 1] : random_segment(packet + i);
		segment[i].packet = packet + i;
	}
	assert_true(tcphs_tracker_add(whole, segment, BATCH));
	digest_halves(parted->key, segment, BATCH, lists, count);
	assert_int_equal(count[0] + count[1], BATCH);
	assert_true(tracker_add(parted->half, segment, digest[1], count[1]));
	assert_true(tracker_add(parted, segment, digest[0], count[0]));
}

static void compare(const struct tcphs_tracker *whole, const struct tcphs_tracker *parted)
{
	struct tcphs_tracker_counts a = tcphs_tracker_counts(whole),
	                            b = tcphs_tracker_counts(parted);
	struct tcphs_analysis x = {0}, y = {0};

	assert_int_equal(tcphs_tracker_count(whole), tcphs_tracker_count(parted));
	assert_int_equal(a.segments, b.segments);
	assert_int_equal(a.connections, b.connections);
	assert_int_equal(a.copies, b.copies);
	assert_true(a.copies > 0);
	for (size_t i = 0; i < tcphs_tracker_count(whole); i++) {
		struct tcphs_connection peeked;

		assert_true(tcphs_tracker_analyse(whole, i, &x));
		assert_true(tcphs_tracker_analyse(parted, i, &y));
		assert_memory_equal(&x.connection, &y.connection, sizeof(x.connection));
		assert_int_equal(x.connection.id, i + 1);
		assert_int_equal(x.rows, y.rows);
		assert_int_equal(x.diagnoses, y.diagnoses);
		if (x.diagnoses > 0)
			assert_memory_equal(x.diagnosis, y.diagnosis,
			                    x.diagnoses * sizeof(*x.diagnosis));
		tcphs_tracker_peek(parted, i, &peeked);
		assert_int_equal(peeked.first_packet, x.connection.first_packet);
	}
	tcphs_analysis_free(&x);
	tcphs_analysis_free(&y);
}

/* Both have all of it, one of them in halves. */
static void track_both(struct tcphs_tracker *whole, struct tcphs_tracker *parted)
{
	assert_non_null(whole);
	assert_non_null(parted);
	assert_true(halves_part(parted));
	for (uint64_t packet = 1; packet < SEGMENTS; packet += BATCH)
		add_to_both(whole, parted, packet);
	tcphs_tracker_finish(whole);
	tcphs_tracker_finish(parted);
}

/* What who only counts was given of one half. */
struct counted {
	struct tcphs_connection *connection;
	size_t count;
};

static bool count_one(void *context, const struct tcphs_analysis *summary)
{
	struct counted *counted = context;

	if (counted->count == SEGMENTS)
		return false;
	counted->connection[counted->count++] = summary->connection;
	return true;
}

/* Those of one half, in order, are among all; but for the ids, to the octet. */
static void find_all(const struct tcphs_tracker *whole, const struct counted *counted)
{
	struct tcphs_analysis like = {0};
	size_t next = 0;

	for (size_t i = 0; i < counted->count; i++) {
		struct tcphs_connection *c = &counted->connection[i];

		do {
			assert_true(next < tcphs_tracker_count(whole));
			assert_true(tcphs_tracker_analyse(whole, next++, &like));
		} while (like.connection.first_packet != c->first_packet);
		c->id = like.connection.id;
		assert_memory_equal(c, &like.connection, sizeof(*c));
	}
	tcphs_analysis_free(&like);
}

static void test_counted_apart(void **state)
{
	struct tcphs_tracker_options options = {.seed = {1, 2}};
	struct tcphs_tracker *whole = tcphs_tracker_new(&options), *parted;
	struct counted counted[2] = {{0}};

	(void)state;
	options.on_summary = count_one;
	for (int i = 0; i < 2; i++) {
		counted[i].connection = malloc(SEGMENTS * sizeof(*counted[i].connection));
		assert_non_null(counted[i].connection);
		options.summary_context[i] = &counted[i];
	}
	parted = tcphs_tracker_new(&options);
	track_both(whole, parted);
	assert_int_equal(counted[0].count, parted->store.slots);
	assert_int_equal(counted[1].count, parted->half->store.slots);
	assert_int_equal(counted[0].count + counted[1].count, tcphs_tracker_count(whole));
	for (int i = 0; i < 2; i++) {
		find_all(whole, &counted[i]);
		free(counted[i].connection);
	}
	tcphs_tracker_free(whole);
	tcphs_tracker_free(parted);
}

static void run(bool without_order)
{
	struct tcphs_tracker_options options = {.seed = {1, 2}};
	struct tcphs_tracker *whole = tcphs_tracker_new(&options), *parted;
	size_t of_half[2];

	options.seed[1] = 3;
	parted = tcphs_tracker_new(&options);
	track_both(whole, parted);
	of_half[0] = parted->store.slots;
	of_half[1] = parted->half->store.slots;
	assert_true(of_half[0] > TUPLES && of_half[1] > TUPLES);
	if (without_order) { /* each is there, though in another order */
		free(parted->order);
		parted->order = NULL;
		assert_ptr_equal(tracker_spot(parted, of_half[0] - 1).tracker, parted);
		assert_ptr_equal(tracker_spot(parted, of_half[0]).tracker, parted->half);
		assert_int_equal(tracker_spot(parted, of_half[0] + of_half[1] - 1).slot,
		                 of_half[1] - 1);
	} else {
		compare(whole, parted);
	}
	tcphs_tracker_free(whole);
	tcphs_tracker_free(parted);
}

static void test_like_one(void **state)
{
	(void)state;
	for (dice = 1; dice <= SEEDS; dice++) {
		uint64_t seed = dice;

		run(false);
		dice = seed;
	}
}

static void test_without_an_order(void **state)
{
	(void)state;
	run(true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_like_one),
	    cmocka_unit_test(test_without_an_order),
	    cmocka_unit_test(test_counted_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
