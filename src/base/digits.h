/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Numbers, times and addresses to text without printf, for output by the million lines.
 * Each writes at `to`, without a NUL, and returns one past the last octet written.
 */
#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

#include <stdint.h>
#include <tcphs/segment.h>

enum {
	DIGITS_U64 = 20,     /* octets that digits_u64() may write */
	DIGITS_SECONDS = 21, /* digits_seconds() */
	DIGITS_INSTANT = 32, /* digits_instant() */
	DIGITS_ADDRESS = 46, /* digits_address() */
};

char *digits_u64(char *to, uint64_t value);

/* Nanoseconds as seconds: "0.188119", "12", "-0.5"; no exponent, no zeros at the end. */
char *digits_seconds(char *to, int64_t nanoseconds);

/* Nanoseconds since 1970 as "2026-11-21T09:26:27.123456789Z". Years 1677 to 2262 is all that
 * 64 bits hold. */
char *digits_instant(char *to, int64_t nanoseconds);

/* As inet_ntop(). */
char *digits_address(char *to, const struct tcphs_address *address);

#endif
