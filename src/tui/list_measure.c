/* SPDX-License-Identifier: BSD-3-Clause */
/* What the columns of the list need for the rows that are on the screen. */
#include "tui/list_layout.h"

#define FINDING_MAX 26

struct cell_source list_source(const struct list *list, const struct tcphs_analysis *analysis)
{
	return (struct cell_source){.connection = &analysis->connection,
	                            .analysis = analysis,
	                            .numeric = list->screen.app->options->numeric,
	                            .origin = list->origin};
}

bool column_is_address(enum column column)
{
	return column == COL_CLIENT || column == COL_SERVER;
}

static void measure_ipv4(struct list *list, enum column column,
                         const struct tcphs_connection *connection, int columns)
{
	int side = column == COL_SERVER, number;
	char text[64];

	if (!column_is_address(column) || connection->end[side].address.family != 4)
		return;
	if (list->need_ipv4[side] < columns)
		list->need_ipv4[side] = columns;
	number = (int)tcphs_endpoint_text(&connection->end[side], true, text, sizeof(text));
	if (list->need_number[side] < number)
		list->need_number[side] = number;
}

static bool is_sum(enum column column)
{
	return column == COL_PACKETS || column == COL_BYTES;
}

static void measure_row(struct list *list, const struct canvas *canvas,
                        const struct cell_source *source, bool sums_only)
{
	char text[512];

	for (size_t c = 0; c < COL_COUNT; c++) {
		int columns;

		if (sums_only && !is_sum((enum column)c))
			continue;
		column_info((enum column)c)->text(source, text, sizeof(text));
		columns = canvas_columns(canvas, text);
		if (list->need[c] < columns)
			list->need[c] = columns;
		measure_ipv4(list, (enum column)c, source->connection, columns);
	}
}

void list_measure(struct list *list, const struct canvas *canvas, size_t rows)
{
	const struct rows *shown = &list->screen.app->rows;

	for (size_t c = 0; c < COL_COUNT; c++) {
		int title = canvas_columns(canvas, column_info((enum column)c)->title);

		if (list->need[c] < title)
			list->need[c] = title;
	}
	for (size_t i = 0; i < rows; i++) {
		const struct fold *fold = rows_fold(shown, rows_id(shown, list->top + i));
		const struct tcphs_analysis *row = list_row_at(list, list->top + i);
		struct cell_source source;

		if (fold != NULL) {
			struct tcphs_connection sum = fold_sum(fold);

			source = (struct cell_source){.connection = &sum};
			measure_row(list, canvas, &source, true);
		}
		if (row != NULL) {
			source = list_source(list, row);
			measure_row(list, canvas, &source, false);
		}
	}
	if (list->need[COL_FINDING] > FINDING_MAX)
		list->need[COL_FINDING] = FINDING_MAX;
}
