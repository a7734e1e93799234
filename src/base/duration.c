/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/duration.h"
#include "base/bounded.h"

#include <inttypes.h>

static const struct unit {
	int64_t nanoseconds;
	const char *name;
} units[] = {{1, "ns"}, {1000, "us"}, {1000000, "ms"}, {1000000000, "s"}};
#define UNITS (sizeof(units) / sizeof(units[0]))

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

/* Below a minute, in integers: printf's %f would write the locale's decimal point. */
static void put_short(struct bounded *out, int64_t nanoseconds, const char *gap)
{
	static const int64_t power[] = {1, 10, 100};
	size_t unit = 0, decimals;
	int64_t value, divisor;

	while (unit + 1 < UNITS &&
	       (nanoseconds + units[unit].nanoseconds / 2) / units[unit].nanoseconds >= 1000)
		unit++;
	divisor = units[unit].nanoseconds;
	for (decimals = unit == 0 ? 0 : 2;; decimals--) {
		value = (nanoseconds * power[decimals] + divisor / 2) / divisor;
		if (value < 1000 || decimals == 0)
			break;
	}
	if (value % power[decimals] == 0) /* "11 s", not "11.0 s" */
		bounded_addf(out, "%" PRId64, value / power[decimals]);
	else
		bounded_addf(out, "%" PRId64 ".%0*" PRId64, value / power[decimals], (int)decimals,
		             value % power[decimals]);
	bounded_addf(out, "%s%s", gap, units[unit].name);
}

size_t duration_text(int64_t nanoseconds, const char *gap, char *text, size_t size)
{
	struct bounded out = bounded_start(text, size);

	if (nanoseconds < 0)
		bounded_add(&out, "-");
	else if (nanoseconds == 0)
		bounded_addf(&out, "0%ss", gap);
	else if (nanoseconds >= MINUTE - MINUTE / 120)
		put_long(&out, nanoseconds, gap);
	else
		put_short(&out, nanoseconds, gap);
	return bounded_end(&out);
}
