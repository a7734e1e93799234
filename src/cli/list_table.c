/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/list_widths.h"

#include "base/utf8.h"

#include <stdlib.h>

bool table_open(struct table *table)
{
	table->row = calloc(TABLE_SAMPLE, sizeof(*table->row));
	table->one = calloc(1, sizeof(*table->one));
	return table->row != NULL && table->one != NULL;
}

void table_close(struct table *table)
{
	free(table->row);
	free(table->one);
	table->row = table->one = NULL;
}

/* ---- filling -------------------------------------------------------------------------- */

static unsigned columns_of(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)text[i] >= 0x80)
			return (unsigned)utf8_columns(text, length);
	return (unsigned)length;
}

static void fill_row(const struct table *table, const struct tcphs_analysis *analysis,
                     struct table_row *row)
{
	char cell[CELL_MAX + 64], *to = row->text;

	row->is_text = false;
	row->severity = 0;
	for (size_t i = 0; i < analysis->diagnoses; i++)
		if (analysis->diagnosis[i].severity >= row->severity)
			row->severity = (uint8_t)(analysis->diagnosis[i].severity + 1);
	for (size_t i = 0; i < table->columns.count; i++) {
		char *end = table->columns.column[i]->cell(&table->context, analysis, cell);
		size_t length = (size_t)(end - cell),
		       room = (size_t)(row->text + TABLE_ROW_TEXT - to);

		length = length < room ? length : room;
		memcpy(to, cell, length);
		row->length[i] = (uint16_t)length;
		row->columns[i] = (uint16_t)columns_of(to, length);
		to += length;
	}
}

/* ---- printing ------------------------------------------------------------------------- */

static void pad(struct stream *out, unsigned columns)
{
	static const char spaces[] = "                                                ";

	while (columns > 0) {
		unsigned part =
		    columns < sizeof(spaces) - 1 ? columns : (unsigned)sizeof(spaces) - 1;

		stream_add(out, spaces, part);
		columns -= part;
	}
}

/* At most `width` columns of the text, with a mark where something is missing. */
static unsigned print_cut(const struct table *table, const char *text, size_t length,
                          unsigned width, bool middle)
{
	struct stream *out = table->output->stream;
	unsigned head = middle ? (width - 1) / 2 : width - 1;
	size_t tail_at = length, used = 0, octets = utf8_fit(text, length, head, &used);

	stream_add(out, text, octets);
	stream_text(out, table->context.utf8 ? "\xe2\x80\xa6" : "~");
	if (middle) {
		/* Endpoints are ASCII: octets are columns. */
		tail_at = length - (width - 1 - head);
		stream_add(out, text + tail_at, length - tail_at);
		used += length - tail_at;
	}
	return (unsigned)used + 1;
}

static void print_cell(const struct table *table, size_t index, const char *text, size_t length,
                       unsigned columns)
{
	const struct column *column = table->columns.column[index];
	bool last = index + 1 == table->columns.count;
	struct stream *out = table->output->stream;
	unsigned width = table->width[index];
	size_t used;

	if (index > 0)
		pad(out, TABLE_GAP);
	if (column->right && columns < width)
		pad(out, width - columns);
	if (columns > width && column->mark && width == 1)
		stream_add(out, text, utf8_fit(text, length, 1, &used));
	else if (columns > width && column->least > 0 && table->output->width > 0 && width > 1)
		columns = print_cut(table, text, length, width, column->middle);
	else
		stream_add(out, text, length);
	if (!column->right && columns < width && !last)
		pad(out, width - columns);
}

static const char *row_style(const struct table *table, const struct table_row *row)
{
	static const char *const styles[] = {"", "", "\033[33m", "\033[31m"};

	return table->output->color ? styles[row->severity] : "";
}

static void print_row(const struct table *table, const struct table_row *row)
{
	const char *cell = row->text, *style = row_style(table, row);
	struct stream *out = table->output->stream;

	if (row->is_text) {
		if (row->columns[0] < table->width[0])
			pad(out, table->width[0] - row->columns[0]);
		stream_add(out, cell, row->length[0]);
		pad(out, TABLE_GAP);
		stream_add(out, cell + row->length[0], row->length[1]);
		stream_char(out, '\n');
		return;
	}
	stream_text(out, style);
	for (size_t i = 0; i < table->columns.count; i++) {
		print_cell(table, i, cell, row->length[i], row->columns[i]);
		cell += row->length[i];
	}
	if (style[0] != '\0')
		stream_literal(out, "\033[0m");
	stream_char(out, '\n');
}

static void print_heads(const struct table *table)
{
	struct stream *out = table->output->stream;

	if (table->output->color)
		stream_literal(out, "\033[1m");
	for (size_t i = 0; i < table->columns.count; i++) {
		const struct column *column = table->columns.column[i];
		const char *title = column->mark && table->width[i] == 1 ? "" : column->title;

		print_cell(table, i, title, strlen(title), (unsigned)strlen(title));
	}
	if (table->output->color)
		stream_literal(out, "\033[0m");
	stream_char(out, '\n');
}

void table_flush(struct table *table)
{
	if (table->rows == 0)
		return;
	if (!table->set) {
		table_set_widths(table);
		if (table->heads)
			print_heads(table);
	}
	for (size_t i = 0; i < table->rows; i++)
		print_row(table, &table->row[i]);
	table->rows = 0;
}

/* Where the next row is filled in. */
static struct table_row *next_row(struct table *table)
{
	return table->set ? table->one : &table->row[table->rows++];
}

static void row_done(struct table *table)
{
	if (table->set)
		print_row(table, table->one);
	else if (table->rows == TABLE_SAMPLE || table->live)
		table_flush(table);
}

void table_add(struct table *table, const struct tcphs_analysis *analysis)
{
	fill_row(table, analysis, next_row(table));
	row_done(table);
}

void table_add_text(struct table *table, uint64_t id, const char *text)
{
	struct table_row *row = next_row(table);
	char *end = digits_u64(row->text, id);
	size_t length = strlen(text), room = (size_t)(row->text + TABLE_ROW_TEXT - end);

	row->is_text = true;
	row->length[0] = row->columns[0] = (uint16_t)(end - row->text);
	row->length[1] = (uint16_t)(length < room ? length : room);
	memcpy(end, text, row->length[1]);
	row_done(table);
}
