/* SPDX-License-Identifier: BSD-3-Clause */
/* The flow table: growth, removal from a crowded place, and that nobody can aim at one place. */
#include "segments.h"
#include "table_help.h"
#include "track/tracker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define MANY 44000u

/* An odd multiplier spreads the tags; `crowd`: many share the last bits, and pairs the whole. */
static uint32_t tag_of(uint32_t slot, bool crowd)
{
	return crowd ? (slot / 2) << 20 : slot * 2654435761u;
}

static void fill(struct table *table, uint32_t count, bool crowd)
{
	assert_true(table_init(table, true));
	for (uint32_t slot = 0; slot < count; slot++)
		assert_true(table_insert(table, tag_of(slot, crowd), slot));
	assert_int_equal(table->used, count);
}

static void test_growth(void **state)
{
	struct table table;

	(void)state;
	fill(&table, MANY, false);
	assert_true((uint64_t)table.used * 3 <= ((uint64_t)table.now.mask + 1) * 2 + 2);
	assert_non_null(table.old.entry); /* it is growing just now */
	assert_int_equal(table_memory(&table), ((size_t)table.now.mask + table.old.mask + 2) *
	                                           sizeof(struct table_entry));
	for (uint32_t slot = 0; slot < MANY; slot++)
		assert_true(holds(&table, tag_of(slot, false), slot));
	assert_false(holds(&table, tag_of(MANY, false), MANY));
	table_free(&table);
}

/* A third goes, a third gives its place to another; none of the rest is lost on the way. */
static void remove_some(uint32_t count, bool crowd)
{
	struct table table;

	fill(&table, count, crowd);
	for (uint32_t slot = 0; slot < count; slot++)
		if (slot % 3 != 0)
			table_replace(&table, tag_of(slot, crowd), slot,
			              slot % 3 == 1 ? NO_SLOT : slot + count);
	for (uint32_t slot = 0; slot < count; slot++) {
		assert_int_equal(holds(&table, tag_of(slot, crowd), slot), slot % 3 == 0);
		assert_int_equal(holds(&table, tag_of(slot, crowd), slot + count), slot % 3 == 2);
	}
	assert_int_equal(table.used, count - (count + 1) / 3);
	table_replace(&table, 12345, 4 * count, NO_SLOT); /* what isn't there isn't taken out */
	assert_int_equal(table.used, count - (count + 1) / 3);
	table_free(&table);
}

static void test_removal(void **state)
{
	(void)state;
	remove_some(MANY, false);
	remove_some(600, true);
}

/* A place is where the first with the tag is, or free, and then who is put there is found. */
static void test_place(void **state)
{
	const bool crowd[2] = {false, true};
	const uint32_t count[2] = {MANY, 1500};

	(void)state;
	for (size_t kind = 0; kind < 2; kind++) {
		struct table table;

		assert_true(table_init(&table, true));
		for (uint32_t slot = 0; slot < count[kind]; slot++) {
			uint32_t tag = tag_of(slot, crowd[kind]);
			struct table_entry *place = table_place(&table, tag);

			assert_non_null(place);
			assert_int_equal(place->slot, table_first(&table, tag) + 1);
			if (place->slot == 0)
				table_seat(&table, place, tag, slot);
			else
				assert_true(table_insert(&table, tag, slot));
		}
		assert_int_equal(table.used, count[kind]);
		for (uint32_t slot = 0; slot < count[kind]; slot++)
			assert_true(holds(&table, tag_of(slot, crowd[kind]), slot));
		table_free(&table);
	}
}

/* While it grows, everything that was put in is there, once; and what goes is gone. */
static void test_changes_while_growing(void **state)
{
	const bool crowd[2] = {false, true};
	const uint32_t count[2] = {4 * 1024, 1500};

	(void)state;
	for (size_t kind = 0; kind < 2; kind++) {
		struct table table;
		size_t growing = 0;

		assert_true(table_init(&table, true));
		for (uint32_t slot = 0; slot < count[kind]; slot++) {
			uint32_t gone = slot / 2;

			assert_true(table_insert(&table, tag_of(slot, crowd[kind]), slot));
			growing += table.old.entry != NULL;
			if (slot % 2 == 0 && gone % 4 == 0)
				table_replace(&table, tag_of(gone, crowd[kind]), gone, NO_SLOT);
			for (uint32_t other = 0; other <= slot; other += 7)
				assert_int_equal(holds(&table, tag_of(other, crowd[kind]), other),
				                 other % 4 != 0 || other > gone);
		}
		assert_in_range(growing, 20, count[kind] - 100);
		table_free(&table);
	}
}

/* Across the end of the array: the gap is closed around the corner. */
static void test_removal_around_the_corner(void **state)
{
	struct table table;

	(void)state;
	assert_true(table_init(&table, true));
	for (uint32_t slot = 0; slot < 8; slot++)
		assert_true(table_insert(&table, table.now.mask - slot % 2, slot));
	for (uint32_t slot = 0; slot < 8; slot++) {
		table_replace(&table, table.now.mask - slot % 2, slot, NO_SLOT);
		for (uint32_t other = 0; other < 8; other++)
			assert_int_equal(holds(&table, table.now.mask - other % 2, other),
			                 other > slot);
	}
	assert_int_equal(table.used, 0);
	table_free(&table);
}

/* ---- the key ----------------------------------------------------------------------- */

#define PLACES 256u
#define ATTACK 1000u

static struct tcphs_tracker *tracker_with(uint64_t a, uint64_t b)
{
	const struct tcphs_tracker_options options = {.seed = {a, b}};
	struct tcphs_tracker *tracker = tcphs_tracker_new(&options);

	assert_non_null(tracker);
	return tracker;
}

/* Segments chosen to fall into one place under a known key are spread by any other. */
static void test_keys_differ(void **state)
{
	struct tcphs_tracker *known = tracker_with(1, 2);
	struct tcphs_tracker *other[3] = {tracker_with(1, 3), tracker_with(0, 0),
	                                  tracker_with(0, 0)};
	unsigned hit[3][PLACES] = {{0}}, same = 0;
	uint64_t host = 0x0b000000;

	(void)state;
	for (unsigned found = 0; found < ATTACK; host++) {
		struct tcphs_segment s = segment_from(host, SYN, 0, 0);

		if (digest_tag(known->key, &s) % PLACES != 7)
			continue;
		found++;
		for (size_t i = 0; i < 3; i++)
			hit[i][digest_tag(other[i]->key, &s) % PLACES]++;
		same += digest_tag(other[1]->key, &s) == digest_tag(other[2]->key, &s);
	}
	for (size_t i = 0; i < 3; i++)
		for (unsigned place = 0; place < PLACES; place++)
			assert_in_range(hit[i][place], 0, ATTACK / 20); /* 4 of 1000 are expected */
	assert_in_range(same, 0, 1); /* two fresh keys are two keys */
	tcphs_tracker_free(known);
	for (size_t i = 0; i < 3; i++)
		tcphs_tracker_free(other[i]);
}

/* Steps from an entry's place to where it is, over all tags. */
static uint64_t steps_of(const struct table *table, const uint32_t *tag, uint32_t count)
{
	uint64_t steps = 0;

	for (uint32_t slot = 0; slot < count; slot++)
		for (uint32_t i = tag[slot]; table->now.entry[i & table->now.mask].slot != slot + 1;
		     i++)
			steps++;
	return steps;
}

/* Whoever knew the key could make every look-up a walk; with a fresh one the same addresses
 * and ports cost what any others do. */
static void test_chosen_addresses_cost_nothing(void **state)
{
	static uint32_t known_tag[ATTACK], fresh_tag[ATTACK];
	struct tcphs_tracker *known = tracker_with(1, 2), *fresh = tracker_with(0, 0);
	struct table aimed, spread;
	uint32_t found = 0;

	(void)state;
	assert_true(table_init(&aimed, true) && table_init(&spread, true));
	for (uint64_t host = 0x0b000000; found < ATTACK;
	     host += host % 5 == 0 ? UINT64_C(1) << 32 : 1) {
		struct tcphs_segment s = segment_from(host, SYN, 0, 0);

		if (digest_tag(known->key, &s) % 1024 != 7)
			continue;
		known_tag[found] = digest_tag(known->key, &s);
		fresh_tag[found] = digest_tag(fresh->key, &s);
		assert_true(table_insert(&aimed, known_tag[found], found));
		assert_true(table_insert(&spread, fresh_tag[found], found));
		found++;
	}
	assert_true(steps_of(&aimed, known_tag, ATTACK) > 100 * ATTACK);
	assert_in_range(steps_of(&spread, fresh_tag, ATTACK), 0, 3 * ATTACK);
	table_free(&aimed);
	table_free(&spread);
	tcphs_tracker_free(known);
	tcphs_tracker_free(fresh);
}

/* Both directions have one tag; each part of the 4-tuple changes it. */
static void test_tag(void **state)
{
	struct tcphs_tracker *t = tracker_with(1, 2);
	struct tcphs_segment s = segment_from(0x0b000001, SYN, 0, 0), back = segment_back(s);
	struct tcphs_segment changed[6];
	uint32_t tag = digest_tag(t->key, &s);

	(void)state;
	assert_int_equal(digest_tag(t->key, &back), tag);
	for (size_t i = 0; i < 6; i++)
		changed[i] = s;
	changed[0].src.octets[3]++;
	changed[1].dst.octets[0]++;
	changed[2].sport++;
	changed[3].dport++;
	changed[4].sport = s.dport; /* the ports change places, the addresses do not */
	changed[4].dport = s.sport;
	changed[5].src.family = changed[5].dst.family = 6;
	changed[5].src.octets[15] = 1;
	for (size_t i = 0; i < 6; i++)
		assert_int_not_equal(digest_tag(t->key, &changed[i]), tag);
	s.seq = s.ack = 99;
	s.flags = ACK;
	assert_int_equal(digest_tag(t->key, &s), tag);
	tcphs_tracker_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_growth),
	    cmocka_unit_test(test_place),
	    cmocka_unit_test(test_removal),
	    cmocka_unit_test(test_changes_while_growing),
	    cmocka_unit_test(test_removal_around_the_corner),
	    cmocka_unit_test(test_keys_differ),
	    cmocka_unit_test(test_chosen_addresses_cost_nothing),
	    cmocka_unit_test(test_tag),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
