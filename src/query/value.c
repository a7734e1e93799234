/* SPDX-License-Identifier: BSD-3-Clause */
/* What stands after a key: each kind of value by one function. */
#include "query/value.h"

#include "base/bounded.h"
#include "base/nearest.h"
#include "base/service.h"
#include "base/units.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <tcphs/diagnosis.h>

struct choice *term_choice(struct term *term, struct tcphs_error *error)
{
	if (term->choices == term->room) {
		size_t room = term->room == 0 ? 4 : term->room * 2;
		struct choice *choice = realloc(term->choice, room * sizeof(*choice));

		if (choice == NULL) {
			tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
			return NULL;
		}
		term->choice = choice;
		term->room = room;
	}
	term->choice[term->choices] = (struct choice){0};
	return &term->choice[term->choices++];
}

bool value_wrong(struct tcphs_error *error, const struct term *term, const char *what)
{
	tcphs_error_set(error, TCPHS_USAGE, "%s: needs %s", term->key->shown.name, what);
	return false;
}

/* ---- numbers -------------------------------------------------------------------------- */

bool value_parse_port(const char *text, size_t length, int64_t *number)
{
	uint64_t value;
	uint16_t port;

	if (units_parse_number(text, length, &value)) {
		*number = (int64_t)value;
		return value <= UINT16_MAX;
	}
	if (!service_port(text, length, &port))
		return false;
	*number = port;
	return true;
}

static bool parse_number(enum value_kind kind, const char *text, size_t length, int64_t *number)
{
	uint64_t value;

	if (kind == VALUE_DURATION)
		return units_parse_duration(text, length, number);
	if (kind == VALUE_PORT)
		return value_parse_port(text, length, number);
	if (kind == VALUE_SIZE ? !units_parse_size(text, length, 1000, &value)
	                       : !units_parse_number(text, length, &value))
		return false;
	*number = (int64_t)value;
	return value <= INT64_MAX;
}

static const char *number_wanted(enum value_kind kind)
{
	return kind == VALUE_DURATION ? "a duration, as 100ms or 1.5s"
	       : kind == VALUE_PORT   ? "a port, as 443, http or 8000-8099"
	       : kind == VALUE_SIZE   ? "a number, as 1000, 20k or 1M"
	                              : "a number or a range, as 3 or 7-9";
}

/* "7", "7-9", "7-"; a service's name may hold a dash, so the whole is tried first. */
static bool add_number(struct term *term, struct value value, struct tcphs_error *error)
{
	enum value_kind kind = (enum value_kind)term->key->kind;
	const char *dash = memchr(value.text, '-', value.length);
	struct choice *choice = term_choice(term, error);
	size_t low, high;

	if (choice == NULL)
		return false;
	if (parse_number(kind, value.text, value.length, &choice->low)) {
		choice->high = choice->low;
		return true;
	}
	if (dash == NULL)
		return value_wrong(error, term, number_wanted(kind));
	low = (size_t)(dash - value.text);
	high = value.length - low - 1;
	choice->high = INT64_MAX;
	if (!parse_number(kind, value.text, low, &choice->low) ||
	    (high > 0 && !parse_number(kind, dash + 1, high, &choice->high)) ||
	    choice->low > choice->high)
		return value_wrong(error, term, number_wanted(kind));
	return true;
}

bool value_add_compared(struct term *term, struct value operator, struct value value,
                        struct tcphs_error *error)
{
	enum value_kind kind = (enum value_kind)term->key->kind;
	bool or_equal = operator.length == 2;
	struct choice *choice = term_choice(term, error);
	int64_t number;

	if (choice == NULL)
		return false;
	if (!parse_number(kind, value.text, value.length, &number))
		return value_wrong(error, term, number_wanted(kind));
	choice->low = INT64_MIN;
	choice->high = INT64_MAX;
	if (*operator.text != '<')
		choice->low =
		    *operator.text == '>' && !or_equal ? number + (number < INT64_MAX) : number;
	if (*operator.text != '>')
		choice->high = *operator.text == '<' && !or_equal ? number - 1 : number;
	return true;
}

/* ---- words and codes ------------------------------------------------------------------ */

static bool is_word(const char *word, struct value value)
{
	return strlen(word) == value.length && strncasecmp(word, value.text, value.length) == 0;
}

static bool add_word(struct term *term, struct value value, struct tcphs_error *error)
{
	const char *const *words = term->key->shown.words;
	const char *nearest = NULL;
	size_t least = SIZE_MAX;
	char text[256];
	struct bounded all = bounded_start(text, sizeof(text));

	for (size_t i = 0; words[i] != NULL; i++) {
		size_t distance =
		    nearest_distance(value.text, value.length, words[i], strlen(words[i]));

		if (is_word(words[i], value)) {
			term->words |= UINT32_C(1) << i;
			return true;
		}
		if (distance < least && nearest_is_near(distance, value.length)) {
			least = distance;
			nearest = words[i];
		}
		bounded_addf(&all, "%s%s", i > 0 ? ", " : "", words[i]);
	}
	bounded_end(&all);
	if (nearest != NULL)
		tcphs_error_set(error, TCPHS_USAGE, "%s has no such value; did you mean %s:%s?",
		                term->key->shown.name, term->key->shown.name, nearest);
	else
		tcphs_error_set(error, TCPHS_USAGE, "%s: has no such value; there are %s",
		                term->key->shown.name, text);
	return false;
}

static bool add_code(struct term *term, struct value value, struct tcphs_error *error)
{
	enum tcphs_code code = tcphs_code_find(value.text, value.length);
	const char *nearest = NULL;
	size_t least = SIZE_MAX;

	_Static_assert(TCPHS_CODE_COUNT <= 64 * QUERY_CODE_WORDS, "a bit for each code");
	for (int i = 0; i < TCPHS_SEVERITY_COUNT; i++) {
		if (is_word(tcphs_severity_name((enum tcphs_severity)i), value)) {
			term->severities |= UINT32_C(1) << i;
			return true;
		}
	}
	if (code < TCPHS_CODE_COUNT) {
		term->codes[code / 64] |= UINT64_C(1) << code % 64;
		return true;
	}
	for (int i = 0; i < TCPHS_CODE_COUNT; i++) {
		const char *name = tcphs_code_info((enum tcphs_code)i)->name;
		size_t distance = nearest_distance(value.text, value.length, name, strlen(name));

		if (distance < least && nearest_is_near(distance, value.length)) {
			least = distance;
			nearest = name;
		}
	}
	if (nearest == NULL)
		return value_wrong(error, term,
		                   "a code of tcphs-checks(7), or note, warning, error");
	tcphs_error_set(error, TCPHS_USAGE, "there is no such code; did you mean has:%s?", nearest);
	return false;
}

/* ---- the rest ------------------------------------------------------------------------- */

static bool add_instant(struct term *term, struct value value, struct tcphs_error *error)
{
	struct choice *choice = term_choice(term, error);

	if (choice == NULL)
		return false;
	if (!instant_parse(value.text, value.length, &choice->low, &choice->of_day))
		return value_wrong(error, term, "a time, as 12:00:05 or 2026-11-21T12:00:05Z");
	return true;
}

static bool add_text(struct term *term, struct value value, struct tcphs_error *error)
{
	struct choice *choice = term_choice(term, error);

	if (choice == NULL)
		return false;
	choice->text = value.text;
	choice->length = value.length;
	return true;
}

bool value_add(struct term *term, struct value value, struct tcphs_error *error)
{
	static bool (*const add[])(struct term *, struct value, struct tcphs_error *) = {
	    [VALUE_NUMBER] = add_number,   [VALUE_SIZE] = add_number,
	    [VALUE_DURATION] = add_number, [VALUE_PORT] = add_number,
	    [VALUE_WORD] = add_word,       [VALUE_CODE] = add_code,
	    [VALUE_HOST] = value_add_host, [VALUE_INSTANT] = add_instant,
	    [VALUE_TEXT] = add_text,
	};

	if (value.length == 0)
		return value_wrong(error, term, "a value");
	return add[term->key->kind](term, value, error);
}
