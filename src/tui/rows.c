/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/rows.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MILLISECOND 1000000
#define PATIENCE    (100 * MILLISECOND) /* then what a pass has found so far is shown */
#define REST        (500 * MILLISECOND) /* between passes of a live run; at least 10 passes long */

struct pass {
	struct order *order; /* NULL: the tracker's order */
	struct folds *folds; /* NULL: nothing is folded */
	struct rows_counts counts;
	size_t at; /* the next connection to look at */
	int64_t began;
	unsigned version; /* of rows: an older one answers an older question */
};

int64_t clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static void pass_free(struct pass *pass)
{
	if (pass == NULL)
		return;
	order_free(pass->order);
	folds_free(pass->folds);
	free(pass);
}

static struct pass *pass_new(struct rows *rows)
{
	struct pass *pass = calloc(1, sizeof(*pass));

	if (pass == NULL)
		goto fail;
	pass->began = clock_now();
	pass->version = rows->version;
	if (rows->grouped && (pass->folds = folds_new()) == NULL)
		goto fail;
	if ((rows->query != NULL || rows->grouped || rows->sort != COL_ID) &&
	    (pass->order = order_new()) == NULL)
		goto fail;
	return pass;
fail:
	pass_free(pass);
	rows->failed = true;
	return NULL;
}

void rows_init(struct rows *rows, const struct tcphs_tracker *tracker,
               const struct tcphs_decoder *decoder)
{
	memset(rows, 0, sizeof(*rows));
	rows->tracker = tracker;
	rows->decoder = decoder;
	rows->loading = rows->stale = true;
}

void rows_free(struct rows *rows)
{
	pass_free(rows->shown);
	pass_free(rows->next);
	tcphs_query_free(rows->query);
	tcphs_analysis_free(&rows->scratch);
	memset(rows, 0, sizeof(*rows));
}

/* Starts over: what is shown now stays until the new pass has something. */
static void restart(struct rows *rows)
{
	pass_free(rows->next);
	rows->next = NULL;
	rows->stale = true;
	rows->pass_ended = 0;
	rows->version++;
}

void rows_set_query(struct rows *rows, struct tcphs_query *query)
{
	tcphs_query_free(rows->query);
	rows->query = query;
	restart(rows);
}

void rows_set_order(struct rows *rows, enum column sort, bool descending)
{
	bool same = rows->sort == sort;

	rows->sort = sort;
	rows->descending = descending;
	if (!same) /* the other direction is the same order, read from its end */
		restart(rows);
}

void rows_set_grouped(struct rows *rows, bool grouped)
{
	rows->grouped = grouped;
	restart(rows);
}

void rows_touch(struct rows *rows)
{
	rows->stale = true;
}

void rows_loaded(struct rows *rows)
{
	if (!rows->loading)
		return;
	rows->loading = false;
	pass_free(rows->shown);
	rows->shown = rows->next; /* what was found so far, until the last pass is through */
	rows->next = NULL;
	rows->stale = true;
	rows->pass_ended = 0;
}

bool rows_matches(struct rows *rows, size_t index, const struct tcphs_query *query, int *worst)
{
	struct tcphs_query_subject subject = {&rows->scratch, NULL};
	const struct tcphs_connection *connection = &rows->scratch.connection;

	bool whole = query != NULL && tcphs_query_needs_rows(query);

	if (whole ? !tcphs_tracker_analyse(rows->tracker, index, &rows->scratch)
	          : !tcphs_tracker_summarise(rows->tracker, index, &rows->scratch)) {
		rows->failed = true;
		return false;
	}
	if (worst != NULL)
		*worst = connection->diagnoses > 0 ? connection->worst : -1;
	if (query == NULL)
		return true;
	subject.encapsulation = tcphs_decoder_encapsulation(rows->decoder, connection->encap);
	return tcphs_query_matches(query, &subject);
}

static struct order_entry entry_of(const struct rows *rows, size_t index)
{
	struct order_entry entry = {.index = (uint32_t)index};

	column_info(rows->sort)->key(&rows->scratch.connection, &entry);
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
	if (pass->folds != NULL && !folds_add(pass->folds, connection, (uint32_t)index))
		return;
	if (!order_add(pass->order, entry_of(rows, index)))
		rows->failed = true;
}

static void end_pass(struct rows *rows)
{
	rows->pass_ended = clock_now();
	rows->pass_took = rows->pass_ended - rows->next->began;
	pass_free(rows->shown);
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

bool rows_work(struct rows *rows, int64_t deadline)
{
	if (rows->next == NULL) {
		if (!is_due(rows) || (rows->next = pass_new(rows)) == NULL)
			return false;
		rows->stale = false;
	}
	do {
		size_t count = tcphs_tracker_count(rows->tracker);
		bool merging;

		for (size_t i = 0; i < 32 && rows->next->at < count; i++)
			look_at(rows, rows->next, rows->next->at++);
		if (rows->next->at == count && !rows->loading && rows->next->order != NULL)
			order_end(rows->next->order);
		merging = rows->next->order != NULL && order_work(rows->next->order, 4096);
		if (rows->next->at == count && !merging) {
			if (!rows->loading)
				end_pass(rows);
			return false;
		}
	} while (clock_now() < deadline);
	return true;
}

int rows_progress(const struct rows *rows)
{
	size_t count = tcphs_tracker_count(rows->tracker);

	if (rows->next == NULL || rows->next->at == 0 || count == 0)
		return -1;
	return (int)(rows->next->at * 100 / count);
}

/* The pass whose order is on the screen. */
static const struct pass *visible(const struct rows *rows)
{
	const struct pass *shown = rows->shown, *next = rows->next;

	if (next != NULL && (shown == NULL || (shown->version != next->version &&
	                                       clock_now() - next->began > PATIENCE)))
		return next;
	return shown;
}

struct rows_counts rows_counts(const struct rows *rows)
{
	const struct pass *pass = visible(rows);

	return pass != NULL ? pass->counts : (struct rows_counts){0};
}

static const struct order *order_of(const struct rows *rows)
{
	const struct pass *pass = visible(rows);

	return pass != NULL ? pass->order : NULL;
}

size_t rows_count(const struct rows *rows)
{
	const struct order *order = order_of(rows);

	return order != NULL ? order_count(order) : tcphs_tracker_count(rows->tracker);
}

size_t rows_at(const struct rows *rows, size_t position)
{
	const struct order *order = order_of(rows);

	if (rows->descending)
		position = rows_count(rows) - 1 - position;
	return order != NULL ? order_at(order, position)->index : position;
}

size_t rows_position(struct rows *rows, size_t index)
{
	const struct order *order = order_of(rows);
	size_t position = index, count = rows_count(rows);

	if (order != NULL && rows_matches(rows, index, NULL, NULL)) {
		struct order_entry entry = entry_of(rows, index);

		position = order_find(order, &entry);
	}
	if (position >= count)
		position = count > 0 ? count - 1 : 0;
	return rows->descending && count > 0 ? count - 1 - position : position;
}

const struct fold *rows_fold(const struct rows *rows, const struct tcphs_connection *connection,
                             size_t index)
{
	const struct pass *pass = visible(rows);

	if (pass == NULL || pass->folds == NULL)
		return NULL;
	return folds_at(pass->folds, connection, (uint32_t)index);
}
