/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/run.h"

#include "base/text.h"
#include "cli/command.h"
#include "cli/copy.h"
#include "cli/message.h"
#include "cli/notes.h"
#include "cli/sandbox.h"

#include <inttypes.h>
#include <sys/stat.h>

#define PARTS_OF_SELECTION 4u /* of --max-memory */

void run_code(struct run *run, int code)
{
	if (code > run->code)
		run->code = code;
}

void run_say(struct run *run, const struct tcphs_error *error)
{
	if (error->status == TCPHS_OK)
		return;
	progress_end(&run->progress);
	message("%s", error->text);
	run_code(run, error->status == TCPHS_DAMAGED ? EXIT_DAMAGED : EXIT_USAGE);
}

bool run_selects(const struct run *run, const struct tcphs_analysis *analysis)
{
	struct tcphs_query_subject subject = {analysis, NULL};

	if (run->query == NULL)
		return true;
	subject.encapsulation = tcphs_decoder_encapsulation(tcphs_session_decoder(run->session),
	                                                    analysis->connection.encap);
	return tcphs_query_matches(run->query, &subject);
}

void run_no_memory(struct run *run)
{
	message("memory is exhausted; limit it with --max-memory or -Y");
	run_code(run, EXIT_USAGE);
	run->stopped = true;
}

void run_put(struct run *run, struct text *text)
{
	if (text->failed)
		run_no_memory(run);
	else if (text->length > 0)
		stream_add(run->output.stream, text->data, text->length);
	text_clear(text);
}

static bool needs_rows(const struct run *run)
{
	return run->hooks->rows || (run->query != NULL && tcphs_query_needs_rows(run->query));
}

bool run_again(struct run *run, size_t index)
{
	struct tcphs_tracker *tracker = tcphs_session_tracker(run->session);

	run->index = index;
	if (!needs_rows(run))
		run->analysis = tcphs_tracker_summary(tracker, index);
	else
		run->analysis = tcphs_tracker_analyse(tracker, index, &run->own) ? &run->own : NULL;
	if (run->analysis != NULL)
		return true;
	run_no_memory(run);
	return false;
}

bool run_has_room(struct run *run)
{
	bool room = output_has_room(&run->output);

	run->unshown += !room;
	return room;
}

static void on_final(void *context, struct tcphs_tracker *tracker, size_t index)
{
	struct run *run = context;
	bool selected;

	(void)tracker;
	if (tcphs_session_is_over(run->session))
		output_wait(&run->output);
	if (run->stopped || !run_again(run, index))
		return;
	selected = run_selects(run, run->analysis);
	if ((run->writer != NULL || (run->hooks->select && selected)) &&
	    !selection_add(&run->selection, &run->analysis->connection, selected))
		run_no_memory(run);
	if (!selected || run->stopped)
		return;
	run->selected++;
	if (!run->hooks->connection(run->hooks->context, run, run->analysis) ||
	    !output_works(&run->output))
		run->stopped = true;
}

static bool on_summary(void *context, const struct tcphs_analysis *summary)
{
	struct run_part *part = context;

	part->failed |= summary == NULL;
	if (summary != NULL)
		part->hooks->count(part->part, summary);
	return summary != NULL;
}

/* Who only counts needs no order, and no more than the summary: two threads count. */
static void count_apart(struct run *run, struct tcphs_tracker_options *tracker)
{
	if (run->hooks->count == NULL || run->query != NULL || run_writes_selection(run->options))
		return;
	tracker->on_summary = on_summary;
	for (int i = 0; i < 2; i++) {
		run->part[i] = (struct run_part){.hooks = run->hooks, .part = run->hooks->part[i]};
		tracker->summary_context[i] = &run->part[i];
	}
}

static const char *encapsulation_of(void *context, uint32_t id)
{
	return tcphs_decoder_encapsulation(tcphs_session_decoder(context), id);
}

/* Is `path` one of the captures? To write there would destroy it. */
static bool is_read(const struct options *options, const char *path)
{
	struct stat target, info;

	if (stat(path, &target) != 0 || !S_ISREG(target.st_mode))
		return false;
	for (size_t i = 0; i < options->argument_count; i++)
		if (stat(options->arguments[i], &info) == 0 && info.st_dev == target.st_dev &&
		    info.st_ino == target.st_ino)
			return true;
	return false;
}

static bool open_writer(struct run *run, struct tcphs_error *error)
{
	const char *path = run->options->write_path;

	if (!run_writes_selection(run->options))
		return true;
	if (is_read(run->options, path)) {
		tcphs_error_set(
		    error, TCPHS_USAGE,
		    "the -w file is read and can't be written at the same time: give another name");
		return false;
	}
	run->writer = tcphs_writer_open(path, error);
	return run->writer != NULL;
}

/* The captures are open, and nothing of them was looked at: what will be written is opened
 * too, and then rights are given up. The output comes second: a capture that can't be opened
 * must not cost a file. */
static bool on_opened(void *context, struct tcphs_error *error)
{
	struct run *run = context;
	struct sandbox_plan plan = sandbox_plan(run->options);

	return output_open(&run->output, run->options, error) && open_writer(run, error) &&
	       (run->options->no_sandbox || sandbox_enter(&plan, error));
}

/* The selected connections are remembered until all are read, however many have left by then. */
static unsigned beside_tracker(struct run *run)
{
	unsigned parts = run->hooks->beside;

	if (run_writes_selection(run->options) || run->hooks->select) {
		parts += PARTS_OF_SELECTION;
		run->selection.most =
		    (size_t)(run_memory_part(run->options, PARTS_OF_SELECTION) / SELECTION_OCTETS);
	}
	return parts;
}

bool run_open(struct run *run, const struct options *options, const struct run_hooks *hooks)
{
	struct tcphs_session_options session_options = run_session_options(options);
	struct tcphs_error error = {0};
	bool help = false;

	*run = (struct run){.options = options, .hooks = hooks, .output = {.fd = -1}};
	if (!run_query(options, &run->query, &help)) {
		run->code = help ? EXIT_DONE : EXIT_USAGE;
		return false;
	}
	session_options.tracker.keep_all = hooks->keep_all;
	if (!run_writes_selection(options)) /* only the view reads again */
		session_options.source.spool = 0;
	/* A pipe may never end: what settles in it is shown, and forgotten. */
	session_options.tracker.live |= hooks->streams && run_of_pipe(options);
	if (session_options.tracker.live && options->max_memory == 0)
		session_options.tracker.max_memory = ENDLESS_MEMORY;
	session_options.tracker.max_memory -=
	    session_options.tracker.max_memory / PARTS_OF_MEMORY * beside_tracker(run);
	session_options.tracker.prepare = session_options.read_ahead && !needs_rows(run);
	if (session_options.read_ahead)
		count_apart(run, &session_options.tracker);
	session_options.tracker.on_final = on_final;
	session_options.tracker.context = run;
	session_options.source.opened = on_opened;
	session_options.source.opened_context = run;
	run->session = run_session_open(options, &session_options, &error);
	if (error.status != TCPHS_OK)
		run_say(run, &error);
	if (run->session == NULL)
		return false;
	if (options->interface != NULL && !output_go_behind(&run->output))
		run_no_memory(run);
	run->live = session_options.tracker.live;
	run->record = (struct record_context){
	    .out = run->output.stream,
	    .source = tcphs_session_source(run->session),
	    .pairs = options->argument_count > 1,
	    .live = run->live,
	    .encapsulation = encapsulation_of,
	    .context = run->session,
	};
	return true;
}

void run_say_left_out(const struct run *run, const char *what)
{
	uint64_t more = run->selection.left_out;

	if (more > 0)
		message("%" PRIu64 " more connection%s selected than --max-memory lets be "
		        "remembered: %s; give it more, or select fewer",
		        more, more == 1 ? " was" : "s were", what);
}

static void write_selection(struct run *run)
{
	struct tcphs_error error = {0};
	enum tcphs_status status =
	    selection_write(&run->selection, run->session, run->writer, &error);

	tcphs_writer_close(run->writer, status == TCPHS_OK ? &error : NULL);
	run->writer = NULL;
	run_say(run, &error);
	run_say_left_out(run, "their packets were not written");
}

int run_close(struct run *run)
{
	if (run->session != NULL)
		run_code(run, copy_wait(tcphs_session_source(run->session), run->options));
	run_code(run, output_close(&run->output, run->code != EXIT_DONE));
	tcphs_analysis_free(&run->own);
	tcphs_query_free(run->query);
	selection_free(&run->selection);
	tcphs_writer_close(run->writer, NULL);
	tcphs_session_close(run->session);
	run->session = NULL;
	run->query = NULL;
	return run->code;
}

int run_all(const struct options *options, const struct run_hooks *hooks,
            void (*before)(void *context, struct run *run),
            void (*after)(void *context, struct run *run))
{
	struct run run;

	if (run_open(&run, options, hooks)) {
		if (before != NULL)
			before(hooks->context, &run);
		run_read(&run);
		if (after != NULL)
			after(hooks->context, &run);
		stream_flush(run.output.stream);
		notes_print(&run);
		if (run.writer != NULL)
			write_selection(&run);
	}
	return run_close(&run);
}

struct record_counts run_counts(struct run *run)
{
	struct tcphs_tracker_counts tracker =
	    tcphs_tracker_counts(tcphs_session_tracker(run->session));
	struct tcphs_decoder *decoder = tcphs_session_decoder(run->session);
	struct record_counts counts = {
	    .packets = tcphs_session_packets(run->session),
	    .segments = tracker.segments,
	    .copies = tracker.copies,
	    .remarks = tracker.remarks,
	    .remarks_lost = tracker.remarks_lost,
	    .evicted = tracker.evicted,
	    .dropped = tcphs_source_dropped(tcphs_session_source(run->session)),
	};

	for (int i = 0; i < TCPHS_SKIP_COUNT; i++)
		counts.skipped[i] = tcphs_decoder_skipped(decoder, (enum tcphs_skip)i);
	return counts;
}
