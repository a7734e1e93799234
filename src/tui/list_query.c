/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/list.h"

#include "tui/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool list_set_query(struct list *list, const char *text, struct tcphs_error *error)
{
	struct tcphs_query *query = NULL;

	text += strspn(text, " ");
	if (text[0] != '\0') {
		query = tcphs_query_compile(text, NULL, NULL, error);
		if (query == NULL)
			return false;
		snprintf(list->last_query, sizeof(list->last_query), "%s", text);
	}
	snprintf(list->query, sizeof(list->query), "%s", text);
	list->unfolded = false;
	rows_set_query(&list->screen.app->rows, query);
	return true;
}

/* Of a last word that is only begun it is said how it goes on, not what is wrong with it. */
static bool check_query(void *context, const char *text, size_t *at, size_t *length,
                        struct tcphs_error *error)
{
	size_t wrong = 0, octets = 0;
	struct tcphs_query *query = tcphs_query_compile(text, &wrong, &octets, error);
	char addition[64];

	tcphs_query_free(query);
	if (query != NULL)
		return true;
	if (wrong + octets == strlen(text) &&
	    query_complete(context, text, addition, sizeof(addition)))
		tcphs_error_set(error, TCPHS_USAGE, "not complete yet: Tab adds the rest");
	*at = wrong;
	*length = octets;
	return false;
}

/* The list follows the query while it is typed, as far as it can be read. The connection that was
 * selected before is so again wherever it is in the list. */
static void try_query(void *context, const char *text)
{
	struct list *list = context;
	struct tcphs_query *query = NULL;
	struct rows *rows = &list->screen.app->rows;

	text += strspn(text, " ");
	if (strcmp(text, list->query) == 0)
		return;
	if (text[0] != '\0' && (query = tcphs_query_compile(text, NULL, NULL, NULL)) == NULL)
		return;
	snprintf(list->query, sizeof(list->query), "%s", text);
	list->id = list->asking.id;
	if (strcmp(text, list->asking.query) == 0)
		rows_restore(rows, query);
	else
		rows_try_query(rows, query);
}

static void cancel_query(void *context)
{
	struct list *list = context;

	try_query(list, list->asking.query);
	list->asking.is = false;
	list->follow = list->asking.follow;
	list->selected = list->asking.selected;
	list->top = list->asking.top;
}

static bool accept_query(void *context, const char *text, struct tcphs_error *error)
{
	struct list *list = context;
	size_t at, length;

	if (!check_query(list, text, &at, &length, error))
		return false;
	try_query(list, text);
	list->asking.is = false;
	rows_keep(&list->screen.app->rows);
	if (list->query[0] != '\0')
		snprintf(list->last_query, sizeof(list->last_query), "%s", list->query);
	list->unfolded = list->unfolded && strcmp(list->query, list->asking.query) == 0;
	return true;
}

/* The first word of words[] that begins with word[0..length), and is longer. */
static const char *longer_word(const char *const *words, const char *word, size_t length)
{
	for (; words != NULL && *words != NULL; words++) {
		if (strncmp(*words, word, length) == 0 && strlen(*words) > length)
			return *words;
	}
	return NULL;
}

bool query_complete(void *context, const char *text, char *addition, size_t size)
{
	const struct tcphs_query_key *key;
	const char *space = strrchr(text, ' '), *term = space != NULL ? space + 1 : text;

	(void)context;
	term += *term == '-';
	for (size_t i = 0; (key = tcphs_query_key(i)) != NULL; i++) {
		size_t length = strlen(term), name = strlen(key->name);
		const char *value = term + name, *comma, *word;

		if (length > 0 && length < name && strncmp(key->name, term, length) == 0) {
			snprintf(addition, size, "%s%c", key->name + length, key->operators[0]);
			return true;
		}
		if (strncmp(key->name, term, name) != 0 || *value != ':')
			continue;
		comma = strrchr(value, ',');
		value = comma != NULL ? comma + 1 : value + 1;
		word = longer_word(key->words, value, strlen(value));
		if (word == NULL)
			return false;
		snprintf(addition, size, "%s", word + strlen(value));
		return true;
	}
	return false;
}

static const struct prompt_kind query_prompt = {
    .label = "/",
    .history = HISTORY_QUERY,
    .check = check_query,
    .changed = try_query,
    .cancel = cancel_query,
    .accept = accept_query,
    .complete = query_complete,
};

void list_ask_query(struct list *list)
{
	list->asking.is = true;
	list->asking.follow = list->follow;
	list->asking.id = list->id;
	list->asking.selected = list->selected;
	list->asking.top = list->top;
	snprintf(list->asking.query, sizeof(list->asking.query), "%s", list->query);
	prompt_open(list->screen.app, &query_prompt, list, list->query);
}

static bool accept_packet(void *context, const char *text, struct tcphs_error *error)
{
	struct list *list = context;
	char query[64], *end;
	unsigned long long number = strtoull(text, &end, 10);

	if (end == text || *end != '\0' || text[0] == '-' || number == 0) {
		tcphs_error_set(error, TCPHS_USAGE, "a packet number, from 1");
		return false;
	}
	snprintf(query, sizeof(query), "packet:%llu", number);
	tcphs_query_free(list->seek.query);
	list->seek.query = tcphs_query_compile(query, NULL, NULL, error);
	if (list->seek.query == NULL)
		return false;
	list->seek.direction = 1;
	list->seek.finding = false;
	list->seek.at = 0;
	return true;
}

static const struct prompt_kind packet_prompt = {
    .label = "packet",
    .history = HISTORY_PACKET,
    .accept = accept_packet,
};

void list_ask_packet(struct list *list)
{
	prompt_open(list->screen.app, &packet_prompt, list, "");
}

void list_seek(struct list *list, int direction, bool finding)
{
	struct app *app = list->screen.app;
	size_t count = list_count(list);

	if (count == 0)
		return;
	tcphs_query_free(list->seek.query);
	list->seek.query = NULL;
	if (!finding) {
		if (list->last_query[0] == '\0') {
			app_message(app, TCPHS_S_DIM, "no query yet: / asks for one");
			return;
		}
		list->seek.query = tcphs_query_compile(list->last_query, NULL, NULL, NULL);
	}
	if ((direction > 0 && list->selected + 1 >= count) ||
	    (direction < 0 && list->selected == 0)) {
		app_message(app, TCPHS_S_DIM,
		            direction > 0 ? "this is the last row" : "this is the first row");
		return;
	}
	list->seek.direction = direction;
	list->seek.finding = finding;
	list->seek.at = list->selected + (size_t)direction; /* -1 wraps as it should */
}

bool list_seek_on(struct list *list, int64_t deadline)
{
	struct app *app = list->screen.app;
	size_t count = list_count(list);

	for (unsigned i = 0; list->seek.at < count; i++) {
		int worst = -1;
		size_t index = rows_at(&app->rows, list->seek.at);
		bool match =
		    index != ROWS_GONE && rows_matches(&app->rows, index, list->seek.query, &worst);

		if (list->seek.finding ? worst >= TCPHS_WARNING : match) {
			list_select(list, list->seek.at);
			list->seek.direction = 0;
			return true;
		}
		list->seek.at += (size_t)list->seek.direction;
		if (i % 32 == 31 && clock_now() > deadline)
			return false;
	}
	list->seek.direction = 0;
	app_message(app, TCPHS_S_DIM, "none found in that direction");
	return true;
}
