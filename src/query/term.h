/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A compiled query: terms that must all hold, each a key and choices of which one must.
 *
 *     -open:refused,no-answer rtt>100ms
 *     |  |   |       |
 *     |  key choice  choice
 *     negated
 */
#ifndef QUERY_TERM_H
#define QUERY_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/query.h>

enum {
	QUERY_TEXT_MAX = 4096, /* octets of a query */
	QUERY_CODE_WORDS = 4,  /* 64 codes each */
};

enum value_kind {
	VALUE_NONE,     /* the key alone is the term */
	VALUE_NUMBER,   /* 7, 7-9 */
	VALUE_SIZE,     /* 1M */
	VALUE_DURATION, /* 100ms */
	VALUE_PORT,     /* 443, http, 8000-8099 */
	VALUE_WORD,     /* one of the key's words */
	VALUE_CODE,     /* a diagnosis code or a severity */
	VALUE_HOST,     /* address, network, address:port */
	VALUE_INSTANT,  /* 12:00:05, 2026-11-21T12:00:05Z */
	VALUE_TEXT,     /* a part of the text */
};

struct choice {
	int64_t low, high;            /* numbers: both ends are meant */
	struct tcphs_address address; /* family 0: any */
	uint8_t prefix;               /* bits of the address that count */
	bool of_day;                  /* `low` is ns since local midnight */
	const char *text;             /* points into the query's copy */
	size_t length;
};

struct term;

struct key {
	struct tcphs_query_key shown;
	uint8_t kind;  /* enum value_kind */
	uint8_t sides; /* hosts: bit 0 the client's, bit 1 the server's */
	bool rows;     /* an exact answer needs the analysis's rows */
	/* One of these by kind. Numbers: the known ones of at most two. Words: a bit each. */
	size_t (*numbers)(const struct tcphs_connection *connection, int64_t number[2]);
	uint32_t (*words)(const struct tcphs_connection *connection);
	bool (*matches)(const struct term *term, const struct tcphs_query_subject *subject);
};
extern const struct key query_keys[];
extern const size_t query_key_count;

struct term {
	const struct key *key;
	bool negated;
	struct choice *choice; /* numbers, hosts, texts, instants */
	size_t choices, room;
	uint32_t words;                   /* a bit each */
	uint64_t codes[QUERY_CODE_WORDS]; /* a bit each */
	uint32_t severities;
};

struct tcphs_query {
	char *text; /* a copy, for the choices that point into it */
	struct term *term;
	size_t terms, room;
};

/* A value as typed: which octets of the query it is, for the error. */
struct value {
	const char *text;
	size_t length;
};

/* Adds what `value` means to the term. False with the error's text set. */
bool value_add(struct term *term, struct value value, struct tcphs_error *error);
/* Adds the half-open range that `key OP value` means; OP is > >= < <= or =. */
bool value_add_compared(struct term *term, struct value operator, struct value value,
                        struct tcphs_error *error);
/* A new zeroed choice at the end of the term; NULL with the error set if memory is exhausted. */
struct choice *term_choice(struct term *term, struct tcphs_error *error);

/* The key of that name, or NULL. */
const struct key *key_named(struct value name);
/* Says in `error` what `word`, which begins with no key (`name`), was probably meant to be. */
void mistake_explain(struct value word, struct value name, struct tcphs_error *error);

/* "12:00", "12:00:05.25": ns since midnight. "2026-11-21[T12:00[:05[.25]]][Z]": ns since 1970;
 * without the Z in local time. */
bool instant_parse(const char *text, size_t length, int64_t *value, bool *of_day);
/* Nanoseconds since local midnight. */
int64_t instant_of_day(int64_t nanoseconds);

#endif
