/* SPDX-License-Identifier: BSD-3-Clause */
#include "teach/explain.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <tcphs/diagnosis.h>

#include "base/bounded.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "base/wrap.h"
#include "teach/picture.h"

#define WORD_MAX 64
#define PART_MIN 3
#define INDENT   2

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

/* Lower case, with '-' for what separates words. */
static size_t normalise(const char *word, size_t length, char *out, size_t size)
{
	size_t used = 0;

	for (size_t i = 0; i < length && used + 1 < size; i++) {
		const unsigned char c = (unsigned char)word[i];

		out[used++] = c == ' ' || c == '_' ? '-' : (char)tolower(c);
	}
	out[used] = '\0';
	return used;
}

static bool same_word(const char *wanted, const char *word, size_t length)
{
	char other[WORD_MAX];

	normalise(word, length, other, sizeof(other));
	return strcmp(wanted, other) == 0;
}

static bool is_called(const struct teach_entry *entry, const char *wanted)
{
	if (same_word(wanted, entry->word, strlen(entry->word)))
		return true;
	for (const char *at = entry->also; at != NULL && *at != '\0';) {
		const size_t length = strcspn(at, " ");

		if (same_word(wanted, at, length))
			return true;
		at += length;
		at += strspn(at, " ");
	}
	return false;
}

size_t teach_find(const char *word, const struct teach_entry **entry, size_t room)
{
	const struct teach_entry *at;
	char wanted[WORD_MAX];
	size_t found = 0;

	normalise(word, strlen(word), wanted, sizeof(wanted));
	for (size_t i = 0; (at = teach_at(i)) != NULL; i++) {
		if (!is_called(at, wanted))
			continue;
		if (found < room)
			entry[found] = at;
		found++;
	}
	return found;
}

/* How far a word is from the wanted one; one that contains it is near. */
static size_t distance_to_word(const char *text, size_t text_length, const char *wanted,
                               size_t length)
{
	char word[WORD_MAX];
	const size_t word_length = normalise(text, text_length, word, sizeof(word));
	const size_t distance = nearest_distance(wanted, length, word, word_length);

	if (nearest_is_near(distance, length))
		return distance;
	if (length >= 3 && strstr(word, wanted) != NULL)
		return 100 + word_length;
	return SIZE_MAX;
}

/* By the nearest of the words that lead to the entry. */
static size_t distance_to(const struct teach_entry *entry, const char *wanted, size_t length)
{
	size_t best = distance_to_word(entry->word, strlen(entry->word), wanted, length);

	for (const char *at = entry->also; at != NULL && *at != '\0';) {
		const size_t also = strcspn(at, " ");
		const size_t distance = distance_to_word(at, also, wanted, length);

		if (distance < best)
			best = distance;
		at += also;
		at += strspn(at, " ");
	}
	return best;
}

/* "four-way" opens and closes. */
static bool is_among(const char *word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

static size_t nearest_to(const char *wanted, size_t length, const char **near, size_t room)
{
	const struct teach_entry *at;
	size_t best[8], count = 0;

	if (room > sizeof(best) / sizeof(best[0]))
		room = sizeof(best) / sizeof(best[0]);
	for (size_t i = 0; (at = teach_at(i)) != NULL; i++) {
		const size_t distance = distance_to(at, wanted, length);
		size_t place = count;

		if (distance == SIZE_MAX || is_among(at->word, near, count))
			continue;
		while (place > 0 && best[place - 1] > distance)
			place--;
		if (place >= room)
			continue;
		if (count < room)
			count++;
		for (size_t j = count - 1; j > place; j--) {
			best[j] = best[j - 1];
			near[j] = near[j - 1];
		}
		best[place] = distance;
		near[place] = at->word;
	}
	return count;
}

size_t teach_nearest(const char *word, const char **near, size_t room)
{
	char wanted[WORD_MAX];
	size_t count =
	    nearest_to(wanted, normalise(word, strlen(word), wanted, sizeof(wanted)), near, room);

	/* "isn-healthy" is near nothing, but what begins with "isn" may be what is meant. */
	for (char *part = wanted; count == 0 && *part != '\0';) {
		const size_t length = strcspn(part, "-");
		char *next = part + length + (part[length] != '\0');

		part[length] = '\0';
		if (length >= PART_MIN)
			count = nearest_to(part, length, near, room);
		part = next;
	}
	return count;
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
