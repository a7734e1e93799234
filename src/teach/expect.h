/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Expectations grade a capture. One a line, '#' begins a comment:
 *
 *	some QUERY       at least one connection matches
 *	every QUERY      there are connections, and all of them match
 *	no QUERY         none matches
 *	count N QUERY    exactly N match
 *
 * Compile once, then for each capture: start, see every connection, look at the results.
 */
#ifndef TEACH_EXPECT_H
#define TEACH_EXPECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/error.h>
#include <tcphs/query.h>

#define EXPECT_LINES_MAX 1000
#define EXPECT_IDS_MAX   8 /* connections named as the reason */

enum expect_kind { EXPECT_SOME, EXPECT_EVERY, EXPECT_NO, EXPECT_COUNT };

struct expectation {
	enum expect_kind kind;
	uint64_t wanted; /* of COUNT */
	char *text;      /* the line, trimmed, escaped */
	unsigned line;   /* in the file, from 1 */
	struct tcphs_query *query;
	/* of the capture being graded: */
	uint64_t matching, others;
	uint64_t matching_id[EXPECT_IDS_MAX], other_id[EXPECT_IDS_MAX]; /* the first ones */
};

struct expect {
	struct expectation *item;
	size_t count;
};

/* Compiles text[0..length) of the file `name` (escaped). NULL and the error, with the line's
 * number, if it is not right. The caller frees. */
struct expect *expect_compile(const char *text, size_t length, const char *name,
                              struct tcphs_error *error);
void expect_free(struct expect *expect); /* NULL is fine */

/* Whether a query looks at rows, so that a summary is not enough. */
bool expect_needs_rows(const struct expect *expect);

void expect_start(struct expect *expect);
void expect_see(struct expect *expect, const struct tcphs_query_subject *subject);
bool expect_holds(const struct expectation *item);
/* Why: "connections 1, 3" or "no connection matches", as snprintf. */
size_t expect_reason(const struct expectation *item, char *text, size_t size);

#endif
