/* SPDX-License-Identifier: BSD-3-Clause */
#include "teach/expect.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/bounded.h"
#include "base/escape.h"
#include "base/units.h"

struct piece {
	const char *at;
	size_t length;
};

static const struct {
	const char *word;
	enum expect_kind kind;
} kinds[] = {
    {"some", EXPECT_SOME}, {"every", EXPECT_EVERY}, {"no", EXPECT_NO}, {"count", EXPECT_COUNT}};

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static struct piece trim(struct piece text)
{
	while (text.length > 0 && blank(text.at[0])) {
		text.at++;
		text.length--;
	}
	while (text.length > 0 && blank(text.at[text.length - 1]))
		text.length--;
	return text;
}

/* A comment begins with '#' at the start of the line or after a blank. */
static struct piece without_comment(struct piece text)
{
	for (size_t i = 0; i < text.length; i++)
		if (text.at[i] == '#' && (i == 0 || blank(text.at[i - 1])))
			text.length = i;
	return trim(text);
}

/* Takes the first word off *text. */
static struct piece take_word(struct piece *text)
{
	struct piece word = {text->at, 0};

	while (word.length < text->length && !blank(text->at[word.length]))
		word.length++;
	text->at += word.length;
	text->length -= word.length;
	*text = trim(*text);
	return word;
}

static bool is_word(struct piece piece, const char *word)
{
	return strlen(word) == piece.length && memcmp(word, piece.at, piece.length) == 0;
}

static char *copy(struct piece piece)
{
	char *text = malloc(piece.length + 1);

	if (text == NULL)
		return NULL;
	memcpy(text, piece.at, piece.length);
	text[piece.length] = '\0';
	return text;
}

/* "some", "every", "no" or "count N" off *text. */
static bool compile_kind(struct piece *text, struct expectation *item)
{
	const struct piece word = take_word(text);
	struct piece number;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!is_word(word, kinds[i].word))
			continue;
		item->kind = kinds[i].kind;
		if (item->kind != EXPECT_COUNT)
			return true;
		number = take_word(text);
		return units_parse_number(number.at, number.length, &item->wanted);
	}
	return false;
}

static bool compile_line(struct piece line, const char *name, struct expectation *item,
                         struct tcphs_error *error)
{
	struct tcphs_error cause = {0};
	struct piece rest = line;
	char *query;

	item->text = escape_copy(line.at, line.length);
	if (item->text == NULL)
		return tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted") == TCPHS_OK;
	if (!compile_kind(&rest, item)) {
		tcphs_error_set(error, TCPHS_USAGE,
		                "%s line %u: '%s' begins with none of: some QUERY, every QUERY, "
		                "no QUERY, count N QUERY",
		                name, item->line, item->text);
		return false;
	}
	query = copy(rest);
	if (query == NULL)
		return tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted") == TCPHS_OK;
	item->query = tcphs_query_compile(query, NULL, NULL, &cause);
	free(query);
	if (item->query == NULL)
		tcphs_error_set(error, TCPHS_USAGE, "%s line %u: %s", name, item->line, cause.text);
	return item->query != NULL;
}

/* Adds an empty expectation; NULL beyond the cap or without memory. */
static struct expectation *append(struct expect *expect)
{
	struct expectation *item;

	if (expect->count == EXPECT_LINES_MAX)
		return NULL;
	item = realloc(expect->item, (expect->count + 1) * sizeof(*item));
	if (item == NULL)
		return NULL;
	expect->item = item;
	item = &expect->item[expect->count++];
	*item = (struct expectation){.kind = EXPECT_SOME};
	return item;
}

static bool compile_all(struct expect *expect, struct piece text, const char *name,
                        struct tcphs_error *error)
{
	for (unsigned number = 1; text.length > 0; number++) {
		const char *end = memchr(text.at, '\n', text.length);
		const size_t length = end != NULL ? (size_t)(end - text.at) : text.length;
		const struct piece line = without_comment((struct piece){text.at, length});
		struct expectation *item;

		text.at += end != NULL ? length + 1 : length;
		text.length -= end != NULL ? length + 1 : length;
		if (line.length == 0)
			continue;
		item = append(expect);
		if (item == NULL) {
			tcphs_error_set(error, TCPHS_USAGE, "%s has more than %d expectations",
			                name, EXPECT_LINES_MAX);
			return false;
		}
		item->line = number;
		if (!compile_line(line, name, item, error))
			return false;
	}
	if (expect->count > 0)
		return true;
	tcphs_error_set(error, TCPHS_USAGE,
	                "%s holds no expectation; write one a line, e.g. "
	                "'some open:three-way'",
	                name);
	return false;
}

struct expect *expect_compile(const char *text, size_t length, const char *name,
                              struct tcphs_error *error)
{
	struct expect *expect = calloc(1, sizeof(*expect));

	if (expect == NULL) {
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
		return NULL;
	}
	if (compile_all(expect, (struct piece){text, length}, name, error))
		return expect;
	expect_free(expect);
	return NULL;
}

void expect_free(struct expect *expect)
{
	if (expect == NULL)
		return;
	for (size_t i = 0; i < expect->count; i++) {
		free(expect->item[i].text);
		tcphs_query_free(expect->item[i].query);
	}
	free(expect->item);
	free(expect);
}

bool expect_needs_rows(const struct expect *expect)
{
	for (size_t i = 0; i < expect->count; i++)
		if (tcphs_query_needs_rows(expect->item[i].query))
			return true;
	return false;
}

void expect_start(struct expect *expect)
{
	for (size_t i = 0; i < expect->count; i++)
		expect->item[i].matching = expect->item[i].others = 0;
}

void expect_see(struct expect *expect, const struct tcphs_query_subject *subject)
{
	const uint64_t id = subject->analysis->connection.id;

	for (size_t i = 0; i < expect->count; i++) {
		struct expectation *item = &expect->item[i];
		const bool matches = tcphs_query_matches(item->query, subject);
		uint64_t *count = matches ? &item->matching : &item->others;
		uint64_t *first = matches ? item->matching_id : item->other_id;

		if (*count < EXPECT_IDS_MAX)
			first[*count] = id;
		(*count)++;
	}
}

bool expect_holds(const struct expectation *item)
{
	switch (item->kind) {
	case EXPECT_SOME:
		return item->matching > 0;
	case EXPECT_EVERY:
		return item->matching > 0 && item->others == 0;
	case EXPECT_NO:
		return item->matching == 0;
	case EXPECT_COUNT:
		return item->matching == item->wanted;
	}
	return false;
}

static void add_ids(struct bounded *out, const char *verb, const uint64_t *id, uint64_t count)
{
	bounded_addf(out, "connection%s ", count == 1 ? "" : "s");
	for (uint64_t i = 0; i < count && i < EXPECT_IDS_MAX; i++)
		bounded_addf(out, "%s%" PRIu64, i == 0 ? "" : ", ", id[i]);
	if (count > EXPECT_IDS_MAX)
		bounded_addf(out, " and %" PRIu64 " more", count - EXPECT_IDS_MAX);
	bounded_addf(out, " %s", verb);
}

size_t expect_reason(const struct expectation *item, char *text, size_t size)
{
	struct bounded out = bounded_start(text, size);

	if (item->matching + item->others == 0)
		bounded_add(&out, "there is no connection");
	else if (item->kind == EXPECT_EVERY && item->others > 0)
		add_ids(&out, item->others == 1 ? "does not match" : "do not match", item->other_id,
		        item->others);
	else if (item->matching > 0)
		add_ids(&out, item->matching == 1 ? "matches" : "match", item->matching_id,
		        item->matching);
	else
		bounded_addf(&out, "none of %" PRIu64 " connection%s matches", item->others,
		             item->others == 1 ? "" : "s");
	return bounded_end(&out);
}
