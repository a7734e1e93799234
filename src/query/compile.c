/* SPDX-License-Identifier: BSD-3-Clause */
/* From the text of a query to its terms. */
#include "query/term.h"

#include <stdlib.h>
#include <string.h>

struct compiler {
	struct tcphs_query *query;
	struct tcphs_error *error;
	struct value blame; /* what the error is about */
};

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

const struct key *key_named(struct value name)
{
	for (size_t i = 0; i < query_key_count; i++)
		if (strlen(query_keys[i].shown.name) == name.length &&
		    memcmp(query_keys[i].shown.name, name.text, name.length) == 0)
			return &query_keys[i];
	return NULL;
}

static struct term *new_term(struct compiler *compiler)
{
	struct tcphs_query *query = compiler->query;

	if (query->terms == query->room) {
		size_t room = query->room == 0 ? 4 : query->room * 2;
		struct term *term = realloc(query->term, room * sizeof(*term));

		if (term == NULL) {
			tcphs_error_set(compiler->error, TCPHS_NOMEM, "memory is exhausted");
			return NULL;
		}
		query->term = term;
		query->room = room;
	}
	query->term[query->terms] = (struct term){0};
	return &query->term[query->terms++];
}

/* "a,b,c" */
static bool add_values(struct compiler *compiler, struct term *term, struct value rest)
{
	for (;;) {
		const char *comma = memchr(rest.text, ',', rest.length);
		size_t length = comma != NULL ? (size_t)(comma - rest.text) : rest.length;

		compiler->blame = (struct value){rest.text, length};
		if (!value_add(term, compiler->blame, compiler->error))
			return false;
		if (comma == NULL)
			return true;
		rest = (struct value){comma + 1, rest.length - length - 1};
	}
}

static bool wrong_operator(struct compiler *compiler, const struct term *term,
                           struct value operator)
{
	compiler->blame = operator;
	tcphs_error_set(compiler->error, TCPHS_USAGE, "%s is not compared; write %s:VALUE",
	                term->key->shown.name, term->key->shown.name);
	return false;
}

/* What stands after the key: ":a,b", ">=1", ":>1". */
static bool add_condition(struct compiler *compiler, struct term *term, struct value rest)
{
	const char *operators = term->key->shown.operators;
	size_t length;

	if (rest.length > 0 && rest.text[0] == ':')
		rest = (struct value){rest.text + 1, rest.length - 1};
	for (length = 0; length < rest.length && length < 2; length++)
		if (memchr(length == 0 ? "<>=" : "=", rest.text[length], length == 0 ? 3 : 1) ==
		    NULL)
			break;
	if (length == 0)
		return add_values(compiler, term, rest);
	if (strchr(operators, rest.text[0]) == NULL)
		return wrong_operator(compiler, term, (struct value){rest.text, length});
	compiler->blame = (struct value){rest.text + length, rest.length - length};
	return value_add_compared(term, (struct value){rest.text, length}, compiler->blame,
	                          compiler->error);
}

static bool compile_term(struct compiler *compiler, struct value word)
{
	struct term *term = new_term(compiler);
	struct value name;

	if (term == NULL)
		return false;
	term->negated = word.length > 1 && (word.text[0] == '-' || word.text[0] == '!');
	if (term->negated)
		word = (struct value){word.text + 1, word.length - 1};
	for (name = (struct value){word.text, 0}; name.length < word.length; name.length++)
		if (memchr(":<>=", word.text[name.length], 4) != NULL)
			break;
	term->key = key_named(name);
	if (term->key == NULL) {
		compiler->blame = name;
		mistake_explain(word, name, compiler->error);
		return false;
	}
	compiler->blame = word;
	if (term->key->kind == VALUE_NONE) {
		if (name.length == word.length)
			return true;
		tcphs_error_set(compiler->error, TCPHS_USAGE, "%s stands alone, without a value",
		                term->key->shown.name);
		return false;
	}
	if (name.length == word.length) {
		tcphs_error_set(compiler->error, TCPHS_USAGE, "%s needs a value, as %s:VALUE",
		                term->key->shown.name, term->key->shown.name);
		return false;
	}
	return add_condition(compiler, term,
	                     (struct value){word.text + name.length, word.length - name.length});
}

static bool compile_words(struct compiler *compiler)
{
	const char *text = compiler->query->text;

	for (;;) {
		size_t length = 0;

		while (is_space(*text))
			text++;
		while (text[length] != '\0' && !is_space(text[length]))
			length++;
		if (length == 0)
			return true;
		if (!compile_term(compiler, (struct value){text, length}))
			return false;
		text += length;
	}
}

struct tcphs_query *tcphs_query_compile(const char *text, size_t *at, size_t *length,
                                        struct tcphs_error *error)
{
	struct compiler compiler = {.query = calloc(1, sizeof(struct tcphs_query)), .error = error};
	size_t size = strlen(text) + 1;
	bool right = false;

	if (compiler.query != NULL && size <= QUERY_TEXT_MAX)
		compiler.query->text = malloc(size);
	if (compiler.query != NULL && compiler.query->text != NULL) {
		memcpy(compiler.query->text, text, size);
		compiler.blame = (struct value){compiler.query->text, 0};
		right = compile_words(&compiler);
	} else if (size > QUERY_TEXT_MAX) {
		tcphs_error_set(error, TCPHS_USAGE, "a query has at most %d octets",
		                QUERY_TEXT_MAX - 1);
	} else {
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
	}
	if (right)
		return compiler.query;
	if (at != NULL)
		*at = compiler.blame.text == NULL
		          ? 0
		          : (size_t)(compiler.blame.text - compiler.query->text);
	if (length != NULL)
		*length = compiler.blame.length;
	tcphs_query_free(compiler.query);
	return NULL;
}

void tcphs_query_free(struct tcphs_query *query)
{
	if (query == NULL)
		return;
	for (size_t i = 0; i < query->terms; i++)
		free(query->term[i].choice);
	free(query->term);
	free(query->text);
	free(query);
}
