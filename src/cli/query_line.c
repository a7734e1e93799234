/* SPDX-License-Identifier: BSD-3-Clause */
/* -Y: compiling with a line that points at the mistake, and -Y help. */
#include "cli/run.h"

#include "cli/message.h"
#include "cli/options.h"

#include "base/bounded.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

enum { KEY_COLUMN = 16, LINE_WIDTH = 79 };

static void print_words(const char *const *words)
{
	int at = printf("  %*s", KEY_COLUMN, "");

	for (bool first = true; *words != NULL; words++, first = false) {
		int length = (int)strlen(*words) + 1;

		if (at + length > LINE_WIDTH)
			at = printf("\n  %*s", KEY_COLUMN, "") - 1;
		else if (!first)
			at += printf(" ");
		at += printf("%s", *words);
	}
	putchar('\n');
}

static void print_help(void)
{
	const struct tcphs_query_key *key;

	puts("A query selects connections: terms with spaces between them, all of which must\n"
	     "hold. '-term' negates; 'a,b' means either. Also: '/' in the view.\n"
	     "\n"
	     "  open:refused,no-answer -host:10.0.0.5      rtt>100ms syn-rtx>=1\n"
	     "\nKeys");
	for (size_t i = 0; (key = tcphs_query_key(i)) != NULL; i++) {
		char spelling[32];
		const char *ops = key->operators;

		snprintf(spelling, sizeof(spelling), "%s%s", key->name,
		         ops[0] == '\0'   ? ""
		         : ops[1] == '\0' ? ":"
		                          : ": > <");
		printf("  %-*s%s\n", KEY_COLUMN, spelling, key->help);
		if (key->words != NULL)
			print_words(key->words);
	}
}

/* "^^^^" under the octets of the query that are wrong. */
static void say_mistake(const char *query, size_t at, size_t length,
                        const struct tcphs_error *error)
{
	size_t columns = utf8_columns(query, at);
	size_t width = length > 0 ? utf8_columns(query + at, length) : 1;
	char carets[256];
	struct bounded line = bounded_start(carets, sizeof(carets));

	message("-Y: %s", error->text);
	if (strlen(query) > 120 || strpbrk(query, "\n\r\t\033") != NULL)
		return;
	for (size_t i = 0; i < columns; i++)
		bounded_add(&line, " ");
	for (size_t i = 0; i < width; i++)
		bounded_add(&line, "^");
	bounded_end(&line);
	fprintf(stderr, "  %s\n  %s\n", query, carets);
}

bool run_query(const struct options *options, struct tcphs_query **query, bool *help)
{
	struct tcphs_error error = {0};
	size_t at = 0, length = 0;

	*query = NULL;
	*help = options->query != NULL && strcmp(options->query, "help") == 0;
	if (*help) {
		print_help();
		return false;
	}
	if (options->query == NULL)
		return true;
	*query = tcphs_query_compile(options->query, &at, &length, &error);
	if (*query == NULL)
		say_mistake(options->query, at, length, &error);
	return *query != NULL;
}
