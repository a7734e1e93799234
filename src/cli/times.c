/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/times.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* Below TIMES_STEPS each value has its own bucket; above, a power of two has TIMES_STEPS. */
static size_t bucket_of(int64_t nanoseconds)
{
	uint64_t value = (uint64_t)nanoseconds;
	unsigned power;

	if (value < TIMES_STEPS)
		return (size_t)value;
	power = 63 - (unsigned)__builtin_clzll(value);
	return (power - 4) * TIMES_STEPS + (size_t)(value >> (power - 5)) % TIMES_STEPS;
}

static int64_t bucket_start(size_t bucket)
{
	size_t power = bucket / TIMES_STEPS + 4;

	if (bucket < TIMES_STEPS)
		return (int64_t)bucket;
	return (int64_t)((uint64_t)(TIMES_STEPS + bucket % TIMES_STEPS) << (power - 5));
}

static void insert(int64_t *sorted, size_t count, int64_t value)
{
	size_t low = 0, high = count;

	while (low < high) {
		const size_t middle = (low + high) / 2;

		if (sorted[middle] <= value)
			low = middle + 1;
		else
			high = middle;
	}
	memmove(&sorted[low + 1], &sorted[low], (count - low) * sizeof(*sorted));
	sorted[low] = value;
}

void times_add(struct times *times, int64_t nanoseconds)
{
	if (nanoseconds < 0)
		return;
	if (times->count == 0 || nanoseconds < times->least)
		times->least = nanoseconds;
	if (nanoseconds > times->greatest)
		times->greatest = nanoseconds;
	if (times->count < TIMES_EXACT)
		insert(times->exact, times->count, nanoseconds);
	times->bucket[bucket_of(nanoseconds)]++;
	times->count++;
}

void times_join(struct times *times, const struct times *other)
{
	size_t exact = other->count < TIMES_EXACT ? (size_t)other->count : TIMES_EXACT;

	if (other->count == 0)
		return;
	for (size_t i = 0; i < exact && times->count + i < TIMES_EXACT; i++)
		insert(times->exact, (size_t)times->count + i, other->exact[i]);
	for (size_t i = 0; i < TIMES_BUCKETS; i++)
		times->bucket[i] += other->bucket[i];
	if (times->count == 0 || other->least < times->least)
		times->least = other->least;
	if (other->greatest > times->greatest)
		times->greatest = other->greatest;
	times->count += other->count;
}

int64_t times_percentile(const struct times *times, double percent)
{
	const uint64_t rank = (uint64_t)ceil((double)times->count * percent / 100.0);
	uint64_t sum = 0;

	if (times->count == 0)
		return -1;
	if (times->count <= TIMES_EXACT)
		return times->exact[rank > 0 ? rank - 1 : 0];
	for (size_t i = 0; i < TIMES_BUCKETS - 1; i++) {
		int64_t end;

		sum += times->bucket[i];
		if (times->bucket[i] == 0 || sum < rank)
			continue;
		/* the buckets behind the last that can be used begin past INT64_MAX */
		end = (int64_t)((uint64_t)bucket_start(i + 1) - 1);
		return end < times->greatest ? end : times->greatest;
	}
	return times->greatest;
}

uint64_t times_between(const struct times *times, int64_t from, int64_t to)
{
	uint64_t sum = 0;

	for (size_t i = bucket_of(from); i < bucket_of(to); i++)
		sum += times->bucket[i];
	return sum;
}
