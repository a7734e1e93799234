/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Whole captures through decoder, tracker, model, ladder and every text format: the invariants
 * hold, and the capture reads the same in each of the ways of reading.h.
 */
#include "conversation.h"
#include "fuzz.h"
#include "invariants.h"
#include "reading.h"

#include "teach/explain.h"
#include "teach/quiz.h"

#include <string.h>
#include <tcphs/render.h>

enum option_bit { NO_DECAP = 1, NO_CHECKSUM = 2, RAW = 4, NO_FOLD = 8, GAPS = 16, NUMERIC = 32 };

static bool swallow(void *context, const char *octets, size_t count)
{
	size_t *total = context;

	for (size_t i = 0; i < count; i++) /* no raw control reaches a terminal or a page */
		expect(octets[i] == '\n' || octets[i] == '\r' || (unsigned char)octets[i] >= ' ');
	*total += count;
	return true;
}

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

static void render(const struct tcphs_ladder *ladder, uint8_t look)
{
	struct tcphs_render_options options = {.width = look, .title = "fuzz & <b>"};
	struct tcphs_error error = {0};
	size_t total = 0, formats = 0, chosen;
	struct tcphs_sink sink = {swallow, &total};
	const struct tcphs_format *format;
	void *state;

	while (tcphs_format_at(formats) != NULL && !tcphs_format_at(formats)->binary)
		formats++;
	chosen = look % formats;
	format = tcphs_format_at(chosen);
	expect(format->begin(&state, &options, &sink, &error));
	expect(format->ladder(state, ladder, &error));
	expect(format->end(state, &error));
	expect(total > 0);
}

static void ask(const struct tcphs_analysis *analysis, uint32_t row)
{
	struct quiz_question question[QUIZ_PER_ROW];
	size_t count = quiz_questions(analysis, row, question);
	char text[256], answer[128];

	expect(count <= QUIZ_PER_ROW);
	for (size_t i = 0; i < count; i++) {
		quiz_prompt_short(analysis, &question[i], text, sizeof(text));
		quiz_answer(analysis, &question[i], answer, sizeof(answer));
		if (quiz_check(analysis, &question[i], answer) == QUIZ_RIGHT)
			continue;
		quiz_prompt(analysis, &question[i], text, sizeof(text));
		fprintf(stderr, "%s '%s' is not taken for right\n", text, answer);
		expect(false);
	}
}

static void draw(const struct tcphs_analysis *analysis, const struct input *input)
{
	struct tcphs_ladder_options options = ladder_options(input);
	unsigned width = 40 + input->look;
	struct tcphs_ladder ladder = {0};
	static struct tcphs_spans spans;
	char text[2048];

	expect(tcphs_ladder_build(&ladder, analysis, &options));
	for (size_t i = 0; i < ladder.lines; i++) {
		unsigned columns = 0;

		tcphs_ladder_layout(&ladder, i, width, input->look & 1, &spans);
		for (size_t k = 0; k < spans.count; k++)
			columns += spans.span[k].columns;
		expect(columns <= width);
		tcphs_ladder_explain(&ladder, i, input->look & 1, text,
		                     i % 4 == 3 ? 1u + input->look % 32u : sizeof(text));
	}
	tcphs_connection_verdict(&analysis->connection, text, sizeof(text));
	for (uint32_t row = 0; row < analysis->rows; row++)
		ask(analysis, row);
	render(&ladder, input->look);
	tcphs_ladder_free(&ladder);
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
	struct tcphs_analysis analysis = {0};
	size_t count = tcphs_tracker_count(reading->tracker);

	check_counters(reading);
	for (size_t i = 0; i < count; i++) {
		expect(tcphs_tracker_analyse(reading->tracker, i, &analysis));
		check_analysis(reading->tracker, &analysis);
		if (is_drawn(i, count, input))
			draw(&analysis, input);
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
