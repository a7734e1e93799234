/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Whole captures through decoder, tracker, model, ladder and every text format: the invariants
 * hold, and the capture reads the same in each of the ways of reading.h.
 */
#include "conversation.h"
#include "fuzz.h"
#include "invariants.h"
#include "reading.h"
#include "shown.h"

enum option_bit { NO_DECAP = 1, NO_CHECKSUM = 2, RAW = 4, NO_FOLD = 8, GAPS = 16, NUMERIC = 32 };

static struct tcphs_ladder_options ladder_options(const struct input *input)
{
	return (struct tcphs_ladder_options){
	    .raw = (input->options & RAW) != 0,
	    .no_fold = (input->options & NO_FOLD) != 0,
	    .gaps = (input->options & GAPS) != 0,
	    .numeric = (input->options & NUMERIC) != 0,
	    .wrap = input->look % 3 * 60u,
	    .time = (enum tcphs_time_mode)(input->options >> 6),
	};
}

/* One way an input is enough where inputs are many; the property test asks for all. */
static bool all_ways;

/* Words are many and slow: of one connection an input, unless all are asked for. */
static bool is_drawn(size_t index, size_t count, const struct input *input)
{
	return all_ways || index == input->look % count;
}

static void check_all(const struct reading *reading, const struct input *input)
{
	struct tcphs_ladder_options options = ladder_options(input);
	struct tcphs_analysis analysis = {0};
	size_t count = tcphs_tracker_count(reading->tracker);

	check_counters(reading);
	for (size_t i = 0; i < count; i++) {
		expect(tcphs_tracker_analyse(reading->tracker, i, &analysis));
		check_analysis(reading->tracker, &analysis);
		if (is_drawn(i, count, input))
			show(&analysis, &options, input->look);
	}
	tcphs_analysis_free(&analysis);
}

/* With little memory and live: what leaves is counted, and nothing twice. */
static void read_bounded(const struct input *input, const struct tcphs_decode_options *decode)
{
	struct tcphs_tracker_options options = {
	    .seed = {3, 4}, .max_memory = 196608, .live = (input->look & 4) != 0};
	struct reading reading;

	reading_open(&reading, &input->talk, decode, options, 1 + input->look % 64);
	check_counters(&reading);
	reading_close(&reading);
}

static void read_whole(const struct input *input, const struct tcphs_decode_options *decode)
{
	struct tcphs_tracker_options options = {.seed = {1, 2}, .keep_all = true};
	struct reading reading;

	reading_open(&reading, &input->talk, decode, options, 64);
	check_all(&reading, input);
	check_each_packet_once(&reading, &input->talk, decode);
	reading_close(&reading);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	all_ways = getenv("FUZZ_ALL_WAYS") != NULL;
	return 0;
}

static void compare(enum way way, const struct input *input, const struct reading *base,
                    const struct tcphs_decode_options *decode)
{
	const char *differs;

	if (way == WAY_KEEP_ALL)
		read_whole(input, decode);
	differs =
	    way_applies(way, &input->talk) ? way_compare(way, &input->talk, base, decode) : NULL;
	if (differs != NULL)
		fprintf(stderr, "read in way %d, %s differ\n", (int)way, differs);
	expect(differs == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct input input;
	struct tcphs_tracker_options options = {.seed = {1, 2}};
	struct tcphs_decode_options decode;
	struct reading base;

	if (input_read(&input, data, size)) {
		decode.no_decap = (input.options & NO_DECAP) != 0;
		decode.no_checksum = (input.options & NO_CHECKSUM) != 0;
		reading_open(&base, &input.talk, &decode, options, 64);
		check_all(&base, &input);
		for (int way = 0; way < WAYS; way++)
			if (all_ways || way == input.way % WAYS)
				compare((enum way)way, &input, &base, &decode);
		if (all_ways || input.way >= 192)
			read_bounded(&input, &decode);
		reading_close(&base);
	}
	input_free(&input);
	return 0;
}
