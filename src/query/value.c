/* SPDX-License-Identifier: BSD-3-Clause */
/* What stands after a key: each kind of value by one function. */
#include "query/term.h"

#include "base/bounded.h"
#include "base/nearest.h"
#include "base/service.h"
#include "base/service.h"
#include "base/units.h"

#include <arpa/inet.h>
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

static bool wrong(struct tcphs_error *error, const struct term *term, const char *what)
{
	tcphs_error_set(error, TCPHS_USAGE, "%s: needs %s", term->key->shown.name, what);
	return false;
}

/* ---- numbers -------------------------------------------------------------------------- */

static bool parse_port(const char *text, size_t length, int64_t *number)
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
		return parse_port(text, length, number);
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
		return wrong(error, term, number_wanted(kind));
	low = (size_t)(dash - value.text);
	high = value.length - low - 1;
	choice->high = INT64_MAX;
	if (!parse_number(kind, value.text, low, &choice->low) ||
	    (high > 0 && !parse_number(kind, dash + 1, high, &choice->high)) ||
	    choice->low > choice->high)
		return wrong(error, term, number_wanted(kind));
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
		return wrong(error, term, number_wanted(kind));
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
		return wrong(error, term, "a code of tcphs-checks(7), or note, warning, error");
	tcphs_error_set(error, TCPHS_USAGE, "there is no such code; did you mean has:%s?", nearest);
	return false;
}

/* ---- hosts ---------------------------------------------------------------------------- */

static bool parse_address(const char *text, size_t length, struct tcphs_address *address)
{
	char copy[INET6_ADDRSTRLEN + 1];

	if (length >= sizeof(copy))
		return false;
	memcpy(copy, text, length);
	copy[length] = '\0';
	address->family = 4;
	if (inet_pton(AF_INET, copy, address->octets) == 1)
		return true;
	address->family = 6;
	return inet_pton(AF_INET6, copy, address->octets) == 1;
}

/* "[fd00::1]:443", "10.0.0.1:http": cuts the port off. */
static bool split_port(struct value *value, struct choice *choice)
{
	const char *colon = memrchr(value->text, ':', value->length);
	size_t before = colon != NULL ? (size_t)(colon - value->text) : 0;
	bool bracketed = value->length > 2 && value->text[0] == '[';

	choice->low = 0;
	choice->high = UINT16_MAX;
	if (bracketed && value->text[value->length - 1] == ']') {
		*value = (struct value){value->text + 1, value->length - 2};
		return true;
	}
	/* More than one colon and no brackets: an IPv6 address without a port. */
	if (colon == NULL || (!bracketed && memchr(value->text, ':', before) != NULL))
		return true;
	if (!parse_port(colon + 1, value->length - before - 1, &choice->low))
		return false;
	choice->high = choice->low;
	*value = (struct value){value->text, before};
	if (!bracketed)
		return true;
	if (before < 2 || value->text[before - 1] != ']')
		return false;
	*value = (struct value){value->text + 1, before - 2};
	return true;
}

static bool parse_host(struct choice *choice, struct value value)
{
	const char *slash = memchr(value.text, '/', value.length);
	size_t before = slash != NULL ? (size_t)(slash - value.text) : value.length;
	uint64_t bits;

	if (!parse_address(value.text, before, &choice->address))
		return false;
	choice->prefix = choice->address.family == 4 ? 32 : 128;
	if (slash == NULL)
		return true;
	if (!units_parse_number(slash + 1, value.length - before - 1, &bits) ||
	    bits > choice->prefix)
		return false;
	choice->prefix = (uint8_t)bits;
	return true;
}

static bool add_host(struct term *term, struct value value, struct tcphs_error *error)
{
	struct choice *choice = term_choice(term, error);

	if (choice == NULL)
		return false;
	if (!split_port(&value, choice) || (value.length > 0 && !parse_host(choice, value)))
		return wrong(error, term,
		             "an address or network, as 10.0.0.5, fd00::1 or 10.0.0.0/8");
	return true;
}

/* ---- the rest ------------------------------------------------------------------------- */

static bool add_instant(struct term *term, struct value value, struct tcphs_error *error)
{
	struct choice *choice = term_choice(term, error);

	if (choice == NULL)
		return false;
	if (!instant_parse(value.text, value.length, &choice->low, &choice->of_day))
		return wrong(error, term, "a time, as 12:00:05 or 2026-11-21T12:00:05Z");
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
	    [VALUE_HOST] = add_host,       [VALUE_INSTANT] = add_instant,
	    [VALUE_TEXT] = add_text,
	};

	if (value.length == 0)
		return wrong(error, term, "a value");
	return add[term->key->kind](term, value, error);
}
