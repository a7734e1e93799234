/* SPDX-License-Identifier: BSD-3-Clause */
/* IPv4 and IPv6: lengths, extension headers, ICMP errors that quote a segment. */
#include "decode_bench.h"

static void lengths_come_from_ip(void **state)
{
	struct bench bench = bench_new();

	(void)state;
	/* padding behind the datagram is none of its payload */
	assert_int_equal(feed(&bench, IP("002c", "0000", "06") TCP "000000000000"), 1);
	assert_syn(&bench);
	/* a frame shorter than the datagram takes nothing away */
	assert_int_equal(feed(&bench, IP("05dc", "0000", "06") TCP), 1);
	assert_int_equal(bench.segment.length, 1500 - 20 - 24);
	assert_int_equal(bench.segment.checksum_state, TCPHS_CHECKSUM_UNKNOWN);
	/* zero: the NIC was to fill it in */
	assert_int_equal(feed(&bench, IP("0000", "0000", "06") TCP "6162"), 1);
	assert_int_equal(bench.segment.length, 2);
	assert_int_equal(feed(&bench, "60000000 0000 06 40" FROM_TO_6 TCP "6162"), 1);
	assert_int_equal(bench.segment.length, 2);
	bench_free(&bench);
}

/* The frame check sequence is no payload, where the IP header doesn't say its length. */
static void check_sequence_is_no_payload(void **state)
{
	struct bench bench = bench_new();
	uint8_t octets[128];
	uint32_t length =
	    hex_read("020000000002 020000000001 0800" IP("0000", "0000", "06") TCP "6162 deadbeef",
	             octets, sizeof(octets));
	struct tcphs_packet packet = {.data = octets,
	                              .caplen = length,
	                              .wirelen = length,
	                              .number = 1,
	                              .linktype = 1,
	                              .fcs_length = 4};

	(void)state;
	assert_int_equal(tcphs_decode(bench.decoder, &packet, 1, &bench.segment), 1);
	assert_int_equal(bench.segment.length, 2);
	bench_free(&bench);
}

static void impossible_lengths(void **state)
{
	struct bench bench = bench_new();

	(void)state;
	assert_int_equal(feed(&bench, IP("0013", "0000", "06") TCP), 0);
	assert_int_equal(feed(&bench, "4400 002c 0001 0000 4006 0000" FROM_TO TCP), 0);
	assert_int_equal(feed(&bench, "4f00 002c 0001 0000 4006 0000" FROM_TO TCP), 0);
	assert_int_equal(feed(&bench, IP("0018", "0000", "06") TCP), 0); /* 4 octets of TCP */
	assert_int_equal(tcphs_decoder_skipped(bench.decoder, TCPHS_SKIP_MALFORMED), 4);
	bench_free(&bench);
}

static void ip_options_are_stepped_over(void **state)
{
	struct bench bench = bench_new();

	(void)state;
	assert_int_equal(feed(&bench, "4600 0030 0001 0000 4006 0000" FROM_TO "94040000" TCP), 1);
	assert_syn(&bench);
	bench_free(&bench);
}

static void extension_headers(void **state)
{
	struct bench bench = bench_new();

	(void)state;
	/* hop-by-hop, destination options, an atomic fragment */
	assert_int_equal(feed(&bench, "60000000 0030 00 40" FROM_TO_6 "3c00 010400000000"
	                              "2c00 010400000000"
	                              "0600 0000 00000001"
	                              "9d78 0050 000003e8 00000000 6002 7210 28f1 0000 020405b4"),
	                 1);
	assert_syn(&bench);
	assert_string_equal(tcphs_decoder_encapsulation(bench.decoder, bench.segment.encap),
	                    "ipv6");
	/* segments left: the route's last address is the destination */
	assert_int_equal(feed(&bench, "60000000 0030 2b 40" FROM_TO_6
	                              "0602 00 01 00000000 20010db8000000000000000000000009" TCP),
	                 1);
	assert_int_equal(bench.segment.dst.octets[15], 9);
	bench_free(&bench);
}

#define ROUTER "0a0000fe 0a000001"

static void icmp_quotes_a_segment(void **state)
{
	struct bench bench = bench_new();

	(void)state;
	/* IP 10.0.0.254 > 10.0.0.1: ICMP host 10.0.0.2 unreachable, 8 octets of TCP quoted */
	assert_int_equal(feed(&bench, "4500 0038 0009 0000 4001 0000" ROUTER
	                              "0301 0000 00000000" IP("002c", "4000", "06") TCP_1),
	                 1);
	assert_int_equal(bench.segment.kind, TCPHS_SEGMENT_ICMP);
	assert_int_equal(bench.segment.icmp_type, 3);
	assert_int_equal(bench.segment.icmp_code, 1);
	assert_int_equal(bench.segment.icmp_from.family, 4);
	assert_int_equal(bench.segment.icmp_from.octets[3], 254);
	assert_int_equal(bench.segment.src.octets[3], 1);
	assert_int_equal(bench.segment.dport, 80);
	assert_int_equal(bench.segment.seq, 1000);
	assert_int_equal(bench.segment.flags, 0);
	assert_string_equal(tcphs_decoder_encapsulation(bench.decoder, bench.segment.encap), "ip");
	/* all of the SYN quoted */
	assert_int_equal(feed(&bench, "4500 0048 0009 0000 4001 0000" ROUTER
	                              "0b00 0000 00000000" IP("002c", "4000", "06") TCP),
	                 1);
	assert_int_equal(bench.segment.icmp_type, 11);
	assert_int_equal(bench.segment.flags, TCPHS_SYN);
	assert_int_equal(bench.segment.options.mss, 1460);
	bench_free(&bench);
}

static void icmpv6_quotes_a_segment(void **state)
{
	struct bench bench = bench_new();

	(void)state;
	assert_int_equal(feed(&bench, "60000000 0048 3a 40" FROM_TO_6 "0104 0000 00000000"
	                              "60000000 0018 06 40" FROM_TO_6 TCP),
	                 1);
	assert_int_equal(bench.segment.kind, TCPHS_SEGMENT_ICMP);
	assert_int_equal(bench.segment.icmp_code, 4);
	assert_int_equal(bench.segment.icmp_from.octets[15], 1);
	assert_int_equal(bench.segment.seq, 1000);
	bench_free(&bench);
}

static void icmp_that_quotes_none(void **state)
{
	struct bench bench = bench_new();

	(void)state;
	/* echo request; UDP quoted; a later fragment quoted; 7 octets of TCP; an error's error */
	assert_int_equal(feed(&bench, "4500 001c 0009 0000 4001 0000" ROUTER "0800 0000 00010001"),
	                 0);
	assert_int_equal(feed(&bench,
	                      "4500 0038 0009 0000 4001 0000" ROUTER
	                      "0303 0000 00000000" IP("001c", "0000", "11") "c000 0035 0008 0000"),
	                 0);
	assert_int_equal(feed(&bench, "4500 0038 0009 0000 4001 0000" ROUTER
	                              "0301 0000 00000000" IP("002c", "0002", "06") TCP_1),
	                 0);
	assert_int_equal(feed(&bench,
	                      "4500 0037 0009 0000 4001 0000" ROUTER
	                      "0301 0000 00000000" IP("002c", "4000", "06") "9d780050 000003"),
	                 0);
	assert_int_equal(feed(&bench, "4500 0054 0009 0000 4001 0000" ROUTER "0301 0000 00000000"
	                              "4500 0038 0009 0000 4001 0000" ROUTER
	                              "0301 0000 00000000" IP("002c", "4000", "06") TCP_1),
	                 0);
	assert_int_equal(tcphs_decoder_fragments_incomplete(bench.decoder), 0);
	bench_free(&bench);
}

static void encrypted_is_said(void **state)
{
	struct bench bench = bench_new();

	(void)state;
	assert_int_equal(feed(&bench, IP("001c", "0000", "32") "00000001 00000001"), 0);
	assert_int_equal(feed(&bench, IP("001c", "0000", "6c") "0600 0002 00000000"), 0);
	assert_int_equal(
	    feed(&bench, IP("0024", "0000", "11") "1194 1194 0010 0000 00000001 00000001"), 0);
	assert_int_equal(tcphs_decoder_skipped(bench.decoder, TCPHS_SKIP_ENCRYPTED), 3);
	bench_free(&bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lengths_come_from_ip),
	    cmocka_unit_test(check_sequence_is_no_payload),
	    cmocka_unit_test(impossible_lengths),
	    cmocka_unit_test(ip_options_are_stepped_over),
	    cmocka_unit_test(extension_headers),
	    cmocka_unit_test(icmp_quotes_a_segment),
	    cmocka_unit_test(icmpv6_quotes_a_segment),
	    cmocka_unit_test(icmp_that_quotes_none),
	    cmocka_unit_test(encrypted_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
