/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/check_filter.h"

#include "cli/options.h"

#include "base/nearest.h"

#include <string.h>
#include <tcphs/diagnosis.h>

static const char *nearest_code(const char *name, size_t length)
{
	const char *nearest = "";
	size_t least = SIZE_MAX;

	for (int i = 0; i < TCPHS_CODE_COUNT; i++) {
		const char *known = tcphs_code_info((enum tcphs_code)i)->name;
		size_t distance = nearest_distance(name, length, known, strlen(known));

		if (distance < least && nearest_is_near(distance, length)) {
			least = distance;
			nearest = known;
		}
	}
	return nearest;
}

/* "isn-*" means every code that begins so. */
static size_t mark_codes(const char *name, size_t length, bool *marked)
{
	size_t count = 0;

	for (int i = 0; i < TCPHS_CODE_COUNT; i++) {
		const char *known = tcphs_code_info((enum tcphs_code)i)->name;
		bool prefix = length > 0 && name[length - 1] == '*';
		bool same = prefix ? strncmp(known, name, length - 1) == 0
		                   : strlen(known) == length && memcmp(known, name, length) == 0;

		marked[i] = marked[i] || same;
		count += same;
	}
	return count;
}

static bool parse_codes(const char *option, const char *list, bool *marked,
                        struct tcphs_error *error)
{
	while (list != NULL && *list != '\0') {
		size_t length = strcspn(list, ",");
		const char *nearest;

		if (mark_codes(list, length, marked) == 0) {
			nearest = nearest_code(list, length);
			tcphs_error_set(error, TCPHS_USAGE, "%s: there is no code '%.*s'%s%s%s",
			                option, (int)(length < 40 ? length : 40), list,
			                nearest[0] != '\0' ? "; did you mean "
			                                   : "; see tcphs-checks(7)",
			                nearest, nearest[0] != '\0' ? "?" : "");
			return false;
		}
		list += length;
		list += *list == ',';
	}
	return true;
}

bool check_filter_set(struct check_filter *filter, const struct options *options,
                      struct tcphs_error *error)
{
	*filter = (struct check_filter){.level = (enum tcphs_severity)options->level};
	return parse_codes("--ignore", options->ignore, filter->ignored, error) &&
	       parse_codes("--fail-on", options->fail_on, filter->fails, error);
}

bool check_filter_fails(const struct check_filter *filter, unsigned code, unsigned severity)
{
	return !filter->ignored[code] && (filter->fails[code] || severity >= filter->level);
}

void check_filter_apply(const struct check_filter *filter, struct tcphs_analysis *analysis)
{
	size_t kept = 0;

	for (size_t i = 0; i < analysis->diagnoses; i++)
		if (!filter->ignored[analysis->diagnosis[i].code])
			analysis->diagnosis[kept++] = analysis->diagnosis[i];
	analysis->diagnoses = kept;
}
