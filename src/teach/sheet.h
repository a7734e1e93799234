/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Worksheets: a ladder on paper with numbered blanks to fill in, or, as the key, with the
 * answers in their places. Blank is what follows from the rows before: the states that move,
 * the sequence and acknowledgement numbers that can be predicted.
 */
#ifndef TEACH_SHEET_H
#define TEACH_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/ladder.h>
#include "base/text.h"
#include "teach/paper.h"

enum sheet_format { SHEET_TEXT, SHEET_HTML, SHEET_PAPER };

struct sheet {
	enum sheet_format format;
	bool key;             /* with the answers */
	struct text out;      /* what is written so far; the caller takes it */
	struct paper paper;   /* SHEET_PAPER: its pages, and who takes them */
	unsigned blanks;      /* numbered so far */
	unsigned blank_of[2]; /* whose answer the state of [client], [server] still is; 0: none's */
	uint8_t state_of[2];  /* … and which state that is */
	unsigned ladders;
	unsigned number_cells; /* for the numbers of packets, set by each ladder */
	size_t arrow_cells;    /* likewise, for what stands on the arrows */
};

/* `title` is escaped text. */
void sheet_begin(struct sheet *sheet, const char *title);
void sheet_ladder(struct sheet *sheet, const struct tcphs_ladder *ladder);
void sheet_end(struct sheet *sheet);

#endif
