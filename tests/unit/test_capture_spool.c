/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture_craft.h"
#include "capture/spool.h"

static void add(struct spool *spool, uint64_t number, uint32_t length)
{
	uint8_t *octets = malloc(length + 1);
	const struct tcphs_packet packet = {
	    .data = octets, .caplen = length, .wirelen = length, .number = number};

	memset(octets, (int)(number & 0xff), length + 1);
	spool_add(spool, &packet);
	free(octets);
}

/* Reads everything from `number` on; returns how many, checks octets and order. */
static uint64_t read_from(struct spool *spool, uint64_t number, uint64_t *last)
{
	struct spool_cursor cursor = {0};
	struct tcphs_packet batch[5];
	uint64_t count = 0;
	size_t got;

	if (!spool_seek(spool, &cursor, number))
		return 0;
	while ((got = spool_read(spool, &cursor, batch, 5)) > 0)
		for (size_t i = 0; i < got; i++, count++) {
			assert_true(count == 0 ? batch[i].number >= number
			                       : batch[i].number > *last);
			*last = batch[i].number;
			for (uint32_t j = 0; j < batch[i].caplen; j++)
				assert_int_equal(batch[i].data[j], *last & 0xff);
		}
	spool_leave(&cursor);
	return count;
}

static void keeps_the_newest_within_its_bound(void **state)
{
	struct spool *spool = spool_new(100000);
	uint64_t last = 0, first = 1;

	(void)state;
	for (uint64_t i = 1; i <= 10000; i++)
		add(spool, i, (uint32_t)(i % 300));
	assert_int_equal(read_from(spool, 1, &last), 0);
	assert_int_equal(read_from(spool, 10001, &last), 0);
	while (read_from(spool, first, &last) == 0)
		first++;
	assert_int_equal(last, 10000);
	/* At least three quarters of the bound are in use: (56 + 152) octets a packet. */
	assert_true(10000 - first > 75000 / 208);
	assert_true(10000 - first < 100000 / 200);
	for (uint64_t i = first; i <= 10000; i++)
		assert_int_equal(read_from(spool, i, &last), 10001 - i);
	spool_free(spool);
}

static void numbers_may_have_gaps(void **state)
{
	struct spool *spool = spool_new(1 << 20);
	uint64_t last = 0;

	(void)state;
	for (uint64_t i = 10; i <= 1000; i += 10)
		add(spool, i, 5);
	assert_int_equal(read_from(spool, 10, &last), 100);
	assert_int_equal(read_from(spool, 501, &last), 50);
	assert_int_equal(read_from(spool, 5, &last), 0); /* before the first: perhaps dropped */
	spool_free(spool);
}

/* What a cursor has given stays valid though its chunk is dropped. */
static void a_cursor_holds_its_chunk(void **state)
{
	struct spool *spool = spool_new(50000);
	struct spool_cursor cursor = {0};
	struct tcphs_packet batch[1];

	(void)state;
	for (uint64_t i = 1; i <= 100; i++)
		add(spool, i, 100);
	assert_true(spool_seek(spool, &cursor, 1));
	assert_int_equal(spool_read(spool, &cursor, batch, 1), 1);
	for (uint64_t i = 101; i <= 5000; i++)
		add(spool, i, 100);
	for (uint32_t i = 0; i < 100; i++)
		assert_int_equal(batch[0].data[i], 1);
	spool_leave(&cursor);
	spool_free(spool);
}

static void a_packet_beyond_the_bound_leaves_no_gap(void **state)
{
	struct spool *spool = spool_new(8192);
	uint64_t last = 0;

	(void)state;
	add(spool, 1, 10);
	add(spool, 2, 9000);
	add(spool, 3, 10);
	assert_int_equal(read_from(spool, 1, &last), 0);
	assert_int_equal(read_from(spool, 3, &last), 1);
	spool_free(spool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(keeps_the_newest_within_its_bound),
	    cmocka_unit_test(numbers_may_have_gaps),
	    cmocka_unit_test(a_cursor_holds_its_chunk),
	    cmocka_unit_test(a_packet_beyond_the_bound_leaves_no_gap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
