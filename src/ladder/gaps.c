/* SPDX-License-Identifier: BSD-3-Clause */
#include "ladder/gaps.h"

#include <stdlib.h>

#define GAP_MIN       INT64_C(1000000000) /* a silence worth a line of its own */
#define GAP_LEAST     1000                /* ns: to scale, less is nothing */
#define GAP_LINES_MAX 12

unsigned gap_lines(const struct tcphs_ladder *ladder, int64_t gap, int64_t usual)
{
	unsigned lines = 0;

	switch (ladder->options.gaps) {
	case TCPHS_GAPS_SILENCES:
		return gap >= GAP_MIN;
	case TCPHS_GAPS_SCALE:
		for (int64_t times = gap / usual; times >= 10; times /= 10)
			lines += 2;
		for (unsigned i = 0; i < lines / 2; i++)
			gap /= 10;
		lines += gap / usual >= 3;
		return lines < GAP_LINES_MAX ? lines : GAP_LINES_MAX;
	default:
		return 0;
	}
}

int64_t gap_before(const struct tcphs_analysis *analysis, size_t row)
{
	const struct tcphs_row *before = &analysis->row[row - 1];

	return analysis->row[row].time - (before->is_run ? before->run_last_time : before->time);
}

static int compare_gaps(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return left < right ? -1 : left > right;
}

bool gap_usual(const struct tcphs_ladder *ladder, int64_t *usual)
{
	size_t rows = ladder->analysis->rows;
	int64_t *gap;

	*usual = GAP_LEAST;
	if (ladder->options.gaps != TCPHS_GAPS_SCALE || rows < 2)
		return true;
	gap = malloc((rows - 1) * sizeof(*gap));
	if (gap == NULL)
		return false;
	for (size_t row = 1; row < rows; row++)
		gap[row - 1] = gap_before(ladder->analysis, row);
	qsort(gap, rows - 1, sizeof(*gap), compare_gaps);
	*usual = gap[(rows - 2) / 2] > *usual ? gap[(rows - 2) / 2] : *usual;
	free(gap);
	return true;
}
