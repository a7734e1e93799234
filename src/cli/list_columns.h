/* SPDX-License-Identifier: BSD-3-Clause */
/* The columns of `tcphs list`: what a cell says, how it sorts, what goes first in little room. */
#ifndef CLI_LIST_COLUMNS_H
#define CLI_LIST_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/connection.h>
#include <tcphs/error.h>
#include <tcphs/source.h>

struct cell_context {
	bool numeric, utf8;
	const char *encapsulation;
	const struct tcphs_source *source; /* to name packets "[2,3]"; NULL: one capture */
};

enum { CELL_MAX = TCPHS_VERDICT_MAX };

/* Compared word by word. */
struct sort_key {
	uint64_t word[3];
};

struct column {
	const char *name, *title;
	bool right;      /* aligned */
	bool middle;     /* cut in the middle rather than at the end, down to `least` columns */
	bool mark;       /* begins with a mark, which alone says enough */
	bool descending; /* --sort: largest first */
	uint8_t least;   /* 0: is never cut */
	uint8_t usual;   /* columns it mostly needs, where no line can be waited for */
	uint8_t drop;    /* of the default columns the largest goes first; 0: stays */
	/* Writes at most CELL_MAX octets at `to`; returns one past the last. */
	char *(*cell)(const struct cell_context *context, const struct tcphs_analysis *analysis,
	              char *to);
	char *(*plain)(const struct cell_context *context, const struct tcphs_analysis *analysis,
	               char *to); /* for CSV; NULL: the same */
	struct sort_key (*key)(const struct tcphs_analysis *analysis);
};

enum { COLUMNS_MAX = 24 };
struct column_list {
	const struct column *column[COLUMNS_MAX];
	size_t count;
};

const struct column *column_at(size_t index); /* NULL past the last */
const struct column *column_named(const char *name, size_t length);
struct column_list columns_default(void);
struct column_list columns_all(void);
/* "id,client,rtt". */
bool columns_parse(struct column_list *list, const char *text, struct tcphs_error *error);

/* Prints what --columns takes. */
void columns_help(void);

#endif
