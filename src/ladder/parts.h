/* SPDX-License-Identifier: BSD-3-Clause */
/* The two handshakes of a ladder, the open and the close: which rows they take, and the bracket
 * that a line has. */
#ifndef LADDER_PARTS_H
#define LADDER_PARTS_H

#include <tcphs/ladder.h>

/* Fills syn, fin, part_first and part_last of *ladder from its analysis. */
void ladder_find_parts(struct tcphs_ladder *ladder);
/* enum tcphs_bracket of `line` for the part. */
uint8_t ladder_bracket(const struct tcphs_ladder *ladder, int part, const struct tcphs_line *line);
/* Did the tracker fold a single segment? It saves no line: `show` draws it, and so does who can
 * read the connection again in a moment, at most LADDER_AGAIN_PACKETS packets from its first to
 * its last. */
#define LADDER_AGAIN_PACKETS 20000
bool ladder_has_lone(const struct tcphs_analysis *analysis);

#endif
