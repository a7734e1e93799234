/* SPDX-License-Identifier: BSD-3-Clause */
/* How far two words are apart, to suggest what somebody meant to type. */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stddef.h>

/*
 * Insertions, deletions, replacements and swaps of neighbours that turn one word into the
 * other. Words longer than 31 octets are infinitely far apart (SIZE_MAX).
 */
size_t nearest_distance(const char *a, size_t a_length, const char *b, size_t b_length);

/* Whether `b` is near enough to `a` to be suggested for it, given their distance. */
int nearest_is_near(size_t distance, size_t a_length);

#endif
