/* SPDX-License-Identifier: BSD-3-Clause */
/* Which diagnoses `tcphs check` shows, and which make its exit code 1. */
#ifndef CLI_CHECK_FILTER_H
#define CLI_CHECK_FILTER_H

#include <stdbool.h>
#include <tcphs/codes.h>
#include <tcphs/connection.h>
#include <tcphs/error.h>

struct options;

struct check_filter {
	bool ignored[TCPHS_CODE_COUNT], fails[TCPHS_CODE_COUNT];
	enum tcphs_severity level;
};

/* From --level, --fail-on and --ignore; false with the error filled. */
bool check_filter_set(struct check_filter *filter, const struct options *options,
                      struct tcphs_error *error);
bool check_filter_fails(const struct check_filter *filter, unsigned code, unsigned severity);

/* Removes what is ignored from an analysis. */
void check_filter_apply(const struct check_filter *filter, struct tcphs_analysis *analysis);

#endif
