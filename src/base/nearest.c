/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/nearest.h"

#include <stdint.h>

#define WORD_MAX 31

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t nearest_distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	/* Row i: distances of a[0..i) to every beginning of b. Three rows are kept, since a swap
	 * looks two back. */
	size_t rows[3][WORD_MAX + 1];

	if (a_length > WORD_MAX || b_length > WORD_MAX)
		return SIZE_MAX;
	for (size_t j = 0; j <= b_length; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a_length; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *above2 = rows[(i + 1) % 3];

		row[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			size_t replace = above[j - 1] + (a[i - 1] != b[j - 1]);

			row[j] = least(replace, least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = least(row[j], above2[j - 2] + 1);
		}
	}
	return rows[a_length % 3][b_length];
}

int nearest_is_near(size_t distance, size_t a_length)
{
	return distance <= (a_length <= 2 ? 0 : a_length <= 4 ? 1 : a_length <= 8 ? 2 : 3);
}
