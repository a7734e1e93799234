/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Small ladders for explanations, written one line a segment:
 *
 *	> SYN  seq 0|SYN-SENT|SYN-RECEIVED        client to server, and both states after it
 *	< SYN-ACK  seq 0 ack 1|ESTABLISHED|SYN-RECEIVED
 *	!> ACK  ack 1|ESTABLISHED|SYN-RECEIVED    it is lost
 *	X FIN-ACK|FIN-WAIT-1|ESTABLISHED          client to server, crossing the next one
 *	Y FIN-ACK|CLOSING|FIN-WAIT-1              server to client, crossing
 */
#ifndef TEACH_PICTURE_H
#define TEACH_PICTURE_H

#include <stdbool.h>
#include "base/text.h"

struct picture_line {
	bool to_server, lost, crossing;
	const char *label, *left, *right; /* not NUL-terminated */
	size_t label_length, left_length, right_length;
};

/* Reads the line at *at and moves *at behind it. False at the end, or if the line is none of
 * these, which leaves *at where it was. */
bool picture_next(const char **at, struct picture_line *line);

/* Adds one line: the left state, the arrow with its label, the right state. A label that is too
 * long for its arrow pushes the rest to the right. */
void picture_add_line(struct text *out, const struct picture_line *line, size_t state_cells,
                      size_t arrow_cells);

/* Adds the ladder in columns, two heads and one line a segment, indented by `indent` cells; it
 * takes 72 cells more. */
void picture_add(struct text *out, const char *picture, size_t indent);

#endif
