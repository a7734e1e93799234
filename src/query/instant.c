/* SPDX-License-Identifier: BSD-3-Clause */
/* Times as people type them. */
#include "query/term.h"

#include <string.h>
#include <time.h>

#define BILLION INT64_C(1000000000)

struct cursor {
	const char *at, *end;
};

/* Exactly `digits` digits, at most `most`. */
static bool take_number(struct cursor *cursor, int digits, int most, int *number)
{
	int sum = 0;

	if (cursor->end - cursor->at < digits)
		return false;
	for (int i = 0; i < digits; i++) {
		char c = *cursor->at++;

		if (c < '0' || c > '9')
			return false;
		sum = sum * 10 + (c - '0');
	}
	*number = sum;
	return sum <= most;
}

static bool take_char(struct cursor *cursor, char c)
{
	if (cursor->at == cursor->end || *cursor->at != c)
		return false;
	cursor->at++;
	return true;
}

static bool take_fraction(struct cursor *cursor, int64_t *nanoseconds)
{
	int64_t weight = BILLION / 10;

	if (cursor->at == cursor->end)
		return false;
	for (; cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9'; cursor->at++) {
		*nanoseconds += weight * (*cursor->at - '0');
		weight /= 10;
	}
	return true;
}

/* HH:MM[:SS[.fraction]] */
static bool take_clock(struct cursor *cursor, struct tm *tm, int64_t *nanoseconds)
{
	if (!take_number(cursor, 2, 23, &tm->tm_hour) || !take_char(cursor, ':') ||
	    !take_number(cursor, 2, 59, &tm->tm_min))
		return false;
	if (!take_char(cursor, ':'))
		return true;
	if (!take_number(cursor, 2, 60, &tm->tm_sec))
		return false;
	return !take_char(cursor, '.') || take_fraction(cursor, nanoseconds);
}

static bool take_date(struct cursor *cursor, struct tm *tm)
{
	int year, month;

	if (!take_number(cursor, 4, 2261, &year) || !take_char(cursor, '-') ||
	    !take_number(cursor, 2, 12, &month) || !take_char(cursor, '-') ||
	    !take_number(cursor, 2, 31, &tm->tm_mday))
		return false;
	tm->tm_year = year - 1900;
	tm->tm_mon = month - 1;
	return year >= 1678 && month >= 1 && tm->tm_mday >= 1;
}

bool instant_parse(const char *text, size_t length, int64_t *value, bool *of_day)
{
	struct cursor cursor = {text, text + length};
	int64_t nanoseconds = 0;
	struct tm tm = {.tm_isdst = -1};
	bool utc;

	*of_day = length >= 3 && text[2] == ':';
	if (*of_day) {
		if (!take_clock(&cursor, &tm, &nanoseconds) || cursor.at != cursor.end)
			return false;
		*value = (int64_t)(tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec) * BILLION;
		*value += nanoseconds;
		return true;
	}
	if (!take_date(&cursor, &tm))
		return false;
	if (take_char(&cursor, 'T') && !take_clock(&cursor, &tm, &nanoseconds))
		return false;
	utc = take_char(&cursor, 'Z');
	if (cursor.at != cursor.end)
		return false;
	*value = (int64_t)(utc ? timegm(&tm) : mktime(&tm)) * BILLION + nanoseconds;
	return true;
}

int64_t instant_of_day(int64_t nanoseconds)
{
	int64_t fraction = nanoseconds % BILLION;
	time_t seconds = (time_t)(nanoseconds / BILLION);
	struct tm tm;

	if (fraction < 0) {
		fraction += BILLION;
		seconds--;
	}
	localtime_r(&seconds, &tm);
	return (int64_t)(tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec) * BILLION + fraction;
}
