/* SPDX-License-Identifier: BSD-3-Clause */
/* The TCP header, its options and its checksum, from crafted octets. */
#include "decode/checksum.h"
#include "decode/options.h"
#include "decode_cases.h"
#include "decode_help.h"

#define NO_CHECKSUM "0000"

/* IP 10.0.0.1.40312 > 10.0.0.2.80, no options, 4 octets of payload. */
#define DATA_IP(total) "4500" total "00014000 40060000 0a000001 0a000002"
#define DATA_TCP(offset_flags, checksum)                                                           \
	"9d78 0050 000003e9 00000bb9" offset_flags "7210" checksum "0000"

static struct tcphs_segment decode_one(const char *hex)
{
	struct tcphs_decoder *decoder = tcphs_decoder_new(NULL);
	struct tcphs_segment segment;

	assert_int_equal(decode_hex(decoder, 101, hex, &segment), 1);
	tcphs_decoder_free(decoder);
	return segment;
}

static void header_fields(void **state)
{
	/* reserved bits 101, AE, CWR, ECE, URG, ACK, urg 258 */
	struct tcphs_segment segment =
	    decode_one(DATA_IP("002c") "9d78 0050 000003e9 00000bb9 5bf0 7210 1234 0102 61626364");

	(void)state;
	assert_int_equal(segment.seq, 1001);
	assert_int_equal(segment.ack, 3001);
	assert_int_equal(segment.data_offset, 5);
	assert_int_equal(segment.reserved, 5);
	assert_int_equal(segment.flags, TCPHS_AE | TCPHS_CWR | TCPHS_ECE | TCPHS_URG | TCPHS_ACK);
	assert_int_equal(segment.window, 29200);
	assert_int_equal(segment.checksum, 0x1234);
	assert_int_equal(segment.urgent, 258);
	assert_int_equal(segment.ip_id, 1);
	assert_int_equal(segment.length, 4);
}

/* The checksum field of the segment that DATA_TCP makes, as it should be. */
static uint16_t right_checksum(void)
{
	uint8_t octets[64];
	uint32_t length =
	    hex_read("0a000001 0a000002 0006 0018" DATA_TCP("5018", NO_CHECKSUM) "61626364", octets,
	             sizeof(octets));

	return (uint16_t)~checksum_sum(octets, length);
}

static struct tcphs_segment with_checksum(uint16_t checksum)
{
	char hex[256];

	snprintf(hex, sizeof(hex), DATA_IP("002c") DATA_TCP("5018", "%04x") "61626364", checksum);
	return decode_one(hex);
}

static void checksum_states(void **state)
{
	/* 0a00 + 0001 + 0a00 + 0002 + 0006 + 0018, the pseudo-header */
	const uint16_t pseudo = 0x1421;
	const uint16_t right = right_checksum();

	(void)state;
	assert_int_equal(with_checksum(right).checksum_state, TCPHS_CHECKSUM_GOOD);
	assert_int_equal(with_checksum(pseudo).checksum_state, TCPHS_CHECKSUM_OFFLOAD);
	assert_int_equal(with_checksum((uint16_t)~pseudo).checksum_state, TCPHS_CHECKSUM_OFFLOAD);
	assert_int_equal(with_checksum(pseudo - 0x18).checksum_state, TCPHS_CHECKSUM_OFFLOAD);
	assert_int_equal(with_checksum(0).checksum_state, TCPHS_CHECKSUM_OFFLOAD);
	assert_int_equal(with_checksum(right ^ 1).checksum_state, TCPHS_CHECKSUM_BAD);
	assert_int_equal(with_checksum(right ^ 1).checksum_right, right);
	assert_int_equal(with_checksum(0xdead).checksum_right, right);
}

static void payload_sum(void **state)
{
	struct tcphs_segment segment = with_checksum(right_checksum());

	(void)state;
	assert_int_equal(segment.payload_whole, 1);
	assert_int_equal(segment.payload_sum, 0x6162 + 0x6364);
}

static void checksum_can_be_left_alone(void **state)
{
	struct tcphs_decode_options options = {.no_checksum = true};
	struct tcphs_decoder *decoder = tcphs_decoder_new(&options);
	struct tcphs_segment segment;

	(void)state;
	assert_int_equal(decode_hex(decoder, 101, SYN4, &segment), 1);
	assert_int_equal(segment.checksum_state, TCPHS_CHECKSUM_UNKNOWN);
	assert_int_equal(segment.payload_whole, 0);
	tcphs_decoder_free(decoder);
}

static void checksum_needs_every_octet(void **state)
{
	struct tcphs_decoder *decoder = tcphs_decoder_new(NULL);
	uint8_t octets[128];
	uint32_t length = hex_read(DATA_IP("002c") DATA_TCP("5018", NO_CHECKSUM) "61626364", octets,
	                           sizeof(octets));
	struct tcphs_segment segment;

	(void)state;
	assert_int_equal(decode_octets(decoder, 101, octets, length - 1, length, &segment), 1);
	assert_int_equal(segment.checksum_state, TCPHS_CHECKSUM_UNKNOWN);
	assert_int_equal(segment.payload_whole, 0);
	assert_int_equal(segment.length, 4);
	tcphs_decoder_free(decoder);
}

/* Sums of any length and alignment against the definition. */
static void checksum_sum_is_the_definition(void **state)
{
	uint8_t octets[200];

	(void)state;
	for (size_t i = 0; i < sizeof(octets); i++)
		octets[i] = (uint8_t)(i * 37 + 11);
	for (size_t start = 0; start < 8; start++) {
		for (size_t count = 0; start + count <= sizeof(octets); count++) {
			uint64_t sum = 0;

			for (size_t i = 0; i < count; i++)
				sum += (uint64_t)octets[start + i] << (i % 2 == 0 ? 8 : 0);
			assert_int_equal(checksum_sum(octets + start, count), checksum_fold(sum));
		}
	}
}

static void bad_offsets(void **state)
{
	struct tcphs_segment segment =
	    decode_one(DATA_IP("002c") DATA_TCP("4018", NO_CHECKSUM) "61626364");

	(void)state;
	assert_int_equal(segment.trouble, TCPHS_HEADER_BAD_OFFSET);
	assert_int_equal(segment.length, 4); /* what is beyond 20 octets */
	segment = decode_one(DATA_IP("002c") DATA_TCP("7018", NO_CHECKSUM) "01010101");
	assert_int_equal(segment.trouble, TCPHS_HEADER_BAD_OFFSET);
	assert_int_equal(segment.options.present, 0);
	/* by the IP header there are only 16 octets of TCP */
	segment = decode_one(DATA_IP("0024") "9d78 0050 000003e9 00000bb9 5018 7210");
	assert_int_equal(segment.trouble, TCPHS_HEADER_BAD_OFFSET);
	assert_int_equal(segment.length, 0);
	assert_int_equal(segment.window, 29200);
}

static void cut_headers(void **state)
{
	struct tcphs_decoder *decoder = tcphs_decoder_new(NULL);
	uint8_t octets[128];
	uint32_t length = hex_read(SYN4, octets, sizeof(octets));
	struct tcphs_segment segment;

	(void)state;
	assert_int_equal(decode_octets(decoder, 101, octets, 20 + 14, length, &segment), 1);
	assert_int_equal(segment.trouble, TCPHS_HEADER_CUT);
	assert_int_equal(segment.flags, TCPHS_SYN);
	assert_int_equal(segment.window, 0);
	assert_int_equal(segment.options.present, TCPHS_OPT_CUT);
	assert_int_equal(decode_octets(decoder, 101, octets, 20 + 22, length, &segment), 1);
	assert_int_equal(segment.trouble, TCPHS_HEADER_CUT);
	assert_int_equal(segment.window, 29200);
	assert_int_equal(decode_octets(decoder, 101, octets, 20 + 13, length, &segment), 0);
	assert_int_equal(tcphs_decoder_skipped(decoder, TCPHS_SKIP_CUT), 1);
	tcphs_decoder_free(decoder);
}

struct options_case {
	const char *octets;
	uint16_t present;
	uint8_t malformed_kind, malformed_length;
};

/* clang-format off */
static const struct options_case options_cases[] = {
	/* options                        present                                      malformed */
	{ "",                             0,                                           0, 0 },
	{ "020405b4",                     TCPHS_OPT_MSS,                               0, 0 },
	{ "020305b4",                     TCPHS_OPT_MALFORMED,                         2, 3 },
	{ "01030307",                     TCPHS_OPT_WSCALE,                            0, 0 },
	{ "04020101",                     TCPHS_OPT_SACK_PERMITTED,                    0, 0 },
	{ "0403 00 01",                   TCPHS_OPT_MALFORMED,                         4, 3 },
	{ "0101 050a 00000001 00000002",  TCPHS_OPT_SACK,                              0, 0 },
	{ "0101 0506 00000001",           TCPHS_OPT_MALFORMED,                         5, 6 },
	{ "0502 0101",                    TCPHS_OPT_MALFORMED,                         5, 2 },
	{ "0101 080a 00000001 00000002",  TCPHS_OPT_TIMESTAMPS,                        0, 0 },
	{ "080a 00000001 00000002 0000",  TCPHS_OPT_TIMESTAMPS,                        0, 0 },
	{ "0809 00000001 000000 01",      TCPHS_OPT_MALFORMED,                         8, 9 },
	{ "1312 000102030405060708090a0b0c0d0e0f 0101", TCPHS_OPT_MD5,                 0, 0 },
	{ "1304 0001",                    TCPHS_OPT_MALFORMED,                        19, 4 },
	{ "1d04 0101",                    TCPHS_OPT_AO,                                0, 0 },
	{ "1d03 01 00",                   TCPHS_OPT_MALFORMED,                        29, 3 },
	{ "1e04 0081",                    TCPHS_OPT_MPTCP,                             0, 0 },
	{ "1e02 0101",                    TCPHS_OPT_MALFORMED,                        30, 2 },
	{ "2202 0101",                    TCPHS_OPT_TFO,                               0, 0 },
	{ "2206 01020304 0101",           TCPHS_OPT_TFO,                               0, 0 },
	{ "2204 0102",                    TCPHS_OPT_MALFORMED,                        34, 4 },
	{ "2214 000102030405060708090a0b0c0d0e0f1011", TCPHS_OPT_MALFORMED,           34, 20 },
	{ "fe04 f989",                    TCPHS_OPT_TFO,                               0, 0 },
	{ "fe0c f989 0102030405060708",   TCPHS_OPT_TFO,                               0, 0 },
	{ "fe04 0001",                    TCPHS_OPT_OTHER,                             0, 0 },
	{ "fd06 f989 0102 0101",          TCPHS_OPT_MALFORMED,                       253, 6 },
	{ "ac05 000001 ae02 01",          TCPHS_OPT_ACCECN,                            0, 0 },
	{ "ac04 0001",                    TCPHS_OPT_MALFORMED,                       172, 4 },
	{ "4d04 0001",                    TCPHS_OPT_OTHER,                             0, 0 },
	{ "4d00 0001",                    TCPHS_OPT_MALFORMED,                        77, 0 },
	{ "4d01 0001",                    TCPHS_OPT_MALFORMED,                        77, 1 },
	{ "4d05 0001",                    TCPHS_OPT_MALFORMED,                        77, 5 },
	{ "010101 02",                    TCPHS_OPT_MALFORMED,                         2, 0 },
	{ "00 020305",                    0,                                           0, 0 },
	{ "020405b4 4d01 0303",           TCPHS_OPT_MSS | TCPHS_OPT_MALFORMED,        77, 1 },
	{ "0203 05 01 01 030307",         TCPHS_OPT_WSCALE | TCPHS_OPT_MALFORMED,      2, 3 },
	{ "020405b4 0402 080a 00000001 00000000 01 030307",
	  TCPHS_OPT_MSS | TCPHS_OPT_SACK_PERMITTED | TCPHS_OPT_TIMESTAMPS | TCPHS_OPT_WSCALE, 0, 0 },
};
/* clang-format on */

static void options_by_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(options_cases) / sizeof(options_cases[0]); i++) {
		const struct options_case *this = &options_cases[i];
		struct tcphs_options options = {0};
		uint8_t octets[40];
		uint32_t length = hex_read(this->octets, octets, sizeof(octets));

		options_read(&options, octets, length, length);
		if (options.present != this->present ||
		    options.malformed_kind != this->malformed_kind ||
		    options.malformed_length != this->malformed_length)
			fail_msg("%s: present 0x%x, malformed %d %d", this->octets, options.present,
			         options.malformed_kind, options.malformed_length);
	}
}

static void options_values(void **state)
{
	struct tcphs_options options = {0};
	uint8_t octets[40];
	uint32_t length = hex_read("01 030307 1e04 2081 0512 00000001 00000002 fffffffe ffffffff"
	                           "fe08 f989 01020304",
	                           octets, sizeof(octets));

	(void)state;
	options_read(&options, octets, length, length);
	assert_int_equal(options.wscale, 7);
	assert_int_equal(options.mptcp_subtype, 2);
	assert_int_equal(options.sack_blocks, 2);
	assert_int_equal(options.sack[0][1], 2);
	assert_int_equal(options.sack[1][0], 0xfffffffe);
	assert_int_equal(options.tfo_length, 4);
}

/* Cut at any octet, what was whole before the cut stays. */
static void options_cut(void **state)
{
	uint8_t octets[40];
	uint32_t length =
	    hex_read("020405b4 0402 080a 00000001 00000000 01 030307", octets, sizeof(octets));

	(void)state;
	for (uint32_t cut = 0; cut < length; cut++) {
		struct tcphs_options options = {0};

		options_read(&options, octets, length, cut);
		assert_true((options.present & TCPHS_OPT_CUT) != 0);
		assert_false((options.present & TCPHS_OPT_MALFORMED) != 0);
		assert_int_equal((options.present & TCPHS_OPT_MSS) != 0, cut >= 4);
		assert_int_equal((options.present & TCPHS_OPT_TIMESTAMPS) != 0, cut >= 16);
	}
}

/* The usual ones, with any octet changed in any bit, and cut: in line as the loop reads them. */
static void options_in_line(void **state)
{
	static const char *const usual[] = {"0101 080a 00000001 fffffffe",
	                                    "020405b4 0402 080a 00000001 00000002 01 030307"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		uint8_t octets[40];
		uint32_t length = hex_read(usual[i], octets, sizeof(octets));

		for (uint32_t bit = 0; bit <= 8 * length; bit++)
			for (uint32_t captured = length - 2; captured <= length; captured++) {
				struct tcphs_options loop = {0}, in_line = {0};

				octets[bit / 8 % length] ^=
				    (uint8_t)(bit < 8 * length ? 1u << bit % 8 : 0);
				options_read(&loop, octets, length, captured);
				options_fill(&in_line, octets, length, captured);
				octets[bit / 8 % length] ^=
				    (uint8_t)(bit < 8 * length ? 1u << bit % 8 : 0);
				assert_memory_equal(&loop, &in_line, sizeof(loop));
			}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(header_fields),
	    cmocka_unit_test(checksum_states),
	    cmocka_unit_test(payload_sum),
	    cmocka_unit_test(checksum_can_be_left_alone),
	    cmocka_unit_test(checksum_needs_every_octet),
	    cmocka_unit_test(checksum_sum_is_the_definition),
	    cmocka_unit_test(bad_offsets),
	    cmocka_unit_test(cut_headers),
	    cmocka_unit_test(options_by_table),
	    cmocka_unit_test(options_values),
	    cmocka_unit_test(options_cut),
	    cmocka_unit_test(options_in_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
