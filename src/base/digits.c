/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/digits.h"

#include <arpa/inet.h>
#include <string.h>

#define BILLION INT64_C(1000000000)

static const char pairs[] = "00010203040506070809101112131415161718192021222324252627282930313233"
                            "34353637383940414243444546474849505152535455565758596061626364656667"
                            "6869707172737475767778798081828384858687888990919293949596979899";

char *digits_u64(char *to, uint64_t value)
{
	char digits[DIGITS_U64], *at = digits + sizeof(digits);
	size_t length;

	while (value >= 100) {
		at -= 2;
		memcpy(at, pairs + value % 100 * 2, 2);
		value /= 100;
	}
	if (value >= 10) {
		at -= 2;
		memcpy(at, pairs + value * 2, 2);
	} else {
		*--at = (char)('0' + value);
	}
	length = (size_t)(digits + sizeof(digits) - at);
	memcpy(to, at, length);
	return to + length;
}

/* Exactly `count` digits, with zeros in front. */
static char *digits_fixed(char *to, uint64_t value, int count)
{
	for (int i = count - 1; i >= 0; i--) {
		to[i] = (char)('0' + value % 10);
		value /= 10;
	}
	return to + count;
}

char *digits_seconds(char *to, int64_t nanoseconds)
{
	uint64_t all = nanoseconds < 0 ? 0 - (uint64_t)nanoseconds : (uint64_t)nanoseconds;
	uint64_t fraction = all % (uint64_t)BILLION;

	if (nanoseconds < 0)
		*to++ = '-';
	to = digits_u64(to, all / (uint64_t)BILLION);
	if (fraction == 0)
		return to;
	*to++ = '.';
	to = digits_fixed(to, fraction, 9);
	while (to[-1] == '0')
		to--;
	return to;
}

/* Days since 1970 to a civil date; years begin in March, so that the leap day is the last. */
static void civil_date(int64_t days, uint64_t *year, uint64_t *month, uint64_t *day)
{
	uint64_t shifted = (uint64_t)(days + 719468); /* since 0000-03-01 */
	uint64_t era = shifted / 146097, of_era = shifted % 146097;
	uint64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	uint64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	uint64_t shifted_month = (5 * of_year + 2) / 153;

	*day = of_year - (153 * shifted_month + 2) / 5 + 1;
	*month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
	*year = year_of_era + era * 400 + (*month <= 2);
}

char *digits_instant(char *to, int64_t nanoseconds)
{
	int64_t seconds = nanoseconds / BILLION, fraction = nanoseconds % BILLION, days;
	uint64_t year, month, day, second;

	if (fraction < 0) {
		fraction += BILLION;
		seconds--;
	}
	days = (seconds >= 0 ? seconds : seconds - 86399) / 86400;
	second = (uint64_t)(seconds - days * 86400);
	civil_date(days, &year, &month, &day);
	to = digits_fixed(to, year, 4);
	*to++ = '-';
	to = digits_fixed(to, month, 2);
	*to++ = '-';
	to = digits_fixed(to, day, 2);
	*to++ = 'T';
	to = digits_fixed(to, second / 3600, 2);
	*to++ = ':';
	to = digits_fixed(to, second / 60 % 60, 2);
	*to++ = ':';
	to = digits_fixed(to, second % 60, 2);
	*to++ = '.';
	to = digits_fixed(to, (uint64_t)fraction, 9);
	*to++ = 'Z';
	return to;
}

char *digits_address(char *to, const struct tcphs_address *address)
{
	char text[INET6_ADDRSTRLEN];
	size_t length;

	if (address->family == 4) {
		for (int i = 0; i < 4; i++) {
			to = digits_u64(to, address->octets[i]);
			if (i < 3)
				*to++ = '.';
		}
		return to;
	}
	if (inet_ntop(AF_INET6, address->octets, text, sizeof(text)) == NULL)
		return to;
	length = strlen(text);
	memcpy(to, text, length);
	return to + length;
}
