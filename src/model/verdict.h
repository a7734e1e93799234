/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The verdict of a connection: clauses, each from the table of its kind (verdict_words.c), their
 * words in braces filled in (verdict_fill.c), put together (verdict.c).
 *
 * In a clause: {i} is who began the close, {o} the other side, {syns} "5 SYNs over 11 s",
 * {port} the server's, {rtt} " in 11.2 ms", {icmp} the ICMP error in words, {by} and {blamed} who
 * sent it, {data} octets in the SYN, {answers} how often the SYN-ACK was sent.
 */
#ifndef MODEL_VERDICT_H
#define MODEL_VERDICT_H

#include <tcphs/connection.h>

#include <stddef.h>

struct bounded;

struct verdict_clause {
	const char *text;   /* complete, or the only form */
	const char *partly; /* not complete; NULL: `text` serves */
	const char *advice; /* likely causes, where to look; NULL: none */
};

/* What is known of the cause takes the place of the clauses' guesses, or ends the verdict. */
struct verdict_cause {
	const char *opened;   /* in place of the open's text */
	const char *advice;   /* in place of its advice */
	const char *sentence; /* after all the others */
};

const struct verdict_clause *verdict_open(const struct tcphs_connection *connection);
const struct verdict_clause *verdict_close(const struct tcphs_connection *connection);
const struct verdict_cause *verdict_cause(const struct tcphs_connection *connection);

/* Adds a clause. */
void verdict_put(struct bounded *out, const struct tcphs_connection *connection, const char *text);
/* `before` and the duration; nothing if it is not known. */
void verdict_put_duration(struct bounded *out, const char *before, int64_t duration);
void verdict_put_count(struct bounded *out, uint64_t count, const char *what);
void verdict_put_syns(struct bounded *out, const struct tcphs_connection *connection);
const char *verdict_side(uint8_t side);

#endif
