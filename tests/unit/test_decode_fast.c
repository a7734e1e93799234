/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The short cut gives what the walk gives: on every capture of the project, on every crafted
 * packet, and on thousands of packets made from those by chance.
 */
#include "decode/decoder.h"
#include "decode_cases.h"
#include "decode_help.h"

#include <glob.h>
#include <tcphs/source.h>

#define BATCH       64
#define MUTATIONS   400 /* of each crafted packet */
#define PACKET_ROOM 2048

struct pair {
	struct tcphs_decoder *usual, *walking;
	uint64_t packets, segments;
};

static struct pair pair_new(void)
{
	return (struct pair){tcphs_decoder_new(NULL), tcphs_decoder_new(NULL), 0, 0};
}

static void pair_free(struct pair *pair)
{
	for (int i = 0; i < TCPHS_SKIP_COUNT; i++)
		assert_int_equal(tcphs_decoder_skipped(pair->usual, (enum tcphs_skip)i),
		                 tcphs_decoder_skipped(pair->walking, (enum tcphs_skip)i));
	tcphs_decoder_free(pair->usual);
	tcphs_decoder_free(pair->walking);
}

static void assert_same(struct pair *pair, const struct tcphs_packet *packet)
{
	struct tcphs_segment a, b;
	size_t count;

	memset(&a, 0, sizeof(a));
	memset(&b, 0, sizeof(b));
	count = tcphs_decode(pair->usual, packet, 1, &a);
	assert_int_equal(count, decoder_packet(pair->walking, packet, &b));
	assert_memory_equal(&a, &b, sizeof(a));
	assert_string_equal(tcphs_decoder_encapsulation(pair->usual, a.encap),
	                    tcphs_decoder_encapsulation(pair->walking, b.encap));
	pair->packets++;
	pair->segments += count;
}

static void compare_capture(const char *path)
{
	struct tcphs_packet batch[BATCH];
	struct tcphs_error error;
	struct tcphs_source *source = tcphs_source_open_files(&path, 1, NULL, &error);
	struct pair pair = pair_new();
	enum tcphs_source_state at = TCPHS_SOURCE_MORE;

	assert_non_null(source);
	while (at == TCPHS_SOURCE_MORE) {
		size_t count;

		at = tcphs_source_read(source, batch, BATCH, &count, &error);
		for (size_t i = 0; i < count; i++)
			assert_same(&pair, &batch[i]);
	}
	assert_int_equal(at, TCPHS_SOURCE_END);
	assert_true(pair.segments > 0);
	pair_free(&pair);
	tcphs_source_close(source);
}

static void same_on_every_capture(void **state)
{
	glob_t paths;

	(void)state;
	assert_int_equal(glob(SOURCE_DIR "/captures/*.pcap*", 0, NULL, &paths), 0);
	for (size_t i = 0; i < paths.gl_pathc; i++)
		compare_capture(paths.gl_pathv[i]);
	globfree(&paths);
}

/* Chance that is the same on every run. */
static uint32_t chance(uint64_t *seed, uint32_t bound)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33) % bound;
}

/* Changes some octets of a packet, and cuts it or its length on the wire now and then. */
static struct tcphs_packet mutate(uint8_t *octets, uint32_t length, uint64_t *seed)
{
	struct tcphs_packet packet = {.data = octets, .number = 1, .fcs_length = -1};

	for (uint32_t i = chance(seed, 4); i > 0; i--)
		octets[chance(seed, length)] = (uint8_t)chance(seed, 256);
	if (chance(seed, 4) == 0)
		octets[chance(seed, length)] ^= (uint8_t)(1u << chance(seed, 8));
	packet.wirelen = chance(seed, 8) == 0 ? chance(seed, PACKET_ROOM) : length;
	packet.caplen = chance(seed, 3) == 0 ? chance(seed, length + 1) : length;
	return packet;
}

static void same_on_changed_packets(void **state)
{
	struct pair pair = pair_new();
	uint8_t octets[PACKET_ROOM];
	uint64_t seed = 1;

	(void)state;
	for (size_t i = 0; i < DECODE_CASES; i++) {
		for (int n = 0; n < MUTATIONS; n++) {
			uint32_t length = hex_read(decode_cases[i].octets, octets, sizeof(octets));
			struct tcphs_packet packet = mutate(octets, length, &seed);

			packet.linktype = decode_cases[i].linktype;
			assert_same(&pair, &packet);
		}
	}
	assert_true(pair.segments > pair.packets / 4);
	pair_free(&pair);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(same_on_every_capture),
	    cmocka_unit_test(same_on_changed_packets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
