/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The query language of tcphs-query(5): which connections. One compiled query serves -Y, the
 * view's / line and expectation files.
 */
#ifndef TCPHS_QUERY_H
#define TCPHS_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <tcphs/connection.h>
#include <tcphs/error.h>

#ifdef __cplusplus
extern "C" {
#endif

struct tcphs_query;

/* What a query looks at. `encapsulation` is the path's text. */
struct tcphs_query_subject {
	const struct tcphs_analysis *analysis; /* rows may be empty, diagnoses must be there */
	const char *encapsulation;
};

/*
 * Compiles `text`. NULL on error: the error's text says what is wrong, *at and *length
 * (may be NULL) which octets of `text` to underline. The caller frees. An empty query holds
 * for everything.
 */
struct tcphs_query *tcphs_query_compile(const char *text, size_t *at, size_t *length,
                                        struct tcphs_error *error);
bool tcphs_query_matches(const struct tcphs_query *query,
                         const struct tcphs_query_subject *subject);
/* Whether an exact answer needs the analysis's rows (packet:); else a summary does. */
bool tcphs_query_needs_rows(const struct tcphs_query *query);
void tcphs_query_free(struct tcphs_query *query); /* NULL is fine */

/* One entry per key of the language, for help and completion; NULL past the last. */
struct tcphs_query_key {
	const char *name;         /* "open" */
	const char *operators;    /* ":" or ">=<" */
	const char *help;         /* "how it opened: three-way, refused, …" */
	const char *const *words; /* the values there are, NULL-terminated, or NULL if free */
};
/* The keys of the language, in the order of its help; NULL past the last. Never freed. */
const struct tcphs_query_key *tcphs_query_key(size_t index);

#ifdef __cplusplus
}
#endif
#endif
