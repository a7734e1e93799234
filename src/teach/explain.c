/* SPDX-License-Identifier: BSD-3-Clause */
#include "teach/explain.h"

#include <stdint.h>
#include <string.h>
#include <tcphs/diagnosis.h>

#include "base/bounded.h"
#include "base/utf8.h"
#include "base/wrap.h"
#include "teach/picture.h"

#define INDENT 2

static const struct teach_table *const tables[] = {
    &teach_states,         &teach_flags,         &teach_options,       &teach_opens,
    &teach_closes,         &teach_topics,        &teach_codes_opening, &teach_codes_header,
    &teach_codes_sequence, &teach_codes_closing, &teach_codes_isn,     &teach_codes_capture,
};

static const struct {
	const char *name, *title;
} kinds[] = {
    [TEACH_STATE] = {"state", "States"},
    [TEACH_FLAG] = {"flag", "Flags"},
    [TEACH_OPTION] = {"option", "Options"},
    [TEACH_OPEN] = {"kind of open", "How a connection opens"},
    [TEACH_CLOSE] = {"kind of close", "How a connection closes"},
    [TEACH_TOPIC] = {"topic", "Topics"},
    [TEACH_CODE] = {"diagnosis", "Diagnoses"},
};
_Static_assert(sizeof(kinds) / sizeof(kinds[0]) == TEACH_KINDS, "a name for each kind");

const char *teach_kind_name(enum teach_kind kind)
{
	return kinds[kind].name;
}

const struct teach_entry *teach_at(size_t index)
{
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		if (index < tables[i]->count)
			return &tables[i]->entry[index];
		index -= tables[i]->count;
	}
	return NULL;
}

static const struct tcphs_code_info *code_of(const struct teach_entry *entry)
{
	return tcphs_code_info(tcphs_code_find(entry->word, strlen(entry->word)));
}

const char *teach_plain(const struct teach_entry *entry)
{
	return entry->kind == TEACH_CODE ? code_of(entry)->sentence : entry->plain;
}

size_t teach_source(const struct teach_entry *entry, char *text, size_t size)
{
	struct bounded out = bounded_start(text, size);
	const struct tcphs_code_info *code;

	if (entry->kind != TEACH_CODE) {
		if (strcmp(entry->source, "tcphs") == 0)
			bounded_add(&out, "a word of tcphs, not of an RFC");
		else
			bounded_add(&out, entry->source);
		return bounded_end(&out);
	}
	code = code_of(entry);
	if (code->rfc == NULL)
		bounded_add(&out, "a judgement of tcphs, not of an RFC");
	else
		bounded_addf(&out, "RFC %s", code->rfc);
	if (code->rfc != NULL && code->section != NULL)
		bounded_addf(&out, " §%s", code->section);
	return bounded_end(&out);
}

static void add_heading(struct text *out, const struct teach_entry *entry, size_t width)
{
	const char *severity = "";
	size_t used;

	if (entry->kind == TEACH_CODE)
		severity = tcphs_severity_name((enum tcphs_severity)code_of(entry)->severity);
	used = strlen(entry->word) + strlen(kinds[entry->kind].name) + strlen(severity) +
	       (*severity != '\0' ? 2 : 0);
	text_add(out, entry->word);
	for (; used < width; used++)
		text_add(out, " ");
	text_addf(out, "%s%s%s\n\n", kinds[entry->kind].name, *severity != '\0' ? ", " : "",
	          severity);
}

void teach_explain(struct text *out, const struct teach_entry *entry, size_t width)
{
	struct text line = {0};
	char source[128];

	add_heading(out, entry, width);
	wrap_add(out, teach_plain(entry), INDENT, width);
	text_add(out, "\n");
	wrap_add(out, entry->exact, INDENT, width);
	text_add(out, "\n");
	if (entry->picture != NULL) {
		picture_add(out, entry->picture, INDENT);
		text_add(out, "\n");
	}
	teach_source(entry, source, sizeof(source));
	text_addf(&line, "Source: %s", source);
	if (entry->see != NULL)
		text_addf(&line, "\nSee also: %s", entry->see);
	if (line.failed)
		out->failed = true;
	else
		wrap_add(out, line.data, INDENT, width);
	text_free(&line);
}

/* Words side by side under a title. */
static void list_kind(struct text *out, enum teach_kind kind, size_t width)
{
	const struct teach_entry *entry;
	struct text words = {0};

	for (size_t i = 0; (entry = teach_at(i)) != NULL; i++)
		if (entry->kind == kind)
			text_addf(&words, "%s%s", words.length == 0 ? "" : "  ", entry->word);
	if (words.failed)
		out->failed = true;
	else
		wrap_add(out, words.data, INDENT, width);
	text_free(&words);
}

void teach_list(struct text *out, size_t width)
{
	for (int kind = 0; kind < TEACH_KINDS; kind++) {
		text_addf(out, "%s%s\n", kind == 0 ? "" : "\n", kinds[kind].title);
		list_kind(out, (enum teach_kind)kind, width);
	}
}
