/* SPDX-License-Identifier: BSD-3-Clause */
#include "teach/line_words.h"

#include <stdbool.h>
#include <string.h>

static bool is_reference(const char *line)
{
	static const char *const begins[] = {"client: SND.", "client: RCV.", "server: SND.",
	                                     "server: RCV."};

	for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
		if (strncmp(line, begins[i], strlen(begins[i])) == 0)
			return true;
	return false;
}

void line_words(const struct tcphs_ladder *ladder, size_t index, char text[LINE_WORDS_ROOM])
{
	char *at = text;

	tcphs_ladder_explain(ladder, index, false, text, LINE_WORDS_ROOM);
	while ((at = strchr(at, '\n')) != NULL) {
		if (is_reference(at + 1)) {
			*at = '\0';
			return;
		}
		at++;
	}
}
