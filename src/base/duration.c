/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/duration.h"
#include "base/bounded.h"

#include <inttypes.h>

static const struct unit {
	double nanoseconds;
	const char *name;
} units[] = {{1, "ns"}, {1e3, "us"}, {1e6, "ms"}, {1e9, "s"}};

#define MINUTE INT64_C(60000000000)

static void put_long(struct bounded *out, int64_t nanoseconds, const char *gap)
{
	int64_t seconds = (nanoseconds + 500000000) / 1000000000;

	if (seconds < 3600)
		bounded_addf(out, "%" PRId64 "m%s%02" PRId64 "s", seconds / 60, gap, seconds % 60);
	else if (seconds < 86400)
		bounded_addf(out, "%" PRId64 "h%s%02" PRId64 "m", seconds / 3600, gap,
		             seconds / 60 % 60);
	else
		bounded_addf(out, "%" PRId64 "d%s%02" PRId64 "h", seconds / 86400, gap,
		             seconds / 3600 % 24);
}

size_t duration_text(int64_t nanoseconds, const char *gap, char *text, size_t size)
{
	struct bounded out = bounded_start(text, size);
	size_t unit = 0;
	double value;

	if (nanoseconds < 0) {
		bounded_add(&out, "-");
		return bounded_end(&out);
	}
	if (nanoseconds >= MINUTE - MINUTE / 120) {
		put_long(&out, nanoseconds, gap);
		return bounded_end(&out);
	}
	while (unit + 1 < sizeof(units) / sizeof(units[0]) &&
	       (double)nanoseconds >= 999.5 * units[unit].nanoseconds)
		unit++;
	value = (double)nanoseconds / units[unit].nanoseconds;
	bounded_addf(&out, "%.*f%s%s",
	             unit == 0        ? 0
	             : value >= 99.95 ? 0
	             : value >= 9.995 ? 1
	                              : 2,
	             value, gap, units[unit].name);
	return bounded_end(&out);
}
