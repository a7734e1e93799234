/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * tcphs show: ladders, as text or in another format.
 *
 * Records list every segment and texts show their options, so every segment is kept as a row.
 * Of a big capture that would be far too much where a few connections are asked for: then they
 * are found first, and the capture is read a second time for them alone.
 */
#include "cli/command.h"
#include "cli/ladders.h"
#include "cli/message.h"
#include "cli/terminal.h"

#include <sys/stat.h>

#define BIG_CAPTURE (INT64_C(64) << 20)

#define PARTS_OF_TRACKED 6u /* of --max-memory: what is read again */

struct show {
	const struct tcphs_format *format;
	struct ladders ladders;
	bool twice; /* found first, then read again */
};

static void before(void *context, struct run *run)
{
	struct show *show = context;

	run->stopped = !ladders_begin(&show->ladders, run, show->format);
}

static bool on_connection(void *context, struct run *run, const struct tcphs_analysis *analysis)
{
	struct show *show = context;

	return show->twice || !run_has_room(run) || ladders_add(&show->ladders, run, analysis);
}

/* The connections of the second tracker that were selected, by the ids of the first one. */
static void show_tracked(struct show *show, struct run *run, const struct tcphs_tracker *tracker)
{
	size_t count = tcphs_tracker_count(tracker);

	for (size_t i = 0; i < count && output_works(&run->output); i++) {
		struct tcphs_connection connection;
		uint64_t id;

		tcphs_tracker_peek(tracker, i, &connection);
		id = selection_id(&run->selection, &connection);
		if (id == 0)
			continue;
		if (!tcphs_tracker_analyse(tracker, i, &run->own)) {
			run_no_memory(run);
			return;
		}
		run->analysis = &run->own;
		run->analysis->connection.id = id;
		if (!ladders_add(&show->ladders, run, run->analysis))
			return;
	}
}

static void show_again(struct show *show, struct run *run)
{
	struct tcphs_tracker_options keep_all = {
	    .keep_all = true, .max_memory = run_memory_part(run->options, PARTS_OF_TRACKED)};
	struct tcphs_tracker *tracker;
	struct tcphs_error error = {0};

	if (run->selected == 0)
		return;
	tracker = tcphs_tracker_new(&keep_all);
	if (tracker == NULL) {
		run_no_memory(run);
	} else if (selection_track(&run->selection, run->session, tracker, &error) != TCPHS_OK) {
		message("%s", error.text);
		run_code(run, EXIT_USAGE);
	} else {
		tcphs_tracker_finish(tracker);
		show_tracked(show, run, tracker);
		run_say_left_out(run, "they are not shown");
	}
	tcphs_tracker_free(tracker);
}

static void after(void *context, struct run *run)
{
	struct show *show = context;

	if (show->twice)
		show_again(show, run);
	ladders_end(&show->ladders, run);
}

/* Whether it is worth reading twice, and possible. */
static bool reads_twice(const struct options *options)
{
	int64_t total = 0;

	if (options->query == NULL || options->interface != NULL || options->follow)
		return false;
	for (size_t i = 0; i < options->argument_count; i++) {
		struct stat status;

		if (stat(options->arguments[i], &status) != 0 || !S_ISREG(status.st_mode))
			return false;
		total += status.st_size;
	}
	return total > BIG_CAPTURE;
}

int cmd_show(const struct options *options)
{
	struct show show = {.twice = reads_twice(options)};
	const struct run_hooks hooks = {.rows = !show.twice,
	                                .keep_all = !show.twice,
	                                .select = show.twice,
	                                .beside = show.twice ? PARTS_OF_TRACKED : 0,
	                                .streams = true,
	                                .connection = on_connection,
	                                .context = &show};
	struct tcphs_error error = {0};

	show.format = ladders_format(options, terminal_utf8(options), ladders_any_format, &error);
	if (show.format != NULL)
		return run_all(options, &hooks, before, after);
	message("%s", error.text);
	return EXIT_USAGE;
}
