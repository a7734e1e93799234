/* SPDX-License-Identifier: BSD-3-Clause */
#include "model/isn_line.h"

#include <math.h>
#include <stdlib.h>

#define TURN       4294967296.0 /* ticks until the number is the same again */
#define SHORTEST   0.004        /* seconds of a gap that can give a rate */
#define JITTER     0.0002       /* seconds that a capture may be late */
#define TOLERANCE  0.02         /* of the ticks of a gap */
#define WIDEST     (TURN / 64)  /* ticks of tolerance, however long the gap */
#define FASTEST    1e8          /* ticks a second; known stacks: 250 kHz and 15.625 MHz */
#define SLOWEST    1e3          /* slower ones move by a few ticks: small steps, not a line */
#define TURNS_MAX  64           /* whole turns tried for the shortest gap */
#define CHANCE_MAX 1e-6
#define VARYING    1.5 /* longest gap by shortest, from where clock and step differ */

static int by_length(const void *a, const void *b)
{
	const struct isn_gap *x = a, *y = b;

	if (x->seconds != y->seconds)
		return x->seconds < y->seconds ? -1 : 1;
	return (x->ticks > y->ticks) - (x->ticks < y->ticks);
}

/* How far `ticks` is from `predicted`, on the circle. */
static double miss(double predicted, uint32_t ticks)
{
	double off = fmod((double)ticks - predicted, TURN);

	if (off >= TURN / 2)
		off -= TURN;
	else if (off < -TURN / 2)
		off += TURN;
	return off;
}

/* Tests one gap against the line so far; true if it fits. */
static bool gap_fits(struct isn_line *line, const struct isn_gap *gap, double *off)
{
	const double predicted = line->rate * gap->seconds;
	double allowed = fmax(TOLERANCE * predicted, line->rate * JITTER);

	allowed = fmin(fmax(allowed, 1), WIDEST);
	*off = miss(predicted, gap->ticks);
	line->off = fmax(line->off, fabs(*off));
	line->chance *= fmin(1, (2 * allowed + 1) / TURN);
	return fabs(*off) <= allowed;
}

/* Tries the rate that gap[first] gives with `turns` whole turns. */
static bool rate_fits(const struct isn_gap *gap, size_t gaps, size_t first, double turns,
                      struct isn_line *line)
{
	double off;

	line->rate = (gap[first].ticks + turns * TURN) / gap[first].seconds;
	line->off = 0;
	line->chance = 1;
	if (line->rate < SLOWEST)
		return false;
	for (size_t i = first + 1; i < gaps; i++) {
		if (!gap_fits(line, &gap[i], &off))
			return false;
		line->rate += off / gap[i].seconds;
	}
	for (size_t i = 0; i < first; i++)
		if (!gap_fits(line, &gap[i], &off))
			return false;
	return true;
}

/* The rate over all gaps together, each with its whole turns. */
static double mean_rate(const struct isn_gap *gap, size_t gaps, double rate)
{
	double ticks = 0, seconds = 0;

	for (size_t i = 0; i < gaps; i++) {
		const double predicted = rate * gap[i].seconds;

		ticks += predicted + miss(predicted, gap[i].ticks);
		seconds += gap[i].seconds;
	}
	return ticks / seconds;
}

bool isn_line_fit(const struct isn_point *point, size_t count, struct isn_gap *gap,
                  struct isn_line *line)
{
	const size_t gaps = count > 0 ? count - 1 : 0;
	size_t first = 0;

	for (size_t i = 0; i < gaps; i++) {
		gap[i].seconds = (double)(point[i + 1].time - point[i].time) / 1e9;
		gap[i].ticks = point[i + 1].isn - point[i].isn;
	}
	qsort(gap, gaps, sizeof(*gap), by_length);
	while (first < gaps && gap[first].seconds < SHORTEST)
		first++;
	if (first == gaps)
		return false;
	line->even = gap[gaps - 1].seconds < VARYING * gap[first].seconds;
	for (unsigned turns = 0; turns < TURNS_MAX; turns++) {
		if ((gap[first].ticks + turns * TURN) / gap[first].seconds > FASTEST)
			return false;
		if (!rate_fits(gap, gaps, first, turns, line))
			continue;
		/* Every number of turns tried so far was a chance to fit by accident. */
		line->chance *= turns + 1;
		if (line->chance >= CHANCE_MAX)
			continue;
		line->rate = mean_rate(gap, gaps, line->rate);
		return true;
	}
	return false;
}
