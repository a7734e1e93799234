/* SPDX-License-Identifier: BSD-3-Clause */
#include "shown.h"

#include "fuzz.h"

#include "teach/explain.h"
#include "teach/quiz.h"

#include <tcphs/diagnosis.h>
#include <tcphs/render.h>

static bool swallow(void *context, const char *octets, size_t count)
{
	size_t *total = context;

	for (size_t i = 0; i < count; i++) /* no raw control reaches a terminal or a page */
		expect(octets[i] == '\n' || octets[i] == '\r' || (unsigned char)octets[i] >= ' ');
	*total += count;
	return true;
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

void show(const struct tcphs_analysis *analysis, const struct tcphs_ladder_options *options,
          uint8_t look)
{
	unsigned width = 40 + look;
	struct tcphs_ladder ladder = {0};
	static struct tcphs_spans spans;
	char text[2048];

	expect(tcphs_ladder_build(&ladder, analysis, options));
	for (size_t i = 0; i < ladder.lines; i++) {
		unsigned columns = 0;

		tcphs_ladder_layout(&ladder, i, width, look & 1, &spans);
		for (size_t k = 0; k < spans.count; k++)
			columns += spans.span[k].columns;
		expect(columns <= width);
		tcphs_ladder_explain(&ladder, i, look & 1, text,
		                     i % 4 == 3 ? 1u + look % 32u : sizeof(text));
	}
	tcphs_connection_verdict(&analysis->connection, text, sizeof(text));
	for (uint32_t row = 0; row < analysis->rows; row++)
		ask(analysis, row);
	render(&ladder, look);
	tcphs_ladder_free(&ladder);
}
