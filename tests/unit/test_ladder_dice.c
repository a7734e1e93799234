/* SPDX-License-Identifier: BSD-3-Clause */
/* Analyses thrown by dice, as no tracker would make them: nothing may overflow, no line may be
 * wider than asked for, no format may fail. */
#include "ladder_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <tcphs/render.h>

#define ROUNDS 300

static uint64_t dice;

static uint32_t throw(uint32_t sides)
{
	dice = dice * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(dice >> 33) % sides;
}

/* Small, near the ends of the circle, or anything. */
static uint32_t throw_number(void)
{
	switch (throw(4)) {
	case 0:
		return throw(2000);
	case 1:
		return UINT32_MAX - throw(2000);
	default:
		return (uint32_t)(throw(65536) << 16 | throw(65536));
	}
}

static void throw_row(struct tcphs_analysis *analysis)
{
	struct tcphs_row *row =
	    fixture_row(analysis, (int) throw(2), throw(10) == 0 ? 1e9 : throw(100000),
	                (uint16_t)(throw(3) ? throw(0x20) : throw(0x200)), throw_number(),
	                throw_number(), throw(3) ? 0 : throw_number());

	row->role = (uint8_t) throw(TCPHS_ROLE_COUNT);
	row->fate = (uint8_t) throw(TCPHS_FATE_COUNT);
	row->late = throw(4) == 0;
	row->quiet = throw(2) != 0;
	row->is_run = throw(6) == 0;
	row->again = throw(3) ? -1 : (int32_t) throw((uint32_t)analysis->rows + 3);
	for (int side = 0; side < 2; side++) {
		row->state[side] = (uint8_t) throw(TCPHS_STATE_COUNT);
		row->certain[side] = throw(2) != 0;
		row->rule[side] = throw(3) ? NULL : &fixture_rules[throw(11)];
		row->run_packets[side] = throw_number();
		row->run_bytes[side] = (uint64_t)throw_number() << 32;
		row->vars[side].iss_known = throw(2) != 0;
		row->vars[side].irs_known = throw(2) != 0;
	}
}

static void throw_analysis(struct tcphs_analysis *analysis)
{
	struct tcphs_connection *connection = &analysis->connection;
	uint32_t rows = throw(40);

	fixture_begin(analysis);
	connection->id = throw_number();
	connection->open.kind = (uint8_t) throw(TCPHS_OPEN_COUNT);
	connection->close.kind = (uint8_t) throw(TCPHS_CLOSE_COUNT);
	connection->close.initiator = (uint8_t) throw(4);
	connection->open.rtt_to_client = throw(3) ? -1 : (int64_t) throw(1000000);
	connection->open.rtt_to_server = throw(3) ? -1 : (int64_t) throw(1000000);
	connection->rows_dropped = throw(3) ? 0 : UINT64_MAX;
	for (int side = 0; side < 2; side++) {
		struct tcphs_endpoint *end = &connection->end[side];

		end->isn_known = throw(3) != 0;
		end->isn_inferred = throw(3) == 0;
		end->address.family = throw(2) ? 4 : 6;
		for (size_t i = 0; i < 16; i++)
			end->address.octets[i] = (uint8_t) throw(256);
		end->wscale = (int8_t)((int) throw(257) - 128);
	}
	for (uint32_t i = 0; i < rows; i++)
		throw_row(analysis);
	for (size_t i = 0; i < TCPHS_OPEN_PACKETS; i++)
		connection->open.packet[i] = throw(50);
	for (size_t i = 0; i < TCPHS_CLOSE_PACKETS; i++)
		connection->close.packet[i] = throw(50);
	for (uint32_t row = 0; row < rows; row++)
		for (uint32_t n = throw(4); n > 2; n--)
			fixture_diagnosis(analysis, (struct tcphs_diagnosis){
			                                .code = (uint16_t) throw(TCPHS_CODE_COUNT),
			                                .from = (uint8_t) throw(4),
			                                .row = throw(5) ? row : UINT32_MAX,
			                                .numbers = (uint8_t) throw(2),
			                                .expected = throw_number(),
			                                .got = throw_number(),
			                                .detail = {throw_number(), -1}});
}

static void check_layout(const struct tcphs_ladder *ladder, unsigned width, bool ascii)
{
	static char text[4096];

	for (size_t i = SIZE_MAX; i == SIZE_MAX || i < ladder->lines; i++) {
		struct tcphs_spans spans;
		unsigned columns = 0;

		tcphs_ladder_layout(ladder, i, width, ascii, &spans);
		for (size_t k = 0; k < spans.count; k++)
			columns += spans.span[k].columns;
		assert_true(columns <= width);
		if (i == SIZE_MAX)
			continue;
		assert_true(tcphs_ladder_explain(ladder, i, ascii, text, sizeof(text)) > 0);
		assert_null(strstr(text, "..  RFC"));
	}
}

static bool swallow(void *context, const char *octets, size_t count)
{
	*(size_t *)context += count + (octets[0] == '\0');
	return true;
}

static void check_formats(const struct tcphs_ladder *ladder)
{
	static const char *const names[] = {"text", "ascii", "svg", "html", "mermaid", "plantuml"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct tcphs_format *format = tcphs_format_named(names[i]);
		struct tcphs_render_options options = {.width = 40 + throw(261)};
		size_t written = 0;
		struct tcphs_sink sink = {swallow, &written};
		void *state = NULL;

		assert_true(format->begin(&state, &options, &sink, NULL));
		assert_true(format->ladder(state, ladder, NULL));
		assert_true(format->end(state, NULL));
		assert_true(written > 0);
	}
}

static void test_dice(void **state)
{
	(void)state;
	for (dice = 1; dice <= ROUNDS; dice++) {
		uint64_t seed = dice;
		unsigned width = 40 + throw(261);
		struct tcphs_ladder_options options = {.raw = throw(2) != 0,
		                                       .no_fold = throw(2) != 0,
		                                       .gaps = throw(2) != 0,
		                                       .wrap = throw(2) ? width : 0,
		                                       .time = throw(4)};
		struct tcphs_analysis analysis;
		struct tcphs_ladder ladder = {0};

		throw_analysis(&analysis);
		assert_true(tcphs_ladder_build(&ladder, &analysis, &options));
		check_layout(&ladder, width, false);
		check_layout(&ladder, width, true);
		check_formats(&ladder);
		tcphs_ladder_free(&ladder);
		fixture_free(&analysis);
		dice = seed;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_dice)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
