/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/rows_pass.h"

#include <string.h>

void rows_init(struct rows *rows, const struct tcphs_tracker *tracker,
               const struct tcphs_decoder *decoder)
{
	memset(rows, 0, sizeof(*rows));
	rows->tracker = tracker;
	rows->decoder = decoder;
	rows->loading = rows->stale = true;
}

void rows_set_query(struct rows *rows, struct tcphs_query *query)
{
	tcphs_query_free(rows->query);
	rows->query = query;
	rows_restart(rows);
}

void rows_try_query(struct rows *rows, struct tcphs_query *query)
{
	rows_hold(rows);
	rows_set_query(rows, query);
}

void rows_restore(struct rows *rows, struct tcphs_query *query)
{
	tcphs_query_free(rows->query);
	rows->query = query;
	rows_take_back(rows);
}

void rows_set_order(struct rows *rows, enum column sort, bool descending)
{
	bool same = rows->sort == sort;

	rows->sort = sort;
	rows->descending = descending;
	if (!same) /* the other direction is the same order, read from its end */
		rows_restart(rows);
}

void rows_set_grouped(struct rows *rows, bool grouped)
{
	rows->grouped = grouped;
	rows_restart(rows);
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

int rows_progress(const struct rows *rows)
{
	size_t count = tcphs_tracker_count(rows->tracker);

	if (rows->next == NULL || rows->next->at == 0 || count == 0)
		return -1;
	return (int)(rows->next->at * 100 / count);
}

bool rows_is_new(const struct rows *rows)
{
	return rows->shown == NULL || rows->shown->version != rows->version;
}

struct rows_counts rows_counts(const struct rows *rows)
{
	const struct pass *pass = rows->visible;

	return pass != NULL ? pass->counts : (struct rows_counts){0};
}

static const struct order *order_of(const struct rows *rows)
{
	const struct pass *pass = rows->visible;

	return pass != NULL ? pass->order : NULL;
}

size_t rows_count(const struct rows *rows)
{
	const struct order *order = order_of(rows);

	return order != NULL ? order_count(order) : tcphs_tracker_count(rows->tracker);
}

bool rows_are_plain(const struct rows *rows)
{
	return order_of(rows) == NULL && !rows->descending;
}

static size_t from_start(const struct rows *rows, size_t position)
{
	return rows->descending ? rows_count(rows) - 1 - position : position;
}

uint64_t rows_id(const struct rows *rows, size_t position)
{
	const struct order *order = order_of(rows);
	struct tcphs_connection connection;

	if (order != NULL)
		return order_at(order, from_start(rows, position))->id;
	tcphs_tracker_peek(rows->tracker, from_start(rows, position), &connection);
	return connection.id;
}

size_t rows_find(const struct rows *rows, uint64_t id)
{
	size_t index = tcphs_tracker_find(rows->tracker, id);
	struct tcphs_connection connection;

	if (index >= tcphs_tracker_count(rows->tracker))
		return ROWS_GONE;
	tcphs_tracker_peek(rows->tracker, index, &connection);
	return connection.id == id ? index : ROWS_GONE;
}

size_t rows_at(const struct rows *rows, size_t position)
{
	return order_of(rows) != NULL ? rows_find(rows, rows_id(rows, position))
	                              : from_start(rows, position);
}

size_t rows_position(struct rows *rows, size_t index)
{
	const struct order *order = order_of(rows);
	size_t position = index, count = rows_count(rows);

	if (order != NULL && rows_matches(rows, index, NULL, NULL)) {
		struct order_entry entry = rows_entry(rows, rows->visible->sort);

		position = order_find(order, &entry);
	}
	if (position >= count)
		position = count > 0 ? count - 1 : 0;
	return rows->descending && count > 0 ? count - 1 - position : position;
}

const struct fold *rows_fold(const struct rows *rows, uint64_t id)
{
	const struct pass *pass = rows->visible;

	return pass != NULL && pass->folds != NULL ? folds_at(pass->folds, (uint32_t)id) : NULL;
}
