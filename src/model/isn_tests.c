/* SPDX-License-Identifier: BSD-3-Clause */
#include "model/isn_tests.h"

#include <math.h>
#include <stdlib.h>

#define TURN              4294967296.0
#define SMALL_STEP        65536u
#define STEPS_MAX         64u
#define STUCK_BITS        5
#define SAME_CONNECTION   1000000000 /* ns from one side of an address translator to the other */
#define SAME_SYN          5000000    /* ns for its SYN alone */
#define REPEATS_BY_CHANCE 0.012      /* one repeat in 10^4 samples is about as likely */

static const uint32_t historic_step[] = {64000, 65536};

static int by_isn(const void *a, const void *b)
{
	const struct isn_point *x = a, *y = b;

	if (x->isn != y->isn)
		return x->isn < y->isn ? -1 : 1;
	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return (x->packet > y->packet) - (x->packet < y->packet);
}

static int by_time(const void *a, const void *b)
{
	const struct isn_point *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return (x->packet > y->packet) - (x->packet < y->packet);
}

/* Both ISNs are the same at the same time: one connection, seen on both sides of a translator. Of
 * an unanswered one there is but one; it is the same SYN if it comes at once, and with timestamps:
 * scanners, which use a number again, have none. */
static bool translated(const struct isn_point *a, const struct isn_point *b)
{
	if (!a->peer_known && !b->peer_known)
		return a->stamped && b->stamped && b->time - a->time < SAME_SYN;
	return a->peer_known && b->peer_known && a->peer_isn == b->peer_isn &&
	       b->time - a->time < SAME_CONNECTION;
}

size_t isn_points_prepare(struct isn_point *point, size_t count, uint32_t *pairs, uint64_t *repeat,
                          uint32_t *repeated)
{
	size_t kept = 0, run = 0; /* run: how many kept ones before this have the same ISN */

	*pairs = 0;
	*repeat = 0;
	*repeated = 0;
	qsort(point, count, sizeof(*point), by_isn);
	for (size_t i = 0; i < count; i++) {
		run = kept > 0 && point[kept - 1].isn == point[i].isn ? run + 1 : 0;
		if (run > 0 && translated(&point[kept - 1], &point[i])) {
			run--;
			continue;
		}
		*pairs += (uint32_t)run;
		if (run > 0 && (*repeat == 0 || point[i].packet < *repeat)) {
			*repeat = point[i].packet;
			*repeated = point[i].isn;
		}
		point[kept++] = point[i];
	}
	qsort(point, kept, sizeof(*point), by_time);
	return kept;
}

/* The probability of `pairs` or more equal pairs among n random numbers (Poisson). */
static double repeat_chance(double n, uint32_t pairs)
{
	const double expected = n * (n - 1) / 2 / TURN;
	double term = exp(-expected), below = 0;

	if (pairs == 1)
		return -expm1(-expected); /* 1 - e^-x, exact where x is tiny */
	for (uint32_t k = 0; k < pairs && term > 0; k++) {
		below += term;
		term *= expected / (k + 1);
	}
	return fmax(1 - below, term);
}

static uint32_t fixed_bits(const struct isn_point *point, size_t count)
{
	uint32_t differ = 0;

	for (size_t i = 1; i < count; i++)
		differ |= point[i].isn ^ point[0].isn;
	return count < 2 ? 0 : ~differ;
}

static int count_bits(uint32_t mask)
{
	int bits = 0;

	for (; mask != 0; mask &= mask - 1)
		bits++;
	return bits;
}

/* The probability that some `stuck` of 32 bits are alike in n random numbers. */
static double stuck_chance(int stuck, size_t n)
{
	double ways = 1;

	for (int i = 0; i < stuck; i++)
		ways = ways * (32 - i) / (i + 1);
	return fmin(1, ways * exp2(-(double)stuck * ((double)n - 1)));
}

static void measure_steps(const struct isn_point *point, size_t count,
                          struct tcphs_isn_report *report)
{
	for (size_t i = 1; i < count; i++) {
		const uint32_t step = point[i].isn - point[i - 1].isn;

		if (i == 1 || step < report->step_low)
			report->step_low = step;
		if (i == 1 || step > report->step_high)
			report->step_high = step;
	}
}

/* Are all steps whole multiples of a historic generator's? */
static bool steps_historic(const struct isn_point *point, size_t count, uint32_t unit)
{
	for (size_t i = 1; i < count; i++) {
		const uint32_t step = point[i].isn - point[i - 1].isn;

		if (step == 0 || step % unit != 0 || step / unit > STEPS_MAX)
			return false;
	}
	return true;
}

static void find(struct tcphs_isn_report *report, enum tcphs_isn_verdict verdict,
                 enum tcphs_code code, uint32_t needed, double chance, double choices)
{
	report->verdict = (uint8_t)verdict;
	report->codes |= ISN_BIT(code);
	report->needed = needed;
	report->chance = chance;
	report->bits = choices > 1 ? (int)ceil(log2(choices)) : 0;
}

static bool test_constant(size_t count, struct tcphs_isn_report *report)
{
	if (count < TCPHS_ISN_NEED_CONSTANT || report->fixed != UINT32_MAX)
		return false;
	find(report, TCPHS_ISN_CONSTANT, TCPHS_D_ISN_CONSTANT, TCPHS_ISN_NEED_CONSTANT,
	     pow(TURN, 1 - (double)count), 1);
	return true;
}

static bool test_historic(const struct isn_point *point, size_t count,
                          struct tcphs_isn_report *report)
{
	if (count < TCPHS_ISN_NEED_STEP)
		return false;
	for (size_t i = 0; i < sizeof(historic_step) / sizeof(historic_step[0]); i++) {
		uint32_t steps = (report->step_high - report->step_low) / historic_step[i] + 1;

		if (!steps_historic(point, count, historic_step[i]))
			continue;
		find(report, TCPHS_ISN_STEP, TCPHS_D_ISN_STEP_64K, TCPHS_ISN_NEED_STEP,
		     pow(2 * STEPS_MAX / TURN, (double)count - 1), steps);
		return true;
	}
	return false;
}

/* A clock, unless its gaps are so even that steps of one size look the same and are small. */
static bool test_clock(const struct isn_point *point, size_t count, struct isn_gap *gap, bool small,
                       struct tcphs_isn_report *report)
{
	struct isn_line line = {0};

	if (count < TCPHS_ISN_NEED_CLOCK || !isn_line_fit(point, count, gap, &line))
		return false;
	if (line.even && small)
		return false;
	report->rate = line.rate;
	report->even = line.even;
	find(report, TCPHS_ISN_CLOCK, TCPHS_D_ISN_CLOCK, TCPHS_ISN_NEED_CLOCK, line.chance,
	     2 * line.off + 1);
	return true;
}

static bool test_small(size_t count, bool small, struct tcphs_isn_report *report)
{
	if (count < TCPHS_ISN_NEED_STEP || !small)
		return false;
	find(report, TCPHS_ISN_STEP, TCPHS_D_ISN_STEP_SMALL, TCPHS_ISN_NEED_STEP,
	     exp2(-16 * ((double)count - 1)), report->step_high - report->step_low + 1.0);
	return true;
}

static bool test_entropy(size_t count, struct tcphs_isn_report *report)
{
	const int stuck = count_bits(report->fixed);

	if (count < TCPHS_ISN_NEED_ENTROPY || stuck < STUCK_BITS)
		return false;
	find(report, TCPHS_ISN_LOW_ENTROPY, TCPHS_D_ISN_LOW_ENTROPY, TCPHS_ISN_NEED_ENTROPY,
	     stuck_chance(stuck, count), exp2(32 - stuck));
	return true;
}

static void test_repeats(size_t count, struct tcphs_isn_report *report)
{
	double chance;

	if (report->repeats == 0)
		return;
	chance = repeat_chance((double)count, report->repeats);
	if (chance > REPEATS_BY_CHANCE)
		return;
	report->codes |= ISN_BIT(TCPHS_D_ISN_REPEAT);
	if (report->verdict == TCPHS_ISN_LOW_ENTROPY)
		return;
	report->verdict = TCPHS_ISN_REPEATED;
	report->needed = 2;
	report->chance = chance;
}

void isn_tests_run(const struct isn_point *point, size_t count, struct isn_gap *gap,
                   struct tcphs_isn_report *report)
{
	bool small;

	report->verdict = count < TCPHS_ISN_NEED_ENTROPY ? TCPHS_ISN_TOO_FEW : TCPHS_ISN_NO_PATTERN;
	report->needed = TCPHS_ISN_NEED_ENTROPY;
	report->chance = 1;
	report->fixed = fixed_bits(point, count);
	report->bits = count < TCPHS_ISN_NEED_ENTROPY ? -1 : 32 - count_bits(report->fixed);
	measure_steps(point, count, report);
	small = count > 1 && report->step_low > 0 && report->step_high < SMALL_STEP;
	if (test_constant(count, report) || test_historic(point, count, report) ||
	    test_clock(point, count, gap, small, report) || test_small(count, small, report))
		return;
	test_entropy(count, report);
	test_repeats(count, report);
}
