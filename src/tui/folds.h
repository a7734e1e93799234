/* SPDX-License-Identifier: BSD-3-Clause */
/* Equal failures of one host, counted: "2,838 unanswered SYNs from 192.0.2.7". */
#ifndef TUI_FOLDS_H
#define TUI_FOLDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/connection.h>

#define FOLDS_MAX (1u << 20) /* further hosts are not folded */

struct fold {
	struct tcphs_address client;
	uint8_t kind;   /* enum tcphs_open_kind */
	uint32_t first; /* index of the connection that stands for the group */
	uint64_t count;
};

struct folds;

struct folds *folds_new(void); /* NULL if memory is exhausted */
void folds_free(struct folds *folds);
/* Whether a connection is of a kind that is folded. */
bool folds_folds(const struct tcphs_connection *connection);
/* Counts connection `index`; true if it is the first of its group (or could not be folded),
 * so that it gets a row. */
bool folds_add(struct folds *folds, const struct tcphs_connection *connection, uint32_t index);
/* The group that connection `index` stands for, NULL if none. */
const struct fold *folds_at(const struct folds *folds, const struct tcphs_connection *connection,
                            uint32_t index);
/* "2838 unanswered SYNs from 192.0.2.7"; as snprintf. */
size_t fold_text(const struct fold *fold, char *text, size_t size);
/* The query that selects the group's connections; as snprintf. */
size_t fold_query(const struct fold *fold, char *text, size_t size);

#endif
