/* SPDX-License-Identifier: BSD-3-Clause */
/* What `tcphs view` prints where there is no terminal for it. */
#include "cli/command.h"
#include "cli/ladders.h"
#include "cli/list_table.h"
#include "cli/summary.h"
#include "cli/terminal.h"
#include "ladder/parts.h"

enum { LADDERS_MAX = 10 };

struct both {
	const struct options *options;
	struct table table;
	struct summary summary;
	size_t index[LADDERS_MAX], count;
};

static bool on_connection(void *context, struct run *run, const struct tcphs_analysis *analysis)
{
	struct both *both = context;

	both->table.context.encapsulation =
	    run->record.encapsulation(run->record.context, analysis->connection.encap);
	table_add(&both->table, analysis);
	summary_count(&both->summary, analysis);
	if (both->count < LADDERS_MAX && run->index != TCPHS_LEAVING)
		both->index[both->count++] = run->index;
	return true;
}

static void before(void *context, struct run *run)
{
	struct both *both = context;

	both->table.output = &run->output;
	both->table.live = run->live;
	both->table.context.utf8 = run->output.utf8;
}

/* A single segment that was folded is read again, so that this is what `show` and the view draw. */
static bool analyse(struct run *run, size_t index)
{
	const struct tcphs_connection *connection;
	struct tcphs_error error = {0};

	if (!run_again(run, index))
		return false;
	connection = &run->analysis->connection;
	if (!ladder_has_lone(run->analysis) ||
	    connection->last_packet - connection->first_packet >= LADDER_AGAIN_PACKETS)
		return true;
	return tcphs_session_unfold(run->session, index, &run->own, &error) ||
	       run_again(run, index);
}

static void after(void *context, struct run *run)
{
	struct both *both = context;
	const char *name = run->output.utf8 ? "text" : "ascii";
	struct ladders ladders;
	bool fine;

	table_flush(&both->table);
	summary_print(&both->summary, run);
	/* Live, a connection is forgotten once it was printed. */
	if (run->live || both->count == 0)
		return;
	stream_char(run->output.stream, '\n');
	fine = ladders_begin(&ladders, run, tcphs_format_named(name));
	for (size_t i = 0; fine && i < both->count; i++)
		fine = analyse(run, both->index[i]) && ladders_add(&ladders, run, run->analysis);
	ladders_end(&ladders, run);
}

int print_list_and_ladders(const struct options *options)
{
	struct both both = {
	    .options = options,
	    .table = {.columns = columns_default(), .heads = true},
	};
	const struct run_hooks hooks = {
	    .rows = true, .connection = on_connection, .context = &both};
	int code = EXIT_USAGE;

	both.table.context.numeric = options->numeric;
	if (table_open(&both.table))
		code = run_all(options, &hooks, before, after);
	table_close(&both.table);
	return code;
}
