/* SPDX-License-Identifier: BSD-3-Clause */
/* What somebody meant who wrote a term without a key: a word of another tool's language, a value
 * alone, or a key with a slip in it. */
#include "query/term.h"

#include "base/nearest.h"

#include <stdlib.h>
#include <string.h>

static bool is_word(struct value value, const char *word)
{
	return strlen(word) == value.length && memcmp(word, value.text, value.length) == 0;
}

/* How tcpdump and Wireshark join terms. */
static const struct foreign {
	const char *word, *says;
} foreign_words[] = {
    {"and", "terms with a space between them must all hold: leave it out"},
    {"&&", "terms with a space between them must all hold: leave it out"},
    {"or", "terms can't be joined so; one key takes several values, as open:refused,no-answer"},
    {"||", "terms can't be joined so; one key takes several values, as open:refused,no-answer"},
    {"not", "a dash before the term negates it, as in -open:refused"},
};

static const char *foreign_word(struct value word)
{
	for (size_t i = 0; i < sizeof(foreign_words) / sizeof(foreign_words[0]); i++)
		if (is_word(word, foreign_words[i].word))
			return foreign_words[i].says;
	return NULL;
}

/* Whether the key takes `value`. */
static bool key_takes(const struct key *key, struct value value)
{
	struct tcphs_error unused;
	struct term term = {.key = key};
	bool taken;

	for (size_t i = 0; key->shown.words != NULL && key->shown.words[i] != NULL; i++)
		if (is_word(value, key->shown.words[i]))
			return true;
	if (key->kind != VALUE_HOST && key->kind != VALUE_PORT && key->kind != VALUE_CODE)
		return false;
	taken = value_add(&term, value, &unused);
	free(term.choice);
	return taken;
}

/* The first key that has the value, for those who type "refused", "10.0.0.5", "443",
 * "retx". */
static const struct key *key_of_value(struct value value)
{
	for (size_t i = 0; i < query_key_count; i++)
		if (key_takes(&query_keys[i], value))
			return &query_keys[i];
	return NULL;
}

static const struct key *key_near(struct value name)
{
	const struct key *nearest = NULL;
	size_t least = SIZE_MAX;

	for (size_t i = 0; i < query_key_count; i++) {
		const char *known = query_keys[i].shown.name;
		size_t distance = nearest_distance(name.text, name.length, known, strlen(known));

		if (distance < least && nearest_is_near(distance, name.length)) {
			least = distance;
			nearest = &query_keys[i];
		}
	}
	return nearest;
}

void mistake_explain(struct value word, struct value name, struct tcphs_error *error)
{
	const char *says = foreign_word(word);
	const struct key *key = says == NULL ? key_of_value(word) : NULL;

	if (says != NULL) {
		tcphs_error_set(error, TCPHS_USAGE, "%s", says);
	} else if (key != NULL) {
		tcphs_error_set(error, TCPHS_USAGE, "a key is missing; did you mean %s:%.*s?",
		                key->shown.name, (int)word.length, word.text);
	} else if ((key = key_near(name)) != NULL) {
		tcphs_error_set(error, TCPHS_USAGE, "there is no such key; did you mean %s?",
		                key->shown.name);
	} else {
		tcphs_error_set(error, TCPHS_USAGE, "there is no such key; -Y help lists them");
	}
}
