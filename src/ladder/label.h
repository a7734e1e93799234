/* SPDX-License-Identifier: BSD-3-Clause */
/* What stands on the arrow of a row, and the verdict on its numbers. */
#ifndef LADDER_LABEL_H
#define LADDER_LABEL_H

#include <tcphs/ladder.h>

void label_of_row(const struct tcphs_ladder *ladder, uint32_t row, struct tcphs_label *label);

/* Which rule of arithmetic a row's acknowledgement is held against. */
enum ack_rule {
	ACK_RULE_NONE,
	ACK_RULE_SYN, /* it answers the SYN in row `of`: ISN + 1, up to its data */
	ACK_RULE_FIN, /* it answers the FIN in row `of`: the FIN's number + 1 */
};
struct ack_check {
	enum ack_rule rule;
	uint32_t of;       /* row of the SYN or FIN answered; UINT32_MAX if it was not captured */
	uint32_t expected; /* ISN + 1, or the FIN's number + 1 */
	bool right;
};
struct ack_check ack_check_of(const struct tcphs_ladder *ladder, uint32_t row);

/* The row has a diagnosis of at least a warning about its numbers. */
bool row_has_bad_numbers(const struct tcphs_ladder *ladder, uint32_t row);
/* "11.128": milliseconds, or seconds, with three decimals. As snprintf. */
size_t thousandths_text(int64_t nanoseconds, bool in_seconds, char *text, size_t size);
/* It was ignored, and that is news: a repetition that moves nothing is what one expects, and so
 * is a SYN that was refused. */
bool row_worth_ignored(const struct tcphs_connection *connection, const struct tcphs_row *row);
/* "three-way" of "three-way open 21.5 ms"; "" if there is no such part. */
const char *part_word(const struct tcphs_ladder *ladder, enum tcphs_part part);
/* Terminal cells of a string. */
unsigned text_columns(const char *text);

#endif
