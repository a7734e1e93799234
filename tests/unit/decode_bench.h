/* SPDX-License-Identifier: BSD-3-Clause */
/* A decoder that is fed raw IP, one packet after the other. */
#ifndef TESTS_DECODE_BENCH_H
#define TESTS_DECODE_BENCH_H

#include "decode_help.h"

/* The SYN's TCP header of 24 octets, in pieces of 8. */
#define TCP_1 "9d78 0050 000003e8"
#define TCP_2 "00000000 6002 7210"
#define TCP_3 "7063 0000 020405b4"
#define TCP   TCP_1 TCP_2 TCP_3

#define FROM_TO "0a000001 0a000002"
/* An IPv4 header: total length, flags and fragment offset, protocol. */
#define IP(total, fragment, proto) "4500" total "0001" fragment "40" proto "0000" FROM_TO

#define FROM_TO_6                                                                                  \
	"20010db8000000000000000000000001"                                                         \
	"20010db8000000000000000000000002"

struct bench {
	struct tcphs_decoder *decoder;
	struct tcphs_segment segment;
	int64_t time;
	uint64_t number;
};

static inline struct bench bench_new(void)
{
	return (struct bench){.decoder = tcphs_decoder_new(NULL)};
}

static inline void bench_free(struct bench *bench)
{
	tcphs_decoder_free(bench->decoder);
}

/* A packet of raw IP, of which `caplen` octets are captured (0: all). */
static inline size_t feed_cut(struct bench *bench, const char *hex, uint32_t caplen)
{
	uint8_t octets[2048];
	uint32_t length = hex_read(hex, octets, sizeof(octets));
	struct tcphs_packet packet = {
	    .data = octets,
	    .caplen = caplen == 0 ? length : caplen,
	    .wirelen = length,
	    .number = ++bench->number,
	    .time = bench->time,
	    .linktype = 101,
	    .fcs_length = -1,
	};

	return tcphs_decode(bench->decoder, &packet, 1, &bench->segment);
}

static inline size_t feed(struct bench *bench, const char *hex)
{
	return feed_cut(bench, hex, 0);
}

static inline void assert_syn(const struct bench *bench)
{
	assert_int_equal(bench->segment.sport, 40312);
	assert_int_equal(bench->segment.seq, 1000);
	assert_int_equal(bench->segment.flags, TCPHS_SYN);
	assert_int_equal(bench->segment.length, 0);
	assert_int_equal(bench->segment.options.mss, 1460);
	assert_int_equal(bench->segment.checksum_state, TCPHS_CHECKSUM_GOOD);
}

#endif
