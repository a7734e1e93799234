/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs worksheet: ladders with blanks to fill in, or with the answers. */
#include "cli/command.h"
#include "cli/message.h"
#include "cli/run.h"

#include "base/wrap.h"
#include "render/pages.h"
#include "teach/sheet.h"

#include <string.h>

enum { LADDERS_MAX = 200 }; /* more is no worksheet */

struct worksheet {
	const struct options *options;
	struct sheet sheet;
	struct tcphs_ladder ladder;
	struct tcphs_redaction *redaction;
	struct tcphs_sink sink;
	struct pages *pages; /* of a pdf */
	uint64_t left_out;
};

static bool write_to_stream(void *context, const char *octets, size_t count)
{
	struct stream *stream = context;

	stream_add(stream, octets, count);
	return !stream->failed;
}

static bool put_page(void *context, const char *svg, size_t length)
{
	struct worksheet *worksheet = context;
	struct tcphs_error error = {0};

	if (worksheet->pages == NULL)
		return false;
	if (pages_add(worksheet->pages, svg, length, &error))
		return true;
	message("%s", error.text);
	return false;
}

/* False after an error, which it has said. */
static bool begin_pdf(struct worksheet *worksheet, struct run *run, const char *title)
{
	struct tcphs_error error = {0};

	worksheet->sink = (struct tcphs_sink){write_to_stream, run->output.stream};
	worksheet->sheet.paper.put = put_page;
	worksheet->sheet.paper.context = worksheet;
	worksheet->pages = pages_open(title, &worksheet->sink, &error);
	if (worksheet->pages == NULL) {
		message("%s", error.text);
		run_code(run, EXIT_USAGE);
		run->stopped = true;
	}
	return worksheet->pages != NULL;
}

static void end_pdf(struct worksheet *worksheet, struct run *run)
{
	struct tcphs_error error = {0};

	if (worksheet->sheet.paper.failed)
		run_code(run, EXIT_USAGE);
	if (worksheet->pages != NULL && !pages_close(worksheet->pages, &error) &&
	    output_works(&run->output)) {
		message("%s", error.text);
		run_code(run, EXIT_USAGE);
	}
	worksheet->pages = NULL;
}

static void put(struct worksheet *worksheet, struct run *run)
{
	struct text *text = &worksheet->sheet.out;

	if (worksheet->options->ascii && worksheet->sheet.format == SHEET_TEXT)
		wrap_to_ascii(text, 0);
	run_put(run, text);
}

/* Whose sheet it is, but not in which folder its author keeps it. */
static const char *title_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL && slash[1] != '\0' ? slash + 1 : path;
}

static void before(void *context, struct run *run)
{
	struct worksheet *worksheet = context;
	const char *title = title_of(tcphs_source_name(run->record.source));

	if (worksheet->sheet.format == SHEET_PAPER && !begin_pdf(worksheet, run, title))
		return;
	sheet_begin(&worksheet->sheet, title);
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
	     !tcphs_redaction_apply(worksheet->redaction, run->analysis)) ||
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

	if (worksheet->sheet.format != SHEET_PAPER || worksheet->pages != NULL)
		sheet_end(&worksheet->sheet);
	put(worksheet, run);
	if (worksheet->sheet.format == SHEET_PAPER)
		end_pdf(worksheet, run);
	if (run->stopped)
		return;
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
		        : ends_in(options->output, ".pdf") ? "pdf"
		                                           : "text";
	if (named == NULL || strcmp(named, "text") == 0 || strcmp(named, "ascii") == 0)
		return true;
	*format = strcmp(named, "pdf") == 0 ? SHEET_PAPER : SHEET_HTML;
	if (*format == SHEET_PAPER || strcmp(named, "html") == 0)
		return true;
	message("worksheets are written as text, html or pdf");
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
	paper_free(&worksheet.sheet.paper);
	return code;
}
