/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/pcapng.h"

#define SECOND 1000000000u

static const uint64_t power_of_ten[] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
    10000000000000,
    100000000000000,
    1000000000000000,
    10000000000000000,
    100000000000000000,
    1000000000000000000,
    10000000000000000000u,
};
#define POWERS (sizeof(power_of_ten) / sizeof(power_of_ten[0]))

/* ticks of 10^-n seconds */
static void split_decimal(unsigned n, uint64_t ticks, uint64_t *seconds, uint64_t *nanoseconds)
{
	uint64_t fraction = n < POWERS ? ticks % power_of_ten[n] : ticks;

	*seconds = n < POWERS ? ticks / power_of_ten[n] : 0;
	if (n <= 9)
		*nanoseconds = fraction * power_of_ten[9 - n];
	else
		*nanoseconds = n - 9 < POWERS ? fraction / power_of_ten[n - 9] : 0;
}

/* ticks of 2^-n seconds */
static void split_binary(unsigned n, uint64_t ticks, uint64_t *seconds, uint64_t *nanoseconds)
{
	uint64_t fraction = n < 64 ? ticks & (((uint64_t)1 << n) - 1) : ticks;

	*seconds = n < 64 ? ticks >> n : 0;
	/* 32 bits of the fraction are finer than a nanosecond, and its product fits. */
	if (n > 32) {
		fraction = n - 32 < 64 ? fraction >> (n - 32) : 0;
		n = 32;
	}
	*nanoseconds = fraction * SECOND >> n;
}

bool ng_time(const struct ng_interface *interface, uint64_t ticks, int64_t *time)
{
	const uint64_t seconds_end = (uint64_t)NG_TIME_END / SECOND;
	unsigned n = interface->resolution & 0x7f;
	uint64_t seconds, nanoseconds;
	int64_t whole;

	if (interface->resolution & 0x80)
		split_binary(n, ticks, &seconds, &nanoseconds);
	else
		split_decimal(n, ticks, &seconds, &nanoseconds);
	if (seconds > INT64_MAX ||
	    __builtin_add_overflow((int64_t)seconds, interface->shift, &whole))
		whole = interface->shift < 0 && seconds <= INT64_MAX ? -1 : INT64_MAX;
	if (whole < 0) {
		*time = 0;
		return false;
	}
	if ((uint64_t)whole >= seconds_end) {
		*time = NG_TIME_END;
		return false;
	}
	*time = whole * SECOND + (int64_t)nanoseconds;
	return true;
}
