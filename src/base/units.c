/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/units.h"

#include <ctype.h>
#include <string.h>

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
}

bool units_parse_number(const char *text, size_t length, uint64_t *number)
{
	bool hex = length > 2 && text[0] == '0' && (text[1] | 0x20) == 'x';
	uint64_t base = hex ? 16 : 10, sum = 0;
	size_t i = hex ? 2 : 0;

	if (length == 0)
		return false;
	for (; i < length; i++) {
		uint64_t digit = (uint64_t)digit_value(text[i]);

		if (digit >= base || sum > (UINT64_MAX - digit) / base)
			return false;
		sum = sum * base + digit;
	}
	*number = sum;
	return true;
}

/*
 * Reads "12.5" at the start of the text, times `unit`, exactly: digits of the fraction that
 * are worth less than one are dropped. Returns the octets read, 0 if there is no number.
 */
static size_t parse_scaled(const char *text, size_t length, uint64_t unit, uint64_t *value)
{
	uint64_t sum = 0, weight = unit;
	size_t i;

	for (i = 0; i < length && isdigit((unsigned char)text[i]); i++) {
		uint64_t digit = (uint64_t)(text[i] - '0');

		if (sum > (UINT64_MAX - digit) / 10)
			return 0;
		sum = sum * 10 + digit;
	}
	if (i == 0 || sum > UINT64_MAX / 2 / unit)
		return 0;
	sum *= unit;
	if (i + 1 < length && text[i] == '.' && isdigit((unsigned char)text[i + 1])) {
		/* 1.5k: 5/10 of 1000; the weight's own fraction is lost below 10^-19 only. */
		for (i++; i < length && isdigit((unsigned char)text[i]); i++) {
			sum += weight % 10 * (uint64_t)(text[i] - '0') / 10;
			weight /= 10;
			sum += weight * (uint64_t)(text[i] - '0');
		}
	}
	*value = sum;
	return i;
}

/* How many octets of the text are the number itself. */
static size_t number_length(const char *text, size_t length)
{
	size_t i = 0;

	while (i < length && (isdigit((unsigned char)text[i]) || text[i] == '.'))
		i++;
	return i;
}

bool units_parse_size(const char *text, size_t length, uint64_t kilo, uint64_t *size)
{
	static const char prefixes[] = "kmgt";
	size_t number = number_length(text, length), rest = number;
	uint64_t unit = 1;

	if (rest < length) {
		const char *prefix = strchr(prefixes, text[rest] | 0x20);

		if (prefix != NULL && *prefix != '\0') {
			for (const char *p = prefixes; p <= prefix; p++)
				unit *= kilo;
			rest++;
			if (rest < length && text[rest] == 'i')
				rest++;
		}
	}
	if (rest < length && (text[rest] == 'B' || text[rest] == 'b'))
		rest++;
	return rest == length && parse_scaled(text, number, unit, size) == number && number > 0;
}

bool units_parse_duration(const char *text, size_t length, int64_t *nanoseconds)
{
	static const struct {
		const char *name;
		uint64_t unit;
	} units[] = {
	    {"", 1000000000},     {"ns", 1},
	    {"us", 1000},         {"\xc2\xb5s", 1000},
	    {"ms", 1000000},      {"s", 1000000000},
	    {"m", 60000000000},   {"min", 60000000000},
	    {"h", 3600000000000}, {"d", 86400000000000},
	};
	size_t number = number_length(text, length), rest = length - number;
	uint64_t value;

	if (number == 0)
		return false;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strlen(units[i].name) != rest ||
		    memcmp(units[i].name, text + number, rest) != 0)
			continue;
		if (parse_scaled(text, number, units[i].unit, &value) != number ||
		    value > INT64_MAX)
			return false;
		*nanoseconds = (int64_t)value;
		return true;
	}
	return false;
}
