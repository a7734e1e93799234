/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs list: one line a connection, as text, JSON Lines or CSV. */
#include "cli/command.h"
#include "cli/list_group.h"
#include "cli/list_table.h"
#include "cli/message.h"
#include "cli/run.h"
#include "cli/summary.h"

#include "base/csv.h"

#include <stdlib.h>
#include <string.h>

enum { MANY_FAILURES = 20 }; /* from so many on --group is worth knowing */

/* Of --max-memory. A connection held takes 100 octets, and 40 more to be sorted. */
#define PARTS_OF_KEPT   5u
#define PARTS_OF_GROUPS 4u

struct list {
	const struct options *options;
	struct table table;
	const struct column *sort; /* NULL: by id */
	bool reversed;
	struct groups *groups; /* NULL: no --group */
	struct summary summary;
	uint64_t printed;
	/* --sort and --group look at all connections before the first is printed. */
	struct kept {
		struct sort_key key;
		size_t index;
	} * kept;
	size_t kept_count, kept_room;
};

/* ---- one connection ------------------------------------------------------------------- */

static void print_csv(struct list *list, struct run *run, const struct tcphs_analysis *analysis)
{
	struct stream *out = run->output.stream;
	char cell[CELL_MAX + 64];

	for (size_t i = 0; i < list->table.columns.count; i++) {
		const struct column *column = list->table.columns.column[i];
		char *end = (column->plain != NULL ? column->plain : column->cell)(
		    &list->table.context, analysis, cell);

		if (i > 0)
			csv_next(out);
		csv_cell(out, cell, (size_t)(end - cell));
	}
	csv_end(out);
}

static void print_csv_heads(struct list *list, struct run *run)
{
	struct stream *out = run->output.stream;

	for (size_t i = 0; i < list->table.columns.count; i++) {
		const char *name = list->table.columns.column[i]->name;

		if (i > 0)
			csv_next(out);
		csv_cell(out, name, strlen(name));
	}
	csv_end(out);
}

static void print_grouped(struct list *list, const struct tcphs_analysis *analysis)
{
	char text[256];

	switch (groups_place(list->groups, &analysis->connection, text, sizeof(text))) {
	case GROUP_FIRST:
		table_add_text(&list->table, analysis->connection.id, text);
		break;
	case GROUP_FURTHER:
		return;
	case GROUP_ALONE:
		table_add(&list->table, analysis);
		break;
	}
	list->printed++;
}

static void print_one(struct list *list, struct run *run, const struct tcphs_analysis *analysis)
{
	if ((list->options->limit > 0 && list->printed >= list->options->limit) ||
	    !run_has_room(run))
		return;
	list->table.context.encapsulation =
	    run->record.encapsulation(run->record.context, analysis->connection.encap);
	if (list->groups != NULL) {
		print_grouped(list, analysis);
		return;
	}
	list->printed++;
	if (list->options->json)
		record_connection(&run->record, analysis);
	else if (list->options->csv)
		print_csv(list, run, analysis);
	else
		table_add(&list->table, analysis);
}

/* ---- all of them ---------------------------------------------------------------------- */

static bool keep(struct list *list, struct run *run, const struct tcphs_analysis *analysis)
{
	if (list->kept_count == list->kept_room) {
		size_t room = list->kept_room == 0 ? 1024 : list->kept_room * 2;
		struct kept *kept = realloc(list->kept, room * sizeof(*kept));

		if (kept == NULL) {
			run_no_memory(run);
			return false;
		}
		list->kept = kept;
		list->kept_room = room;
	}
	if (list->groups != NULL && !groups_count(list->groups, &analysis->connection)) {
		run_no_memory(run);
		return false;
	}
	if (run->index == TCPHS_LEAVING) { /* it is forgotten before all could be sorted */
		if (list->groups == NULL)
			print_one(list, run, analysis);
		return true;
	}
	list->kept[list->kept_count++] = (struct kept){
	    .key = list->sort != NULL ? list->sort->key(analysis) : (struct sort_key){{0}},
	    .index = run->index,
	};
	return true;
}

static bool on_connection(void *context, struct run *run, const struct tcphs_analysis *analysis)
{
	struct list *list = context;

	summary_count(&list->summary, analysis);
	if (list->sort != NULL || list->groups != NULL)
		return keep(list, run, analysis);
	print_one(list, run, analysis);
	/* Nobody sees a summary: what is beyond the limit need not be looked at. */
	return list->options->limit == 0 || list->printed < list->options->limit ||
	       run->output.terminal || run->options->interface != NULL || run->options->follow;
}

static int compare_kept(const void *a, const void *b, void *context)
{
	const struct kept *left = a, *right = b;
	bool descending = *(const bool *)context;

	for (int i = 0; i < 3; i++)
		if (left->key.word[i] != right->key.word[i])
			return (left->key.word[i] < right->key.word[i]) == descending ? 1 : -1;
	return left->index < right->index ? -1 : left->index > right->index;
}

static void sort_kept(struct list *list)
{
	bool descending = list->sort->descending != list->reversed;

	qsort_r(list->kept, list->kept_count, sizeof(*list->kept), compare_kept, &descending);
}

static void before(void *context, struct run *run)
{
	struct list *list = context;

	list->table.output = &run->output;
	list->table.live = run->options->interface != NULL;
	list->table.context.utf8 = run->output.utf8;
	list->table.context.source = run->record.pairs ? run->record.source : NULL;
	if (list->options->csv)
		print_csv_heads(list, run);
}

/* Many failures: there is a shorter list. Live there is none. */
static void hint_at_groups(const struct list *list, struct run *run)
{
	const uint64_t *open = list->summary.open;
	const uint64_t failed = open[TCPHS_OPEN_REFUSED] + open[TCPHS_OPEN_NO_ANSWER] +
	                        open[TCPHS_OPEN_HALF] + open[TCPHS_OPEN_ABORTED];

	if (list->groups == NULL && !run->live && failed >= MANY_FAILURES)
		stream_text(run->output.stream, "--group shows equal failures as one line each\n");
}

/* A pipe that ends at once has columns as wide as its rows; one that waits has rows at once. */
static void idle(void *context, struct run *run)
{
	struct list *list = context;

	if (!run->live || list->table.rows == 0)
		return;
	list->table.live = true;
	table_flush(&list->table);
}

static void after(void *context, struct run *run)
{
	struct list *list = context;

	if (list->sort != NULL && list->kept_count > 0)
		sort_kept(list);
	for (size_t i = 0; i < list->kept_count && output_works(&run->output); i++) {
		if (!run_again(run, list->kept[i].index))
			break;
		print_one(list, run, run->analysis);
	}
	table_flush(&list->table);
	if (run->output.terminal && !list->options->json && !list->options->csv &&
	    !list->options->quiet) {
		summary_print(&list->summary, run);
		hint_at_groups(list, run);
	}
}

/* ---- the command ---------------------------------------------------------------------- */

static bool set_sort(struct list *list, struct tcphs_error *error)
{
	const char *name = list->options->sort;

	if (name == NULL)
		return true;
	list->reversed = name[0] == '-';
	name += list->reversed;
	list->sort = column_named(name, strlen(name));
	if (list->sort == NULL)
		tcphs_error_set(error, TCPHS_USAGE,
		                "--sort: there is no column '%.40s'; --columns help lists them",
		                name);
	return list->sort != NULL;
}

static bool set_up(struct list *list, struct tcphs_error *error)
{
	const struct options *options = list->options;
	bool waits = options->sort != NULL || options->group;

	list->table.context.numeric = options->numeric || options->csv;
	list->table.heads = !options->quiet;
	list->table.fixed_columns = options->columns != NULL;
	list->table.columns = options->csv ? columns_all() : columns_default();
	if (options->columns != NULL &&
	    !columns_parse(&list->table.columns, options->columns, error))
		return false;
	if (waits && (options->interface != NULL || options->follow)) {
		tcphs_error_set(
		    error, TCPHS_USAGE,
		    "--sort and --group need all connections first: not with -i or --follow");
		return false;
	}
	if (options->group && (options->json || options->csv)) {
		tcphs_error_set(error, TCPHS_USAGE, "--group is for text, not for --json or --csv");
		return false;
	}
	if (options->group &&
	    (list->groups = groups_new(run_memory_part(options, PARTS_OF_GROUPS))) == NULL) {
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
		return false;
	}
	if (!set_sort(list, error))
		return false;
	if (!table_open(&list->table)) {
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
		return false;
	}
	return true;
}

int cmd_list(const struct options *options)
{
	struct list list = {.options = options};
	const struct run_hooks hooks = {
	    .streams = options->sort == NULL && !options->group,
	    .connection = on_connection,
	    .idle = idle,
	    .beside = (options->sort != NULL || options->group ? PARTS_OF_KEPT : 0) +
	              (options->group ? PARTS_OF_GROUPS : 0),
	    .context = &list};
	struct tcphs_error error = {0};
	int code = EXIT_USAGE;

	if (options->columns != NULL && strcmp(options->columns, "help") == 0) {
		columns_help();
		return EXIT_DONE;
	}
	if (set_up(&list, &error))
		code = run_all(options, &hooks, before, after);
	else
		message("%s", error.text);
	table_close(&list.table);
	groups_free(list.groups);
	free(list.kept);
	return code;
}
