/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/rows_pass.h"

#include "tui/clock.h"

#include <stdlib.h>
#include <string.h>

#define MILLISECOND 1000000
#define PATIENCE    (100 * MILLISECOND) /* then what a pass has found so far is shown */
#define REST        (500 * MILLISECOND) /* between passes of a live run; at least 10 passes long */

/* A pass over many connections is large: it is given back a little at a time. */
static void bury(struct rows *rows, struct pass *pass)
{
	if (pass == NULL ||
	    (rows->held.is && (pass == rows->held.shown || pass == rows->held.next)))
		return;
	pass->under = rows->buried;
	rows->buried = pass;
}

/* Gives a part of what is buried back; true if there is more. */
static bool give_back(struct rows *rows)
{
	struct pass *pass = rows->buried;

	if (pass == NULL)
		return false;
	if (order_discard(pass->order, 8)) {
		pass->order = NULL;
		if (folds_discard(pass->folds)) {
			rows->buried = pass->under;
			free(pass);
		}
	}
	return rows->buried != NULL;
}

/* Of the connections that a pass looks at: all, or those that are there when it begins. */
static uint64_t last_id(const struct rows *rows)
{
	size_t count = tcphs_tracker_count(rows->tracker);
	struct tcphs_connection last = {.id = 0};

	if (rows->loading)
		return UINT32_MAX;
	if (count > 0)
		tcphs_tracker_peek(rows->tracker, count - 1, &last);
	return last.id;
}

static struct pass *pass_new(struct rows *rows)
{
	struct pass *pass = calloc(1, sizeof(*pass));

	if (pass == NULL)
		goto fail;
	pass->began = clock_now();
	pass->version = rows->version;
	pass->sort = rows->sort;
	pass->last_id = last_id(rows);
	if (rows->grouped && (pass->folds = folds_new(rows->groups_most)) == NULL)
		goto fail;
	if ((rows->query != NULL || rows->grouped || rows->sort != COL_ID) &&
	    (pass->order = order_new()) == NULL)
		goto fail;
	return pass;
fail:
	bury(rows, pass);
	rows->failed = true;
	return NULL;
}

/* Which pass is on the screen. Not decided while something is drawn: all of one drawing is of
 * one pass. */
static void choose(struct rows *rows)
{
	struct pass *shown = rows->shown, *next = rows->next;

	rows->visible = shown;
	if (next != NULL && (shown == NULL || (shown->version != next->version &&
	                                       clock_now() - next->began > PATIENCE))) {
		rows->visible = next;
		if (next->order != NULL)
			order_show(next->order);
	}
}

void rows_free(struct rows *rows)
{
	rows_keep(rows);
	bury(rows, rows->shown);
	bury(rows, rows->next);
	while (give_back(rows))
		;
	tcphs_query_free(rows->query);
	tcphs_analysis_free(&rows->scratch);
	memset(rows, 0, sizeof(*rows));
}

void rows_restart(struct rows *rows)
{
	if (rows->visible == rows->next && rows->next != NULL) {
		bury(rows, rows->shown);
		rows->shown = rows->next; /* rather a part of the last answer than the one before */
	} else {
		bury(rows, rows->next);
	}
	rows->next = NULL;
	rows->stale = true;
	rows->pass_ended = 0;
	rows->version++;
	choose(rows);
}

void rows_hold(struct rows *rows)
{
	if (rows->held.is)
		return;
	rows->held.is = true;
	rows->held.stale = rows->stale;
	rows->held.version = rows->version;
	rows->held.shown = rows->shown;
	rows->held.next = rows->next;
}

void rows_take_back(struct rows *rows)
{
	if (!rows->held.is)
		return;
	bury(rows, rows->shown);
	if (rows->next != rows->shown)
		bury(rows, rows->next);
	rows->shown = rows->held.shown;
	rows->next = rows->held.next;
	rows->version = rows->held.version;
	rows->stale = rows->held.stale;
	rows->held.is = false;
	choose(rows);
}

void rows_keep(struct rows *rows)
{
	struct pass *shown = rows->held.shown, *next = rows->held.next;

	if (!rows->held.is)
		return;
	rows->held.is = false;
	if (shown != rows->shown)
		bury(rows, shown);
	if (next != rows->shown && next != rows->next)
		bury(rows, next);
}

void rows_touch(struct rows *rows)
{
	rows->stale = rows->held.stale = true;
}

void rows_loaded(struct rows *rows)
{
	if (!rows->loading)
		return;
	rows->loading = false;
	bury(rows, rows->shown);
	rows->shown = rows->next; /* what was found so far, until the last pass is through */
	rows->next = NULL;
	rows->stale = true;
	rows->pass_ended = 0;
	if (rows->held.is) {
		struct pass *shown = rows->held.shown;

		rows->held.shown = rows->held.next;
		rows->held.next = NULL;
		rows->held.stale = true;
		bury(rows, shown);
	}
	choose(rows);
}

struct order_entry rows_entry(const struct rows *rows, enum column sort)
{
	struct order_entry entry = {.id = (uint32_t)rows->scratch.connection.id};

	column_info(sort)->key(&rows->scratch.connection, &entry);
	return entry;
}

static void look_at(struct rows *rows, struct pass *pass, size_t index)
{
	int worst = -1; /* if memory is exhausted */
	bool matches = rows_matches(rows, index, rows->query, &worst);
	const struct tcphs_connection *connection = &rows->scratch.connection;

	pass->counts.outcome[outcome_of(connection)]++;
	pass->counts.all++;
	pass->counts.errors += worst == TCPHS_ERROR_SEVERITY;
	pass->counts.warnings += worst == TCPHS_WARNING;
	if (pass->order == NULL || !matches)
		return;
	if (pass->folds != NULL && !folds_add(pass->folds, connection))
		return;
	if (!order_add(pass->order, rows_entry(rows, pass->sort)))
		rows->failed = true;
}

static void end_pass(struct rows *rows)
{
	rows->pass_ended = clock_now();
	rows->pass_took = rows->pass_ended - rows->next->began;
	bury(rows, rows->shown);
	rows->shown = rows->next;
	rows->next = NULL;
	rows->passes++;
}

/* Whether a pass should begin now. */
static bool is_due(const struct rows *rows)
{
	int64_t rest = rows->pass_took * 10 > REST ? rows->pass_took * 10 : REST;

	return rows->stale && (rows->pass_ended == 0 || clock_now() - rows->pass_ended > rest);
}

/* Looks at the next few; true if there are more. */
static bool look_on(struct rows *rows, struct pass *pass)
{
	size_t count = tcphs_tracker_find(rows->tracker, pass->last_id + 1), at, end;
	struct tcphs_connection last;

	at = tcphs_tracker_find(rows->tracker, pass->next_id);
	end = count - at < 32 ? count : at + 32;
	for (size_t index = at; index < end; index++)
		look_at(rows, pass, index);
	if (end > at) {
		tcphs_tracker_peek(rows->tracker, end - 1, &last);
		pass->next_id = last.id + 1;
	}
	pass->at = end;
	return end < count;
}

/* Takes the pass some steps on; false if there is nothing to do for now. */
static bool step(struct rows *rows)
{
	struct pass *pass = rows->next;
	bool more = look_on(rows, pass), merging;

	if (!more && !rows->loading && pass->order != NULL)
		order_end(pass->order);
	merging = pass->order != NULL && order_work(pass->order, 1024);
	if (more || merging)
		return true;
	if (!rows->loading)
		end_pass(rows);
	return false;
}

bool rows_work(struct rows *rows, int64_t deadline)
{
	bool more;

	if (rows->next == NULL && is_due(rows) && (rows->next = pass_new(rows)) != NULL)
		rows->stale = false;
	do {
		more = give_back(rows);
		more |= rows->next != NULL && step(rows);
	} while (more && clock_now() < deadline);
	choose(rows);
	return more;
}
