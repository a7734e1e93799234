/* SPDX-License-Identifier: BSD-3-Clause */
#include "ladder_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <tcphs/render.h>

#include "base/text.h"
#include "render/html_page.h"
#include "sha256.h"

/* fontconfig keeps its tables until the process ends. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\nleak:libpango\n";
}

static bool collect(void *context, const char *octets, size_t count)
{
	text_add_octets(context, octets, count);
	return true;
}

static bool refuse(void *context, const char *octets, size_t count)
{
	(void)context;
	(void)octets;
	(void)count;
	return false;
}

static const char hostile[] = "a<b>&\"'\033[31m;#%`{}\n=cmd|x.pcap";

static const char *hostile_path(void *context, uint32_t id)
{
	(void)context;
	(void)id;
	return "eth.<script>\033[2J";
}

static void (*const fixtures[])(struct tcphs_analysis *) = {fixture_textbook, fixture_wrong_ack,
                                                            fixture_troubled};

static bool draw(const struct tcphs_format *format, const struct tcphs_render_options *options,
                 const struct tcphs_sink *sink, struct tcphs_error *error)
{
	void *state = NULL;
	bool done = format->begin(&state, options, sink, error);

	for (size_t i = 0; done && i < sizeof(fixtures) / sizeof(fixtures[0]); i++) {
		struct tcphs_analysis analysis;
		struct tcphs_ladder ladder = {0};

		fixtures[i](&analysis);
		analysis.connection.id = i + 1;
		assert_true(tcphs_ladder_build(&ladder, &analysis, NULL));
		done = format->ladder(state, &ladder, error);
		tcphs_ladder_free(&ladder);
		fixture_free(&analysis);
	}
	return format->end(state, done ? error : NULL) && done;
}

static struct text drawn(const char *name, bool color)
{
	struct text text = {0};
	struct tcphs_sink sink = {collect, &text};
	struct tcphs_render_options options = {
	    .title = hostile, .encapsulation = hostile_path, .width = 80, .color = color};
	struct tcphs_error error = {0};
	const struct tcphs_format *format = tcphs_format_named(name);

	assert_non_null(format);
	if (!draw(format, &options, &sink, &error))
		fail_msg("%s: %s", name, error.text);
	assert_true(text.length > 0);
	return text;
}

/* No text that strangers wrote reaches a document unescaped. */
static void test_hostile_names(void **state)
{
	(void)state;
	for (size_t i = 0; tcphs_format_at(i) != NULL; i++) {
		const struct tcphs_format *format = tcphs_format_at(i);
		struct text text;

		if (format->binary)
			continue;
		text = drawn(format->name, false);
		assert_null(memchr(text.data, '\033', text.length));
		assert_null(strstr(text.data, "a<b>&\""));
		if (strcmp(format->name, "svg") == 0 || strcmp(format->name, "html") == 0) {
			assert_null(strstr(text.data, "eth.<script>"));
			assert_non_null(strstr(text.data, "a&lt;b&gt;&amp;&quot;&#39;\\x1b[31m"));
		}
		text_free(&text);
	}
}

static void test_color_is_only_where_asked(void **state)
{
	struct text with, without;

	(void)state;
	with = drawn("text", true);
	without = drawn("text", false);
	assert_non_null(strstr(with.data, "\033[1m"));
	assert_true(with.length > without.length);
	text_free(&with);
	text_free(&without);
}

static void test_ascii_is_ascii(void **state)
{
	struct text text;

	(void)state;
	text = drawn("ascii", false);
	for (size_t i = 0; i < text.length; i++)
		assert_true(text.data[i] == '\n' || (text.data[i] >= 0x20 && text.data[i] < 0x7f));
	text_free(&text);
}

/* Elements open and close in pairs, in the right order, as an XML parser wants them. */
static void test_svg_is_well_formed(void **state)
{
	struct text text;
	const char *stack[16];
	size_t length[16], depth = 0;

	(void)state;
	text = drawn("svg", false);
	for (const char *at = strchr(text.data, '<'); at != NULL; at = strchr(at + 1, '<')) {
		const char *end = strchr(at, '>');
		size_t name = strcspn(at + 1, " />\n");

		assert_non_null(end);
		assert_true(memchr(at + 1, '<', (size_t)(end - at) - 1) == NULL);
		if (at[1] == '?' || end[-1] == '/')
			continue;
		if (at[1] != '/') {
			assert_true(depth < 16);
			stack[depth] = at + 1;
			length[depth++] = name;
			continue;
		}
		assert_true(depth > 0);
		depth--;
		assert_int_equal(strcspn(at + 2, ">"), length[depth]);
		assert_memory_equal(at + 2, stack[depth], length[depth]);
	}
	assert_int_equal(depth, 0);
	assert_null(strstr(text.data, "nan"));
	text_free(&text);
}

/* The page's policy admits its own script and no other. */
static void test_script_has_its_hash(void **state)
{
	char hash[64];
	struct text text;

	(void)state;
	sha256_base64(html_script, strlen(html_script), hash, sizeof(hash));
	assert_string_equal(hash, html_script_hash + strlen("sha256-"));
	text = drawn("html", false);
	assert_non_null(strstr(text.data, hash));
	assert_null(strstr(text.data, "http://"));
	assert_null(strstr(text.data, "https://"));
	text_free(&text);
}

static void test_sequence_diagrams(void **state)
{
	struct text text;

	(void)state;
	text = drawn("mermaid", false);
	assert_memory_equal(text.data, "sequenceDiagram\n", 16);
	assert_non_null(strstr(text.data, "    S->>C: SYN-ACK seq 0 ack 1 ✓\n"));
	assert_non_null(strstr(text.data, "    C-xS: seq 1 100 B (lost)\n"));
	text_free(&text);
	text = drawn("plantuml", false);
	assert_non_null(strstr(text.data, "title <U+0023>2  10.77.0.1"));
	assert_non_null(strstr(text.data, "S -> C : SYN-ACK seq 0 ack 7 ✗\n"));
	text_free(&text);
}

static void test_refusing_sink_is_an_error(void **state)
{
	struct tcphs_sink sink = {refuse, NULL};
	struct tcphs_render_options options = {0};

	(void)state;
	for (size_t i = 0; tcphs_format_at(i) != NULL; i++) {
		struct tcphs_error error = {0};

		assert_false(draw(tcphs_format_at(i), &options, &sink, &error));
		if (error.text[0] == '\0')
			fail_msg("%s says nothing", tcphs_format_at(i)->name);
	}
}

static void test_names_and_endings(void **state)
{
	(void)state;
	assert_ptr_equal(tcphs_format_for_path("a/b.svg"), tcphs_format_named("svg"));
	assert_ptr_equal(tcphs_format_for_path("X.PUML"), tcphs_format_named("plantuml"));
	assert_null(tcphs_format_for_path("svg"));
	assert_null(tcphs_format_for_path(".svg"));
	assert_null(tcphs_format_named("gif"));
}

/* ---- pictures of ISNs ---------------------------------------------------------------------- */

static char *draw_host(const struct tcphs_isn_point *point, size_t count, const char *note)
{
	const struct tcphs_format *svg = tcphs_format_named("svg");
	const struct tcphs_render_options options = {.title = hostile, .note = note, .hosts = true};
	struct text text = {0};
	const struct tcphs_sink sink = {.write = collect, .context = &text};
	const struct tcphs_isn_report report = {
	    .host = {.family = 4, .octets = {192, 0, 2, 1}},
	    .samples = (uint32_t)count,
	    .verdict = TCPHS_ISN_STEP,
	    .codes = 1u << (TCPHS_D_ISN_STEP_64K - TCPHS_D_ISN_ZERO),
	    .step_low = 64000,
	    .step_high = 64000,
	    .chance = 0.5,
	};
	struct tcphs_error error = {0};
	void *state = NULL;

	assert_true(svg->begin(&state, &options, &sink, &error));
	if (count > 0)
		assert_true(svg->host(state, &report, point, count, &error));
	assert_true(svg->end(state, &error));
	assert_false(text.failed);
	return text.data;
}

/* Left: from 72 to 644, with a margin of 8; right: from 700 to 1020; both 320 high. */
static void test_isn_picture_has_its_dots(void **state)
{
	static const struct tcphs_isn_point point[] = {
	    {0, 0}, {10, UINT32_C(0x80000000)}, {20, 0}, {20, 0}};
	char *svg = draw_host(point, 4, NULL);
	double top = 0;
	char want[96];
	const char *at;

	(void)state;
	/* The frame's top, from the first rectangle of the class. */
	at = strstr(svg, "<rect class=\"head\" x=\"72.0\" y=\"");
	assert_non_null(at);
	assert_int_equal(sscanf(at, "<rect class=\"head\" x=\"72.0\" y=\"%lf", &top), 1);
	/* 0 at the lower left, 2^31 in the middle, and the last two are one dot. */
	snprintf(want, sizeof(want), "d=\"M80.0 %.1fh0M358.0 %.1fh0M636.0 %.1fh0\"", top + 312,
	         top + 160, top + 312);
	assert_non_null(strstr(svg, want));
	/* Differences 2^31, 2^31, 0: the dots (2^31, 2^31) and (2^31, 0). */
	snprintf(want, sizeof(want), "d=\"M860.0 %.1fh0M860.0 %.1fh0\"", top + 160, top + 312);
	assert_non_null(strstr(svg, want));
	assert_non_null(strstr(svg, ">! step: each number is 64000 above"));
	assert_non_null(strstr(svg, ">warning isn-step-64k<"));
	assert_non_null(strstr(svg, "Initial sequence numbers: a&lt;b&gt;"));
	free(svg);
}

static void test_isn_picture_of_nobody(void **state)
{
	char *svg = draw_host(NULL, 0, "nobody <here>");

	(void)state;
	assert_non_null(strstr(svg, "nobody &lt;here&gt;"));
	assert_null(strstr(svg, "<path"));
	free(svg);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_hostile_names),
	    cmocka_unit_test(test_color_is_only_where_asked),
	    cmocka_unit_test(test_ascii_is_ascii),
	    cmocka_unit_test(test_svg_is_well_formed),
	    cmocka_unit_test(test_script_has_its_hash),
	    cmocka_unit_test(test_sequence_diagrams),
	    cmocka_unit_test(test_refusing_sink_is_an_error),
	    cmocka_unit_test(test_names_and_endings),
	    cmocka_unit_test(test_isn_picture_has_its_dots),
	    cmocka_unit_test(test_isn_picture_of_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
