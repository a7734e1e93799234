/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/ladders.h"

#include "cli/command.h"
#include "cli/message.h"

#include "base/bounded.h"
#include "base/escape.h"

#include <string.h>

enum { WIDTH_DEFAULT = 80, WIDTH_MAX = 200 };

bool ladders_any_format(const struct tcphs_format *format)
{
	return format != NULL;
}

static void list_formats(bool (*fits)(const struct tcphs_format *format), char *text, size_t size)
{
	const struct tcphs_format *format;
	struct bounded out = bounded_start(text, size);
	bool first = true;

	for (size_t i = 0; (format = tcphs_format_at(i)) != NULL; i++) {
		if (!fits(format))
			continue;
		bounded_addf(&out, "%s%s", first ? "" : ", ", format->name);
		first = false;
	}
	bounded_end(&out);
}

static bool has_ending(const char *path)
{
	const char *slash = strrchr(path, '/');

	return strchr(slash != NULL ? slash : path, '.') != NULL;
}

const struct tcphs_format *ladders_format(const struct options *options, bool utf8,
                                          bool (*fits)(const struct tcphs_format *format),
                                          struct tcphs_error *error)
{
	const char *name = options->json ? "json" : options->format;
	const struct tcphs_format *format = NULL;
	char all[128], shown[256];

	if (name != NULL)
		format = tcphs_format_named(name);
	else if (options->output != NULL)
		format = tcphs_format_for_path(options->output);
	if (format != NULL && fits(format))
		return format;
	list_formats(fits, all, sizeof(all));
	if (name != NULL) {
		tcphs_error_set(error, TCPHS_USAGE, "there is no format '%.20s'; there are %s",
		                name, all);
	} else if (options->output != NULL && has_ending(options->output)) {
		escape_into(shown, sizeof(shown), options->output);
		tcphs_error_set(error, TCPHS_USAGE,
		                "%s: no format belongs to this ending; there are %s: choose one "
		                "with --format",
		                shown, all);
	} else {
		return tcphs_format_named(utf8 ? "text" : "ascii");
	}
	return NULL;
}

static bool write_to_stream(void *context, const char *octets, size_t count)
{
	struct stream *out = context;

	stream_add(out, octets, count);
	return !out->failed;
}

bool document_failed(struct run *run, const struct tcphs_error *error)
{
	if (output_works(&run->output) && error->status != TCPHS_OK) {
		message("%s", error->text);
		run_code(run, EXIT_USAGE);
	}
	return false;
}

bool document_begin(struct run *run, const struct tcphs_format *format,
                    struct tcphs_render_options *options, struct tcphs_sink *sink, void **state)
{
	struct tcphs_error error = {0};

	*sink = (struct tcphs_sink){.write = write_to_stream, .context = run->output.stream};
	options->width = run->output.width == 0          ? WIDTH_DEFAULT
	                 : run->output.width > WIDTH_MAX ? WIDTH_MAX
	                                                 : run->output.width;
	options->color = run->output.color;
	options->title = tcphs_source_name(run->record.source);
	options->source = run->record.source;
	options->live = run->live;
	options->captures = run->record.pairs ? run->options->argument_count : 1;
	options->encapsulation = run->record.encapsulation;
	options->context = run->record.context;
	if (format->binary && run->output.terminal) {
		message("%s is not for a terminal; name a file with -o", format->name);
		run_code(run, EXIT_USAGE);
		return false;
	}
	return format->begin(state, options, sink, &error) || document_failed(run, &error);
}

static bool set_options(struct ladders *ladders, const struct run *run)
{
	const struct options *options = run->options;

	ladders->options = (struct tcphs_ladder_options){
	    .raw = options->absolute,
	    .no_fold = options->no_fold,
	    .numeric = options->numeric,
	    .time = (enum tcphs_time_mode)options->time,
	};
	ladders->options.packet_context = run->record.source;
	if (run->record.pairs)
		ladders->options.packet_name = tcphs_source_packet_name;
	if (!options->redact) { /* a comment may name an address */
		ladders->options.packet_comment = tcphs_source_comment_on;
		ladders->options.packet_interface = tcphs_source_interface_of;
		return true;
	}
	ladders->redaction = tcphs_redaction_new();
	return ladders->redaction != NULL;
}

bool ladders_begin(struct ladders *ladders, struct run *run, const struct tcphs_format *format)
{
	struct tcphs_render_options options = {0};

	*ladders = (struct ladders){.format = format};
	if (!set_options(ladders, run)) {
		run_no_memory(run);
		return false;
	}
	ladders->begun = document_begin(run, format, &options, &ladders->sink, &ladders->state);
	/* Only the texts have columns; other formats break lines themselves. */
	if (strcmp(format->name, "text") == 0 || strcmp(format->name, "ascii") == 0)
		ladders->options.wrap = options.width;
	return ladders->begun;
}

/* Records are made of the analysis; lines would be built for nothing. */
static bool needs_lines(const struct tcphs_format *format)
{
	return format != &json_format && format != &csv_format;
}

bool ladders_add(struct ladders *ladders, struct run *run, const struct tcphs_analysis *analysis)
{
	struct tcphs_error error = {0};

	/* The run's own analysis: it is made anew for the next connection. */
	if (ladders->redaction != NULL &&
	    !tcphs_redaction_apply(ladders->redaction, run->analysis)) {
		run_no_memory(run);
		return false;
	}
	if (!needs_lines(ladders->format)) {
		ladders->ladder.analysis = analysis;
		ladders->ladder.options = ladders->options;
	} else if (!tcphs_ladder_build(&ladders->ladder, analysis, &ladders->options)) {
		run_no_memory(run);
		return false;
	}
	return ladders->format->ladder(ladders->state, &ladders->ladder, &error) ||
	       document_failed(run, &error);
}

void ladders_end(struct ladders *ladders, struct run *run)
{
	struct tcphs_error error = {0};

	if (ladders->begun && !ladders->format->end(ladders->state, &error))
		document_failed(run, &error);
	tcphs_ladder_free(&ladders->ladder);
	tcphs_redaction_free(ladders->redaction);
	ladders->begun = false;
	ladders->redaction = NULL;
}
