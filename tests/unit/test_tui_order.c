/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/order.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* Whatever can be seen at any moment is sorted; in the end everything is there. */
static void check(const struct order *order)
{
	for (size_t i = 1; i < order_count(order); i++) {
		const struct order_entry *a = order_at(order, i - 1), *b = order_at(order, i);

		assert_true(a->key < b->key || (a->key == b->key && a->id < b->id));
	}
}

static void sorts(size_t count, size_t budget, uint32_t keys)
{
	struct order *order = order_new();
	uint32_t seed = 7;
	size_t found = 0;

	for (size_t i = 0; i < count; i++) {
		struct order_entry entry = {.key = next_random(&seed) % keys, .id = (uint32_t)i};

		assert_true(order_add(order, entry));
		if (i % 700 == 0)
			order_work(order, budget);
		if (i % 5000 == 0)
			check(order);
	}
	order_end(order);
	while (order_work(order, budget))
		;
	assert_int_equal(order_count(order), count);
	check(order);
	for (size_t i = 0; i < count; i += 97) {
		found = order_find(order, order_at(order, i));
		assert_int_equal(found, i);
	}
	while (!order_discard(order, 1))
		;
}

static void sorts_any_number(void **state)
{
	static const size_t counts[] = {0, 1, 2, 1023, 1024, 1025, 5000, 40000};

	(void)state;
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		sorts(counts[i], 1, 1000000);
		sorts(counts[i], 4096, 3);
	}
}

static void shows_something_early(void **state)
{
	struct order *order = order_new();
	uint32_t seed = 1;

	(void)state;
	for (uint32_t i = 0; i < 20000; i++) {
		order_add(order, (struct order_entry){.key = next_random(&seed), .id = i});
		order_work(order, 64);
	}
	assert_true(order_count(order) >= 1024);
	while (!order_discard(order, 1))
		;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sorts_any_number),
	    cmocka_unit_test(shows_something_early),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
