/* SPDX-License-Identifier: BSD-3-Clause */
/* Fragments of IPv4 and IPv6, put together or given up. */
#include "decode/fragment.h"
#include "decode_bench.h"

#define SECOND 1000000000ll

static void fragments_in_any_order(void **state)
{
	static const char *const pieces[] = {
	    IP("001c", "2000", "06") TCP_1,
	    IP("001c", "2001", "06") TCP_2,
	    IP("001c", "0002", "06") TCP_3,
	};
	static const int orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
	                                {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

	(void)state;
	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		struct bench bench = bench_new();

		assert_int_equal(feed(&bench, pieces[orders[i][0]]), 0);
		assert_int_equal(feed(&bench, pieces[orders[i][1]]), 0);
		assert_int_equal(tcphs_decoder_fragments_incomplete(bench.decoder), 1);
		assert_int_equal(feed(&bench, pieces[orders[i][2]]), 1);
		assert_syn(&bench);
		assert_int_equal(bench.segment.packet, 3); /* which completed it */
		assert_int_equal(tcphs_decoder_fragments_incomplete(bench.decoder), 0);
		assert_int_equal(tcphs_decoder_skipped(bench.decoder, TCPHS_SKIP_FRAGMENT), 2);
		bench_free(&bench);
	}
}

static void fragments_of_ipv6(void **state)
{
	struct bench bench = bench_new();

	(void)state;
	assert_int_equal(feed(&bench, "60000000 0018 2c 40" FROM_TO_6 "0600 0001 00000007"
	                              "9d78 0050 000003e8 00000000 6002 7210"),
	                 0);
	assert_int_equal(
	    feed(&bench, "60000000 0010 2c 40" FROM_TO_6 "0600 0010 00000007 28f1 0000 020405b4"),
	    1);
	assert_syn(&bench);
	bench_free(&bench);
}

static void duplicates_are_ignored_and_overlaps_fatal(void **state)
{
	struct bench bench = bench_new();

	(void)state;
	assert_int_equal(feed(&bench, IP("001c", "2000", "06") TCP_1), 0);
	assert_int_equal(feed(&bench, IP("001c", "2000", "06") TCP_1), 0);
	assert_int_equal(feed(&bench, IP("0024", "0001", "06") TCP_2 TCP_3), 1);
	assert_syn(&bench);
	/* the same place with other octets; what still comes is swallowed */
	assert_int_equal(feed(&bench, IP("001c", "2000", "06") TCP_1), 0);
	assert_int_equal(feed(&bench, IP("001c", "2000", "06") TCP_2), 0);
	assert_int_equal(feed(&bench, IP("001c", "2000", "06") TCP_1), 0);
	assert_int_equal(feed(&bench, IP("0024", "0001", "06") TCP_2 TCP_3), 0);
	assert_int_equal(tcphs_decoder_fragments_overlapping(bench.decoder), 1);
	assert_int_equal(tcphs_decoder_fragments_incomplete(bench.decoder), 0);
	bench_free(&bench);
}

static void overlaps_of_every_kind(void **state)
{
	static const char *const second[] = {
	    IP("0024", "2000", "06") TCP_1 TCP_2, /* covers what is there and more */
	    IP("001c", "2001", "06") TCP_2,       /* inside */
	    IP("001c", "0001", "06") TCP_2,       /* ends before what is there */
	    IP("002c", "2000", "06") TCP,         /* around */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(second) / sizeof(second[0]); i++) {
		struct bench bench = bench_new();

		assert_int_equal(feed(&bench, IP("0024", "2001", "06") TCP_2 TCP_3), 0);
		assert_int_equal(feed(&bench, second[i]), 0);
		assert_int_equal(tcphs_decoder_fragments_overlapping(bench.decoder), 1);
		bench_free(&bench);
	}
}

static void fragments_time_out(void **state)
{
	struct bench bench = bench_new();

	(void)state;
	assert_int_equal(feed(&bench, IP("001c", "2000", "06") TCP_1), 0);
	bench.time = 61 * SECOND;
	assert_int_equal(feed(&bench, IP("0024", "0001", "06") TCP_2 TCP_3), 0);
	assert_int_equal(tcphs_decoder_fragments_incomplete(bench.decoder), 2);
	bench_free(&bench);
}

static void fragments_are_told_apart(void **state)
{
	struct bench bench = bench_new();

	(void)state;
	assert_int_equal(feed(&bench, IP("001c", "2000", "06") TCP_1), 0);
	/* another identification */
	assert_int_equal(feed(&bench, "4500 0024 0002 0001 4006 0000" FROM_TO TCP_2 TCP_3), 0);
	assert_int_equal(tcphs_decoder_fragments_incomplete(bench.decoder), 2);
	bench_free(&bench);
}

/* Lengths on the wire make the datagram whole; what was captured is what can be read. */
static void fragments_that_the_capture_cut(void **state)
{
	struct bench bench = bench_new();

	(void)state;
	assert_int_equal(feed_cut(&bench, IP("002c", "2000", "06") TCP, 20 + 20), 0);
	assert_int_equal(feed_cut(&bench, IP("001c", "0003", "06") "6162636465666768", 20 + 4), 1);
	assert_int_equal(bench.segment.length, 8);
	assert_int_equal(bench.segment.trouble, TCPHS_HEADER_CUT);
	assert_int_equal(bench.segment.checksum_state, TCPHS_CHECKSUM_UNKNOWN);
	bench_free(&bench);
}

static void fragments_that_can_not_be(void **state)
{
	struct bench bench = bench_new();

	(void)state;
	/* not a multiple of 8; nothing in it; beyond 65535 */
	assert_int_equal(feed(&bench, IP("001b", "2000", "06") "9d78 0050 0000 03"), 0);
	assert_int_equal(feed(&bench, IP("0014", "2000", "06")), 0);
	assert_int_equal(feed(&bench, IP("001c", "1fff", "06") TCP_1), 0);
	assert_int_equal(tcphs_decoder_skipped(bench.decoder, TCPHS_SKIP_MALFORMED), 3);
	bench_free(&bench);
}

/* A record that claims four gigabytes on the wire, with lengths left to the NIC. */
static void fragments_of_any_claim(void **state)
{
	struct bench bench = bench_new();
	uint8_t octets[64];
	struct tcphs_packet packet = {
	    .data = octets, .wirelen = UINT32_MAX, .number = 1, .linktype = 101, .fcs_length = -1};

	(void)state;
	packet.caplen = hex_read(IP("0000", "1fff", "06") TCP, octets, sizeof(octets));
	assert_int_equal(tcphs_decode(bench.decoder, &packet, 1, &bench.segment), 0);
	assert_int_equal(tcphs_decoder_skipped(bench.decoder, TCPHS_SKIP_MALFORMED), 1);
	bench_free(&bench);
}

static void udp_that_is_no_tunnel_is_not_kept(void **state)
{
	struct bench bench = bench_new();

	(void)state;
	assert_int_equal(feed(&bench, IP("001c", "2000", "11") "0801 0801 0020 0000"), 0);
	assert_int_equal(feed(&bench, IP("001c", "0001", "11") "0000000000000000"), 0);
	assert_int_equal(tcphs_decoder_fragments_incomplete(bench.decoder), 0);
	assert_int_equal(tcphs_decoder_skipped(bench.decoder, TCPHS_SKIP_NOT_TCP), 2);
	bench_free(&bench);
}

/* One that is no fragment passes, whatever waits under its identification. */
static void atomic_fragments_pass_at_once(void **state)
{
	struct bench bench = bench_new();

	(void)state;
	assert_int_equal(feed(&bench, "60000000 0018 2c 40" FROM_TO_6 "0600 0001 00000007"
	                              "9d78 0050 000003e8 00000000 6002 7210"),
	                 0);
	assert_int_equal(feed(&bench, "60000000 0020 2c 40" FROM_TO_6 "0600 0000 00000007"
	                              "9d78 0050 000003e8 00000000 6002 7210 28f1 0000 020405b4"),
	                 1);
	assert_syn(&bench);
	assert_int_equal(tcphs_decoder_fragments_overlapping(bench.decoder), 0);
	bench_free(&bench);
}

/* Adds a fragment of datagram `id` to a table. */
static enum fragment_result piece(struct fragment_table *table, uint32_t id, uint32_t offset,
                                  bool more)
{
	static const uint8_t address[4] = {10, 0, 0, 1};
	static const uint8_t octets[8];
	struct fragment_whole whole;
	struct fragment fragment = {
	    .src = address,
	    .dst = address,
	    .family = 4,
	    .id = id,
	    .protocol = 6,
	    .more = more,
	    .offset = offset,
	    .length = 8,
	    .data = octets,
	    .captured = 8,
	};

	return fragment_table_add(table, &fragment, &whole);
}

/* Datagrams that never end: the oldest are given up, each counted once. */
static void datagrams_are_bounded(void **state)
{
	struct fragment_table *table = fragment_table_new();
	const uint32_t datagrams = FRAGMENT_DATAGRAMS_MAX * 3;

	(void)state;
	for (uint32_t id = 0; id < datagrams; id++)
		assert_int_equal(piece(table, id, 0, true), FRAGMENT_WAITS);
	assert_int_equal(fragment_table_incomplete(table), datagrams);
	assert_int_equal(piece(table, datagrams - 1, 8, false), FRAGMENT_WHOLE);
	assert_int_equal(piece(table, datagrams - FRAGMENT_DATAGRAMS_MAX - 1, 8, false),
	                 FRAGMENT_WAITS);
	fragment_table_free(table);
}

/* Each makes room for all its octets, however few have come. */
static void their_octets_are_bounded(void **state)
{
	struct fragment_table *table = fragment_table_new();
	const uint32_t datagrams = FRAGMENT_OCTETS_MAX / FRAGMENT_LENGTH_MAX + 10;

	(void)state;
	assert_true(datagrams < FRAGMENT_DATAGRAMS_MAX);
	for (uint32_t id = 0; id < datagrams; id++)
		assert_int_equal(piece(table, id, 65520, true), FRAGMENT_WAITS);
	for (uint32_t offset = 0; offset < 65520; offset += 8)
		assert_int_equal(piece(table, 0, offset, true), FRAGMENT_WAITS);
	assert_int_equal(piece(table, 0, 65520, false), FRAGMENT_WHOLE); /* the old one is gone */
	fragment_table_free(table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(fragments_in_any_order),
	    cmocka_unit_test(fragments_of_ipv6),
	    cmocka_unit_test(duplicates_are_ignored_and_overlaps_fatal),
	    cmocka_unit_test(overlaps_of_every_kind),
	    cmocka_unit_test(fragments_time_out),
	    cmocka_unit_test(fragments_are_told_apart),
	    cmocka_unit_test(fragments_that_the_capture_cut),
	    cmocka_unit_test(fragments_that_can_not_be),
	    cmocka_unit_test(fragments_of_any_claim),
	    cmocka_unit_test(udp_that_is_no_tunnel_is_not_kept),
	    cmocka_unit_test(atomic_fragments_pass_at_once),
	    cmocka_unit_test(datagrams_are_bounded),
	    cmocka_unit_test(their_octets_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
