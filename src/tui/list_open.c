/* SPDX-License-Identifier: BSD-3-Clause */
/* Into a connection or a group of them, and back out. */
#include "tui/list.h"

#include "tui/screens.h"

#include <stdio.h>

/* Shows the connections of a group, within the query; Esc goes back to the groups. */
static void unfold(struct list *list, const char *query)
{
	uint64_t id = list->id;
	char both[PROMPT_MAX], before[PROMPT_MAX];

	snprintf(before, sizeof(before), "%s", list->query);
	if ((size_t)snprintf(both, sizeof(both), "%s%s%s", list->query,
	                     list->query[0] != '\0' ? " " : "", query) >= sizeof(both))
		return;
	rows_set_grouped(&list->screen.app->rows, false);
	if (!list_set_query(list, both, NULL))
		return;
	list->unfolded = true;
	list->grouped_id = id;
	snprintf(list->grouped_query, sizeof(list->grouped_query), "%s", before);
}

void list_open_selected(struct list *list)
{
	struct app *app = list->screen.app;
	const struct fold *fold;
	char query[200];
	uint64_t id;

	if (list_count(list) == 0)
		return;
	id = rows_id(&app->rows, list->selected);
	fold = rows_fold(&app->rows, id);
	if (fold != NULL) {
		fold_query(fold, query, sizeof(query));
		unfold(list, query);
	} else if (rows_find(&app->rows, id) == ROWS_GONE) {
		app_message(app, TCPHS_S_WARNING, "%s", LIST_GONE);
	} else if (!screen_ladder_open(app, id)) {
		app_message(app, TCPHS_S_ERROR, "memory is exhausted");
	}
}

bool list_back(struct list *list)
{
	struct app *app = list->screen.app;

	if (list->unfolded) {
		rows_set_grouped(&app->rows, true);
		list->id = list->grouped_id;
		return list_set_query(list, list->grouped_query, NULL);
	}
	if (list->query[0] != '\0')
		return list_set_query(list, "", NULL);
	if (!app->rows.grouped)
		return false;
	rows_set_grouped(&app->rows, false);
	return true;
}
