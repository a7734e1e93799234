/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs worksheet: ladders with blanks to fill in, or with the answers. */
#include "cli/command.h"
#include "cli/message.h"
#include "cli/run.h"

#include "base/wrap.h"
#include "teach/sheet.h"

#include <string.h>

enum { LADDERS_MAX = 200 }; /* more is no worksheet */

struct worksheet {
	const struct options *options;
	struct sheet sheet;
	struct tcphs_ladder ladder;
	struct tcphs_redaction *redaction;
	uint64_t left_out;
};

static void put(struct worksheet *worksheet, struct run *run)
{
	struct text *text = &worksheet->sheet.out;

	if (worksheet->options->ascii && worksheet->sheet.format == SHEET_TEXT)
		wrap_to_ascii(text, 0);
	if (text->failed)
		run_no_memory(run);
	else if (text->length > 0)
		stream_add(run->output.stream, text->data, text->length);
	text_clear(text);
}

static void before(void *context, struct run *run)
{
	struct worksheet *worksheet = context;

	sheet_begin(&worksheet->sheet, tcphs_source_name(run->record.source));
	put(worksheet, run);
}

static bool on_connection(void *context, struct run *run, const struct tcphs_analysis *analysis)
{
	struct worksheet *worksheet = context;
	const struct tcphs_ladder_options options = {
	    .raw = worksheet->options->absolute,
	    .no_fold = worksheet->options->no_fold,
	    .numeric = worksheet->options->numeric,
	    .packet_name = run->record.pairs ? tcphs_source_packet_name : NULL,
	    .packet_context = run->record.source,
	};

	if (worksheet->sheet.ladders == LADDERS_MAX) {
		worksheet->left_out++;
		return true;
	}
	if ((worksheet->redaction != NULL &&
	     !tcphs_redaction_apply(worksheet->redaction, &run->analysis.connection)) ||
	    !tcphs_ladder_build(&worksheet->ladder, analysis, &options)) {
		run_no_memory(run);
		return false;
	}
	sheet_ladder(&worksheet->sheet, &worksheet->ladder);
	put(worksheet, run);
	return true;
}

static void after(void *context, struct run *run)
{
	struct worksheet *worksheet = context;

	sheet_end(&worksheet->sheet);
	put(worksheet, run);
	if (worksheet->left_out > 0)
		message("%llu more connections are left out; choose some with -Y",
		        (unsigned long long)worksheet->left_out);
	else if (worksheet->sheet.ladders == 0)
		message("there is no connection to put on a sheet");
}

static bool ends_in(const char *path, const char *ending)
{
	const size_t length = strlen(path), count = strlen(ending);

	return length >= count && strcmp(path + length - count, ending) == 0;
}

/* By --format, else by the ending of -o's FILE, else text. */
static bool find_format(const struct options *options, enum sheet_format *format)
{
	const char *named = options->format;

	*format = SHEET_TEXT;
	if (named == NULL && options->output != NULL)
		named = ends_in(options->output, ".html") || ends_in(options->output, ".htm")
		            ? "html"
		            : "text";
	if (named == NULL || strcmp(named, "text") == 0 || strcmp(named, "ascii") == 0)
		return true;
	*format = SHEET_HTML;
	if (strcmp(named, "html") == 0)
		return true;
	message("worksheets are written as text or html");
	return false;
}

int cmd_worksheet(const struct options *options)
{
	struct worksheet worksheet = {.options = options, .sheet = {.key = options->key}};
	const struct run_hooks hooks = {
	    .rows = true, .connection = on_connection, .context = &worksheet};
	int code = EXIT_USAGE;

	if (!find_format(options, &worksheet.sheet.format))
		return EXIT_USAGE;
	if (options->redact)
		worksheet.redaction = tcphs_redaction_new();
	if (options->redact && worksheet.redaction == NULL)
		message("memory is exhausted");
	else
		code = run_all(options, &hooks, before, after);
	tcphs_ladder_free(&worksheet.ladder);
	tcphs_redaction_free(worksheet.redaction);
	text_free(&worksheet.sheet.out);
	return code;
}
