/* SPDX-License-Identifier: BSD-3-Clause */
/* Every link type and tunnel, whole and cut at each octet. */
#include "decode_cases.h"
#include "decode_help.h"

#include <stdbool.h>
#include <stdio.h>

static const uint8_t client4[16] = {10, 0, 0, 1};
static const uint8_t server4[16] = {10, 0, 0, 2};
static const uint8_t client6[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = 1};
static const uint8_t server6[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = 2};

/* Fails with the caption of the case. */
static void expect(const struct decode_case *this, int truth)
{
	if (!truth)
		fail_msg("%s", this->caption);
}

static void assert_is_the_syn(const struct tcphs_segment *segment, uint8_t family)
{
	assert_int_equal(segment->kind, TCPHS_SEGMENT_TCP);
	assert_int_equal(segment->src.family, family);
	assert_memory_equal(segment->src.octets, family == 4 ? client4 : client6, 16);
	assert_memory_equal(segment->dst.octets, family == 4 ? server4 : server6, 16);
	assert_int_equal(segment->sport, 40312);
	assert_int_equal(segment->dport, 80);
	assert_int_equal(segment->seq, 1000);
	assert_int_equal(segment->ack, 0);
	assert_int_equal(segment->length, 0);
	assert_int_equal(segment->flags, TCPHS_SYN);
}

static void assert_whole(const struct decode_case *this)
{
	struct tcphs_decoder *decoder = tcphs_decoder_new(NULL);
	struct tcphs_segment segment;

	expect(this, decode_hex(decoder, this->linktype, this->octets, &segment) == 1);
	assert_is_the_syn(&segment, this->family);
	assert_int_equal(segment.window, 29200);
	assert_int_equal(segment.options.present, TCPHS_OPT_MSS);
	assert_int_equal(segment.options.mss, 1460);
	assert_int_equal(segment.trouble, 0);
	assert_int_equal(segment.checksum_state, TCPHS_CHECKSUM_GOOD);
	assert_string_equal(this->path, tcphs_decoder_encapsulation(decoder, segment.encap));
	tcphs_decoder_free(decoder);
}

static void every_case_gives_the_syn(void **state)
{
	(void)state;
	for (size_t i = 0; i < DECODE_CASES; i++)
		assert_whole(&decode_cases[i]);
}

/* A shorter capture gives the SYN as long as its flags are there. */
static void every_cut_is_survived(void **state)
{
	uint8_t octets[2048];

	(void)state;
	for (size_t i = 0; i < DECODE_CASES; i++) {
		const struct decode_case *this = &decode_cases[i];
		uint32_t length = hex_read(this->octets, octets, sizeof(octets));
		struct tcphs_decoder *decoder = tcphs_decoder_new(NULL);
		uint32_t segments = 0;

		for (uint32_t cut = 0; cut < length; cut++) {
			struct tcphs_segment segment;

			if (decode_octets(decoder, this->linktype, octets, cut, length, &segment) ==
			    0)
				continue;
			assert_is_the_syn(&segment, this->family);
			segments++;
		}
		/* Of the SYN's 24 octets, 14 to 23. Without the octets to tell what follows, a
		 * layer may also say that it is not TCP; nothing is the sender's fault. */
		expect(this, segments >= 10);
		expect(this, tcphs_decoder_skipped(decoder, TCPHS_SKIP_CUT) +
		                     tcphs_decoder_skipped(decoder, TCPHS_SKIP_NOT_TCP) ==
		                 length - segments);
		tcphs_decoder_free(decoder);
	}
}

/* Every link type that has a case stands in docs/layers.md, and the reverse. */
static void the_list_of_link_types_is_true(void **state)
{
	FILE *file = fopen(SOURCE_DIR "/docs/layers.md", "r");
	char line[512];
	bool listed[512] = {false};
	bool tested[512] = {false};

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof(line), file) != NULL) {
		unsigned number;

		if (sscanf(line, "| %u |", &number) == 1 && number < 512)
			listed[number] = true;
	}
	fclose(file);
	for (size_t i = 0; i < DECODE_CASES; i++)
		tested[decode_cases[i].linktype] = true;
	for (unsigned number = 0; number < 512; number++)
		if (listed[number] != tested[number])
			fail_msg("link type %u", number);
}

/* The path's words that no_decap must keep out. */
static int is_tunnel(const char *path)
{
	static const char *const words[] = {".ip.ip", "ah.ip",   "ipv6.ip", "udp",
	                                    "gre",    "etherip", "ip.mpls"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(path, words[i]) != NULL)
			return 1;
	return 0;
}

static void tunnels_can_be_left_alone(void **state)
{
	struct tcphs_decode_options options = {.no_decap = true};
	struct tcphs_decoder *decoder = tcphs_decoder_new(&options);

	(void)state;
	for (size_t i = 0; i < DECODE_CASES; i++) {
		const struct decode_case *this = &decode_cases[i];
		struct tcphs_segment segment;

		expect(this, decode_hex(decoder, this->linktype, this->octets, &segment) ==
		                 (is_tunnel(this->path) ? 0u : 1u));
	}
	tcphs_decoder_free(decoder);
}

static void unknown_kinds_are_counted(void **state)
{
	struct tcphs_decoder *decoder = tcphs_decoder_new(NULL);
	struct tcphs_segment segment;
	const char *what;
	uint64_t packets;

	(void)state;
	decode_hex(decoder, 299, "00", &segment);
	decode_hex(decoder, 299, "00", &segment);
	decode_hex(decoder, 1, ETH("1234") "00", &segment);
	decode_hex(decoder, 1, ETH("0800") IP4("0014", "fd"), &segment);
	decode_hex(decoder, 1, ETH("0806") "0001", &segment); /* ARP is known, and not TCP */
	assert_true(tcphs_decoder_unknown(decoder, 0, &what, &packets));
	assert_string_equal(what, "link type 299");
	assert_int_equal(packets, 2);
	assert_true(tcphs_decoder_unknown(decoder, 1, &what, &packets));
	assert_string_equal(what, "EtherType 0x1234");
	assert_true(tcphs_decoder_unknown(decoder, 2, &what, &packets));
	assert_string_equal(what, "IP protocol 253");
	assert_false(tcphs_decoder_unknown(decoder, 3, &what, &packets));
	assert_int_equal(tcphs_decoder_skipped(decoder, TCPHS_SKIP_LINKTYPE), 2);
	assert_int_equal(tcphs_decoder_skipped(decoder, TCPHS_SKIP_NOT_TCP), 3);
	tcphs_decoder_free(decoder);
}

static void nesting_is_bounded(void **state)
{
	struct tcphs_decoder *decoder = tcphs_decoder_new(NULL);
	uint8_t octets[14 + 4 * 400 + 44];
	struct tcphs_segment segment;

	(void)state;
	hex_read("0007 0800" SYN4, octets + sizeof(octets) - 48, 48);
	hex_read(ETH("8100"), octets, 14);
	for (size_t at = 14; at < sizeof(octets) - 48; at += 4)
		memcpy(octets + at, "\x00\x07\x81\x00", 4);
	assert_int_equal(
	    decode_octets(decoder, 1, octets, sizeof(octets), sizeof(octets), &segment), 0);
	assert_int_equal(tcphs_decoder_skipped(decoder, TCPHS_SKIP_MALFORMED), 1);
	tcphs_decoder_free(decoder);
}

#define WLAN(control, flags, sequence)                                                             \
	control flags "0000 020000000002 020000000001 020000000003" sequence

static void wlan_frames_that_are_none(void **state)
{
	struct tcphs_decoder *decoder = tcphs_decoder_new(NULL);
	struct tcphs_segment segment;

	(void)state;
	/* protected; more fragments; the second fragment; no data; a beacon */
	decode_hex(decoder, 105, WLAN("08", "41", "1000") "aaaa03000000 0800" SYN4, &segment);
	decode_hex(decoder, 105, WLAN("08", "05", "1000") "aaaa03000000 0800" SYN4, &segment);
	decode_hex(decoder, 105, WLAN("08", "01", "1100") "aaaa03000000 0800" SYN4, &segment);
	decode_hex(decoder, 105, WLAN("48", "01", "1000"), &segment);
	decode_hex(decoder, 105, WLAN("80", "00", "1000") "0000", &segment);
	assert_int_equal(tcphs_decoder_skipped(decoder, TCPHS_SKIP_ENCRYPTED), 1);
	assert_int_equal(tcphs_decoder_skipped(decoder, TCPHS_SKIP_FRAGMENT), 2);
	assert_int_equal(tcphs_decoder_skipped(decoder, TCPHS_SKIP_NOT_TCP), 2);
	tcphs_decoder_free(decoder);
}

static void wlan_retries_are_marked(void **state)
{
	struct tcphs_decoder *decoder = tcphs_decoder_new(NULL);
	struct tcphs_segment segment;

	(void)state;
	decode_hex(decoder, 105, WLAN("08", "09", "1000") "aaaa03000000 0800" SYN4, &segment);
	assert_int_equal(segment.retry, 1);
	decode_hex(decoder, 105, WLAN("08", "01", "1000") "aaaa03000000 0800" SYN4, &segment);
	assert_int_equal(segment.retry, 0);
	tcphs_decoder_free(decoder);
}

static void encrypted_links_are_said(void **state)
{
	struct tcphs_decoder *decoder = tcphs_decoder_new(NULL);
	struct tcphs_segment segment;

	(void)state;
	/* DOCSIS with baseline privacy on; MACsec with encryption; PPP encrypted */
	decode_hex(decoder, 143, "01 05 003f 3400810000 0000" ETH("0800") SYN4, &segment);
	decode_hex(decoder, 1, ETH("88e5") "0c 00 00000001 0800" SYN4, &segment);
	decode_hex(decoder, 9, "ff 03 0053 00", &segment);
	assert_int_equal(tcphs_decoder_skipped(decoder, TCPHS_SKIP_ENCRYPTED), 3);
	tcphs_decoder_free(decoder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_case_gives_the_syn),
	    cmocka_unit_test(every_cut_is_survived),
	    cmocka_unit_test(the_list_of_link_types_is_true),
	    cmocka_unit_test(tunnels_can_be_left_alone),
	    cmocka_unit_test(unknown_kinds_are_counted),
	    cmocka_unit_test(nesting_is_bounded),
	    cmocka_unit_test(wlan_frames_that_are_none),
	    cmocka_unit_test(wlan_retries_are_marked),
	    cmocka_unit_test(encrypted_links_are_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
