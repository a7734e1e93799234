/* SPDX-License-Identifier: BSD-3-Clause */
/* Fetching memory into the cache before it is used. */
#ifndef BASE_FETCH_H
#define BASE_FETCH_H

#include <stddef.h>

#define CACHE_LINE 64

/* gcc takes a function that does nothing but fetch for one without effect, and drops the calls:
 * such a function must be inlined before it looks. */
#define ONLY_FETCHES static inline __attribute__((always_inline))

ONLY_FETCHES void fetch_line(const void *memory)
{
	__builtin_prefetch(memory);
}

/* What is smaller than a cache line and may lie in two. */
ONLY_FETCHES void fetch_across(const void *memory, unsigned size)
{
	__builtin_prefetch(memory);
	__builtin_prefetch((const char *)memory + size - 1);
}

/* `lines` cache lines from `memory` on. */
ONLY_FETCHES void fetch_lines(const void *memory, unsigned lines)
{
	for (unsigned i = 0; i < lines; i++)
		__builtin_prefetch((const char *)memory + (size_t)i * CACHE_LINE);
}

#endif
