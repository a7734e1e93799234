/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/list_widths.h"

#include <string.h>

enum {
	MARK_TEXT_LEAST = 10, /* columns below which a cut code says nothing */
	DROP_BEFORE_CODE = 3, /* columns that go before the code is cut */
};

static unsigned total_width(const struct table *table)
{
	unsigned total = 0;

	for (size_t i = 0; i < table->columns.count; i++)
		total += table->width[i] + (i > 0 ? TABLE_GAP : 0);
	return total;
}

static void remove_column(struct table *table, size_t index)
{
	size_t after = table->columns.count - index - 1;

	memmove(&table->columns.column[index], &table->columns.column[index + 1],
	        after * sizeof(table->columns.column[0]));
	memmove(&table->width[index], &table->width[index + 1], after * sizeof(table->width[0]));
	for (size_t r = 0; r < table->rows; r++) {
		struct table_row *row = &table->row[r];
		char *cell = row->text;
		size_t rest = 0;

		if (row->is_text)
			continue;
		for (size_t i = 0; i < index; i++)
			cell += row->length[i];
		for (size_t i = index + 1; i < table->columns.count; i++)
			rest += row->length[i];
		memmove(cell, cell + row->length[index], rest);
		memmove(&row->length[index], &row->length[index + 1],
		        after * sizeof(row->length[0]));
		memmove(&row->columns[index], &row->columns[index + 1],
		        after * sizeof(row->columns[0]));
	}
	table->columns.count--;
}

/* Takes a column away from the widest that can be cut. False if none can. */
static bool narrow_one(struct table *table)
{
	size_t widest = COLUMNS_MAX;

	for (size_t i = 0; i < table->columns.count; i++) {
		const struct column *column = table->columns.column[i];

		if (column->least > 0 && table->width[i] > column->least &&
		    (widest == COLUMNS_MAX || table->width[i] > table->width[widest]))
			widest = i;
	}
	if (widest < COLUMNS_MAX)
		table->width[widest]--;
	return widest < COLUMNS_MAX;
}

/* Drops the column that matters least, of those that matter as little as `least`. */
static bool drop_one(struct table *table, unsigned least)
{
	size_t dropped = COLUMNS_MAX;

	for (size_t i = 0; i < table->columns.count; i++)
		if (table->columns.column[i]->drop >= least &&
		    (dropped == COLUMNS_MAX ||
		     table->columns.column[i]->drop > table->columns.column[dropped]->drop))
			dropped = i;
	if (dropped < COLUMNS_MAX)
		remove_column(table, dropped);
	return dropped < COLUMNS_MAX;
}

/* Cuts the last column to what is left of the line, or to its mark where that is next to
 * nothing. False if it can't be cut further. */
static bool cut_last(struct table *table, unsigned natural)
{
	size_t last = table->columns.count - 1;
	unsigned *width = &table->width[last], others = total_width(table) - *width;
	unsigned room = table->output->width > others ? table->output->width - others : 0;

	if (!table->columns.column[last]->mark)
		return false;
	*width = room < MARK_TEXT_LEAST ? 1 : room < natural ? room : natural;
	return total_width(table) <= table->output->width;
}

/* First go what matters least and the code of the worst diagnosis, then what matters more;
 * at last the endpoints are cut. */
static void fit_widths(struct table *table)
{
	unsigned limit = table->output->width;
	unsigned natural = table->width[table->columns.count - 1];

	if (limit == 0)
		return;
	while (total_width(table) > limit && !table->fixed_columns &&
	       drop_one(table, DROP_BEFORE_CODE))
		;
	while (total_width(table) > limit && !cut_last(table, natural) && !table->fixed_columns &&
	       drop_one(table, 1))
		;
	while (total_width(table) > limit && narrow_one(table))
		;
}

void table_set_widths(struct table *table)
{
	for (size_t i = 0; i < table->columns.count; i++) {
		const struct column *column = table->columns.column[i];
		unsigned width = (unsigned)strlen(column->title);

		if (table->live && column->usual > width)
			width = column->usual;
		for (size_t r = 0; r < table->rows; r++)
			if (!table->row[r].is_text && table->row[r].columns[i] > width)
				width = table->row[r].columns[i];
		table->width[i] = width;
	}
	fit_widths(table);
	table->set = true;
}
