/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture_craft.h"
#include "capture/switches.h"

/* A small generator, the same every time. */
static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* Against a plain list of who gave each packet. */
static void assert_agrees(size_t captures, size_t packets, uint32_t longest_run)
{
	struct switches switches;
	size_t *owner = calloc(packets + 1, sizeof(*owner));
	uint64_t *place = calloc(packets + 1, sizeof(*place));
	uint64_t *counts = calloc(captures, sizeof(*counts));
	uint64_t *before = calloc(captures, sizeof(*before));
	uint32_t seed = 7;

	assert_true(switches_init(&switches, captures));
	for (size_t i = 1; i <= packets;) {
		size_t capture = next_random(&seed) % captures;
		size_t run = 1 + next_random(&seed) % longest_run;

		if (run > packets + 1 - i)
			run = packets + 1 - i;
		assert_true(switches_add(&switches, capture, run));
		for (; run > 0; run--, i++) {
			owner[i] = capture;
			place[i] = ++counts[capture];
		}
	}
	assert_int_equal(switches.total, packets);
	memset(counts, 0, captures * sizeof(*counts));
	for (size_t i = 1; i <= packets; i++) {
		size_t capture;
		uint64_t number;

		switches_locate(&switches, i, &capture, &number);
		assert_int_equal(capture, owner[i]);
		assert_int_equal(number, place[i]);
		switches_before(&switches, i, before);
		assert_memory_equal(before, counts, captures * sizeof(*counts));
		counts[owner[i]]++;
	}
	switches_before(&switches, packets + 1, before);
	assert_memory_equal(before, counts, captures * sizeof(*counts));
	switches_free(&switches);
	free(owner);
	free(place);
	free(counts);
	free(before);
}

static void agrees_with_a_plain_list(void **state)
{
	(void)state;
	assert_agrees(1, 100, 5);
	assert_agrees(2, 5000, 1); /* many marks */
	assert_agrees(3, 20000, 400);
	assert_agrees(200, 9000, 2);
}

/* A switch costs two octets, and marks a little more. */
static void memory_stays_small(void **state)
{
	struct switches switches;

	(void)state;
	assert_true(switches_init(&switches, 2));
	for (size_t i = 0; i < 1000000; i++)
		assert_true(switches_add(&switches, i % 2, 1 + i % 100));
	assert_true(switches.used <= 2 * 1000000);
	assert_true(switches.mark_count * (2 + switches.captures) * 8 < 100000);
	switches_free(&switches);
}

/* At its cap it takes no more, and what it has is found as before. */
static void stops_at_its_cap(void **state)
{
	struct switches switches;
	size_t capture, taken = 0;
	uint64_t number;

	(void)state;
	assert_true(switches_init(&switches, 2));
	assert_int_equal(switches.most, SWITCHES_OCTETS);
	switches.most = 5000;
	while (switches_add(&switches, taken % 2, 1))
		taken++;
	assert_true(switches_full(&switches));
	assert_true(switches.used <= 5000 && taken > 2400);
	switches_locate(&switches, 2001, &capture, &number);
	assert_int_equal(capture, 0);
	assert_int_equal(number, 1001);
	switches_free(&switches);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(agrees_with_a_plain_list),
	    cmocka_unit_test(memory_stays_small),
	    cmocka_unit_test(stops_at_its_cap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
