/* SPDX-License-Identifier: BSD-3-Clause */
/* What a worksheet's format knows: how a field, a line and a page of it look. */
#ifndef TEACH_SHEET_FORM_H
#define TEACH_SHEET_FORM_H

#include "teach/sheet.h"
#include "base/text.h"

#define SHEET_STATE_CELLS 18
#define SHEET_INDENT      5

struct sheet_parts {
	struct text left, label, right; /* in the format's own words */
	char packet[48];
};

struct sheet_form {
	bool xml; /* what stands between the fields is escaped */
	void (*begin)(struct sheet *sheet, const char *title);
	/* The answer, or a blank for it, whose number is sheet->blanks; `state`: a long one. */
	void (*field)(struct sheet *sheet, struct text *out, const char *answer, bool state);
	/* Before a ladder. `isns`: what both sides begin with, NULL: no SYN told; `legend` NULL:
	 * none is needed. */
	void (*head)(struct sheet *sheet, const struct tcphs_ladder *ladder, const char *isns,
	             const char *legend);
	void (*segment)(struct sheet *sheet, const struct tcphs_row *row,
	                const struct sheet_parts *parts);
	void (*run)(struct sheet *sheet, const char *words);
	void (*foot)(struct sheet *sheet); /* behind a ladder */
	void (*end)(struct sheet *sheet);  /* … and behind them all */
};

extern const struct sheet_form sheet_as_text, sheet_as_html, sheet_as_paper;

extern const char sheet_instructions[];
extern const char sheet_unchanged[];               /* not in the key */
const char *sheet_kind(const struct sheet *sheet); /* "Worksheet" */

#endif
