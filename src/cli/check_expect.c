/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/check_expect.h"

#include "cli/command.h"
#include "cli/message.h"
#include "cli/run.h"
#include "cli/sandbox.h"

#include "base/escape.h"
#include "base/file.h"
#include "teach/expect.h"

#include <stdlib.h>
#include <string.h>

#define FILE_MOST (1u << 20)

struct grading {
	const struct options *options;
	struct expect *expect;
	struct output output;
	struct text line;
	bool subtests; /* several captures */
	int code;
};

static bool on_connection(void *context, struct run *run, const struct tcphs_analysis *analysis)
{
	struct grading *grading = context;
	const struct tcphs_query_subject subject = {
	    .analysis = analysis,
	    .encapsulation = tcphs_decoder_encapsulation(tcphs_session_decoder(run->session),
	                                                 analysis->connection.encap),
	};

	expect_see(grading->expect, &subject);
	return true;
}

static void put_line(struct grading *grading)
{
	text_add(&grading->line, "\n");
	if (!grading->line.failed)
		stream_add(grading->output.stream, grading->line.data, grading->line.length);
	text_clear(&grading->line);
}

static size_t count_right(const struct expect *expect)
{
	size_t right = 0;

	for (size_t i = 0; i < expect->count; i++)
		right += expect_holds(&expect->item[i]);
	return right;
}

/* '#' would begin a directive of TAP. */
static void add_description(struct text *line, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '#')
			text_add(line, "\\");
		text_add_octets(line, text, 1);
	}
}

static void put_verdicts(struct grading *grading, const char *indent)
{
	const struct expect *expect = grading->expect;
	char reason[160];

	text_addf(&grading->line, "%s1..%zu", indent, expect->count);
	put_line(grading);
	for (size_t i = 0; i < expect->count; i++) {
		const struct expectation *item = &expect->item[i];

		text_addf(&grading->line, "%s%sok %zu - ", indent, expect_holds(item) ? "" : "not ",
		          i + 1);
		add_description(&grading->line, item->text);
		put_line(grading);
		expect_reason(item, reason, sizeof(reason));
		text_addf(&grading->line, "%s# %s", indent, reason);
		put_line(grading);
	}
}

static void put_tap(struct grading *grading, size_t number, const char *name, bool readable)
{
	const bool right = readable && count_right(grading->expect) == grading->expect->count;

	if (!grading->subtests) {
		if (readable)
			put_verdicts(grading, "");
		return;
	}
	if (readable) {
		text_add(&grading->line, "# Subtest: ");
		text_add(&grading->line, name);
		put_line(grading);
		put_verdicts(grading, "    ");
	}
	text_addf(&grading->line, "%sok %zu - ", right ? "" : "not ", number);
	add_description(&grading->line, name);
	put_line(grading);
}

static void add_csv(struct text *line, const char *value)
{
	text_add(line, "\"");
	for (; *value != '\0'; value++) {
		if (*value == '"')
			text_add(line, "\"");
		text_add_octets(line, value, 1);
	}
	text_add(line, "\"");
}

/* Students name their captures: one called =HYPERLINK(...) would be a formula in a spreadsheet, but
 * not behind "./", and that is the same file. A dash alone is standard input. */
static void add_csv_path(struct text *line, const char *path)
{
	bool formula = path[0] != '\0' && strchr("=+-@", path[0]) != NULL;
	struct text safe = {0};

	text_addf(&safe, "%s%s", formula && strcmp(path, "-") != 0 ? "./" : "", path);
	if (safe.failed)
		line->failed = true;
	else
		add_csv(line, safe.data);
	text_free(&safe);
}

static void put_csv_head(struct grading *grading)
{
	text_add(&grading->line, "capture,right,of");
	for (size_t i = 0; i < grading->expect->count; i++) {
		text_add(&grading->line, ",");
		add_csv(&grading->line, grading->expect->item[i].text);
	}
	put_line(grading);
}

/* 1 and 0; nothing for a capture that can't be read. */
static void put_csv(struct grading *grading, const char *name, bool readable)
{
	const struct expect *expect = grading->expect;

	add_csv_path(&grading->line, name);
	if (readable)
		text_addf(&grading->line, ",%zu,%zu", count_right(expect), expect->count);
	else
		text_addf(&grading->line, ",,%zu", expect->count);
	for (size_t i = 0; i < expect->count; i++)
		text_add(&grading->line, !readable                        ? ","
		                         : expect_holds(&expect->item[i]) ? ",1"
		                                                          : ",0");
	put_line(grading);
}

/* Reads what `options` names and grades it; `number` counts from 1. */
static void grade(struct grading *grading, const struct options *options, size_t number)
{
	const struct run_hooks hooks = {.rows = expect_needs_rows(grading->expect),
	                                .connection = on_connection,
	                                .context = grading};
	const char *path = options->argument_count > 0 ? options->arguments[0] : "-";
	struct run run;
	char *name;
	bool readable;
	int code;

	if (options->interface != NULL)
		path = options->interface;
	name = escape_copy(path, strlen(path));
	if (name == NULL) {
		grading->line.failed = true;
		return;
	}
	expect_start(grading->expect);
	readable = run_open(&run, options, &hooks);
	if (readable)
		run_read(&run);
	code = run_close(&run);
	if (code > grading->code)
		grading->code = code;
	if (grading->options->csv)
		put_csv(grading, name, readable);
	else
		put_tap(grading, number, name, readable);
	if (readable && count_right(grading->expect) < grading->expect->count &&
	    grading->code < EXIT_FOUND)
		grading->code = EXIT_FOUND;
	free(name);
}

static void grade_all(struct grading *grading)
{
	struct options one = *grading->options;
	const size_t captures = one.argument_count;

	one.output = NULL;
	one.csv = false;
	one.no_sandbox = one.no_sandbox || one.interface == NULL; /* it is inside already */
	grading->subtests = captures > 1;
	if (grading->options->csv) {
		put_csv_head(grading);
	} else {
		/* Of 14 only the subtests are used, which 13 ignores: prove(1) knows no 14. */
		text_add(&grading->line, "TAP version 13");
		put_line(grading);
		if (grading->subtests) {
			text_addf(&grading->line, "1..%zu", captures);
			put_line(grading);
		}
	}
	if (captures <= 1)
		grade(grading, &one, 1);
	for (size_t i = 0; captures > 1 && i < captures && output_works(&grading->output); i++) {
		one.arguments = &grading->options->arguments[i];
		one.argument_count = 1;
		grade(grading, &one, i + 1);
	}
	if (grading->line.failed)
		message("memory is exhausted");
}

/* Captures are opened one after the other, so that the sandbox comes before the first. An
 * interface has to be open by then. */
static bool enter_sandbox(const struct options *options, struct tcphs_error *error)
{
	struct sandbox_plan plan = sandbox_plan(options);

	plan.needs |= NEED_CAPTURES;
	return options->no_sandbox || options->interface != NULL || sandbox_enter(&plan, error);
}

static struct expect *read_expectations(const char *path, struct tcphs_error *error)
{
	struct expect *expect = NULL;
	struct text text = {0};
	char name[256];

	escape_into(name, sizeof(name), path);
	if (file_read(path, FILE_MOST, &text, error))
		expect = expect_compile(text.data, text.length, name, error);
	text_free(&text);
	return expect;
}

int check_expect(const struct options *options)
{
	struct grading grading = {.options = options, .code = EXIT_DONE};
	struct tcphs_error error = {0};
	int code;

	if (options->json) {
		message("--expect prints TAP or, with --csv, a table; leave --json out");
		return EXIT_USAGE;
	}
	grading.expect = read_expectations(options->expect, &error);
	if (grading.expect == NULL) {
		message("%s", error.text);
		return EXIT_USAGE;
	}
	if (output_open(&grading.output, options, &error) && enter_sandbox(options, &error)) {
		grade_all(&grading);
	} else {
		message("%s", error.text);
		grading.code = EXIT_USAGE;
	}
	code = output_close(&grading.output, false);
	expect_free(grading.expect);
	text_free(&grading.line);
	return code > grading.code ? code : grading.code;
}
