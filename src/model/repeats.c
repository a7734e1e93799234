/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which row repeats which. A sender picks its numbers, and so how far a row is from the one that it
 * repeats: no search may cost the square of the rows.
 */
#include "model/model.h"

#include <stdlib.h>

#define MARK_COPY (UINT64_C(1) << 57)
#define NEAR      64u /* rows looked at one by one; most repetitions are within them */

/* Rows of the same mark carry the same: side, number, SYN and FIN, with data or without; and are
 * copies that the capture made, or not. */
struct marked {
	uint64_t mark;
	uint32_t row;
};

static uint64_t mark_of(const struct tcphs_row *row)
{
	return (uint64_t)row->seq | (uint64_t)(row->flags & (TCPHS_SYN | TCPHS_FIN)) << 32 |
	       (uint64_t)row->from << 48 | (uint64_t)(row->length > 0) << 56 |
	       (row->fate == TCPHS_COPY ? MARK_COPY : 0);
}

static int compare(const void *a, const void *b)
{
	const struct marked *x = a, *y = b;

	if (x->mark != y->mark)
		return x->mark < y->mark ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

/* Of all segments, sorted; NULL if memory is exhausted. */
static struct marked *sort_rows(const struct tcphs_analysis *out, size_t *count)
{
	struct marked *sorted = malloc((out->rows + 1) * sizeof(*sorted));

	*count = 0;
	if (sorted == NULL)
		return NULL;
	for (uint32_t r = 0; r < out->rows; r++)
		if (!out->row[r].is_run)
			sorted[(*count)++] = (struct marked){mark_of(&out->row[r]), r};
	qsort(sorted, *count, sizeof(*sorted), compare);
	return sorted;
}

/* The last of them before row r of the same mark, or -1. */
static int32_t find_far(const struct marked *sorted, size_t count, struct marked wanted)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(&sorted[middle], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 && sorted[low - 1].mark == wanted.mark ? (int32_t)sorted[low - 1].row : -1;
}

/* What was sent again is the datagram, not the capture's copy of it; a copy may be one of either.
 */
static int32_t find_far_row(const struct tcphs_analysis *out, const struct marked *sorted,
                            size_t count, uint32_t r)
{
	struct marked wanted = {mark_of(&out->row[r]), r};
	int32_t found = find_far(sorted, count, wanted), other = -1;

	if (wanted.mark & MARK_COPY) {
		wanted.mark &= ~MARK_COPY;
		other = find_far(sorted, count, wanted);
	}
	return found > other ? found : other;
}

static int32_t find_near(const struct tcphs_analysis *out, uint32_t r)
{
	uint64_t mark = mark_of(&out->row[r]), either = mark & MARK_COPY;

	for (uint32_t q = r; q-- > 0 && r - q <= NEAR;)
		if (!out->row[q].is_run && (mark_of(&out->row[q]) | either) == mark)
			return (int32_t)q;
	return -1;
}

static bool tells_repeat(const struct tcphs_diagnosis *diagnosis)
{
	switch (diagnosis->code) {
	case TCPHS_D_SYN_RETX:
	case TCPHS_D_SYNACK_RETX:
	case TCPHS_D_FIN_RETX:
	case TCPHS_D_LAST_ACK_LOST:
	case TCPHS_D_RETX:
	case TCPHS_D_RETX_SPURIOUS:
	case TCPHS_D_CAP_DUP:
		return true;
	default:
		return false;
	}
}

static bool link_repeats(struct tcphs_analysis *out)
{
	struct marked *sorted = NULL;
	size_t count = 0;

	for (uint32_t d = 0; d < out->diagnoses; d++) {
		uint32_t r = out->diagnosis[d].row;
		int32_t before;

		if (!tells_repeat(&out->diagnosis[d]) || r >= out->rows)
			continue;
		before = find_near(out, r);
		if (before < 0 && r > NEAR) {
			if (sorted == NULL)
				sorted = sort_rows(out, &count);
			if (sorted == NULL)
				return false;
			before = find_far_row(out, sorted, count, r);
		}
		if (before >= 0)
			out->row[r].again = before;
	}
	free(sorted);
	return true;
}

bool model_repeats(struct model *m)
{
	if (!link_repeats(m->out))
		return false;
	model_fates(m);
	return true;
}
