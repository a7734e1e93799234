/* SPDX-License-Identifier: BSD-3-Clause */
/* Durations for people: three significant digits and a unit. */
#ifndef BASE_DURATION_H
#define BASE_DURATION_H

#include <stddef.h>
#include <stdint.h>

/* "11.1ms", with `gap` " ": "11.1 ms"; "3m20s" from a minute on; "-" if negative. As snprintf. */
size_t duration_text(int64_t nanoseconds, const char *gap, char *text, size_t size);

#endif
