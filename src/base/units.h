/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Numbers as people type them: 1000, 64M, 100ms, 1.5s. Text need not be NUL-terminated.
 * All are false where the whole text is not one such number, or it does not fit.
 */
#ifndef BASE_UNITS_H
#define BASE_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decimal digits, or hexadecimal ones after 0x. */
bool units_parse_number(const char *text, size_t length, uint64_t *number);

/* A number, perhaps with a fraction, and perhaps k, M, G or T (times `kilo`^1..4), B or iB. */
bool units_parse_size(const char *text, size_t length, uint64_t kilo, uint64_t *size);

/* A number, perhaps with a fraction, and ns, us, ms, s, m, min, h or d; alone: seconds.
 * The result is nanoseconds. */
bool units_parse_duration(const char *text, size_t length, int64_t *nanoseconds);

#endif
