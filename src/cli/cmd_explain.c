/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs explain: what a state, a flag, a diagnosis means. */
#include "cli/command.h"

#include <langinfo.h>
#include <stdio.h>
#include <string.h>

#include "base/escape.h"
#include "base/wrap.h"
#include "cli/message.h"
#include "teach/explain.h"

#define SUGGESTIONS 5
#define SAME_WORD   4 /* a kind of open and one of close may share a word */
#define TEXT_WIDTH  78

static void explain_unknown(const char *word)
{
	const char *near[SUGGESTIONS];
	const size_t count = teach_nearest(word, near, SUGGESTIONS);
	struct text list = {0};
	char escaped[128];

	escape_into(escaped, sizeof(escaped), word);
	for (size_t i = 0; i < count; i++)
		text_addf(&list, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " or ", near[i]);
	if (count == 0 || list.failed)
		message("nothing is known of '%s'; 'tcphs explain' lists the words", escaped);
	else
		message("nothing is known of '%s'; did you mean %s?", escaped, list.data);
	text_free(&list);
}

static bool explain_word(struct text *out, const char *word)
{
	const struct teach_entry *entry[SAME_WORD];
	const size_t count = teach_find(word, entry, SAME_WORD);

	if (count == 0)
		explain_unknown(word);
	for (size_t i = 0; i < count && i < SAME_WORD; i++) {
		if (out->length > 0)
			text_add(out, "\n");
		teach_explain(out, entry[i], TEXT_WIDTH);
	}
	return count > 0;
}

int cmd_explain(const struct options *options)
{
	struct text out = {0};
	int code = EXIT_DONE;

	if (options->argument_count == 0) {
		teach_list(&out, TEXT_WIDTH);
		text_add(&out, "\ntcphs explain WORD says what it means.\n");
	}
	for (size_t i = 0; i < options->argument_count; i++)
		if (!explain_word(&out, options->arguments[i]))
			code = EXIT_USAGE;
	if (options->ascii || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		wrap_to_ascii(&out, 0);
	if (out.failed) {
		message("memory is exhausted");
		code = EXIT_USAGE;
	} else if (out.length > 0) {
		fwrite(out.data, 1, out.length, stdout);
	}
	text_free(&out);
	return code;
}
