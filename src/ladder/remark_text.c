/* SPDX-License-Identifier: BSD-3-Clause */
#include "ladder/remark_text.h"

#include <tcphs/diagnosis.h>

#define REPEATS_MAX 64 /* of one segment, followed back to the first */

/* The row of the segment that row r repeats for the first time or again, or r itself. */
static size_t first_of(const struct tcphs_analysis *analysis, size_t r)
{
	for (unsigned i = 0; i < REPEATS_MAX; i++) {
		int32_t before = analysis->row[r].again;

		if (before < 0 || (size_t)before >= r)
			return r;
		r = (size_t)before;
	}
	return r;
}

size_t remark_text(const struct tcphs_analysis *analysis, const struct tcphs_diagnosis *diagnosis,
                   bool relative, char *text, size_t size)
{
	struct tcphs_diagnosis dated = *diagnosis;
	size_t r = diagnosis->row, first;

	if (diagnosis->code == TCPHS_D_RETX && diagnosis->detail[1] > 0 && r < analysis->rows) {
		first = first_of(analysis, r);
		if (first < r && analysis->row[first].again < 0) {
			dated.detail[0] = analysis->row[r].time - analysis->row[first].time;
			dated.detail[1] = 0; /* the bound */
		}
	}
	return tcphs_diagnosis_text(&analysis->connection, &dated, relative, text, size);
}
