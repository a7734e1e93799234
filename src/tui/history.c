/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/prompt.h"

#include <stdlib.h>
#include <string.h>

void history_free(struct history *history)
{
	for (size_t i = 0; i < history->count; i++)
		free(history->line[i]);
	history->count = 0;
}

void history_add(struct history *history, const char *line)
{
	char *copy;

	if (line[0] == '\0' ||
	    (history->count > 0 && strcmp(history->line[history->count - 1], line) == 0))
		return;
	copy = strdup(line);
	if (copy == NULL)
		return;
	if (history->count == HISTORY_MAX) {
		free(history->line[0]);
		memmove(history->line, history->line + 1,
		        (HISTORY_MAX - 1) * sizeof(history->line[0]));
		history->count--;
	}
	history->line[history->count++] = copy;
}
