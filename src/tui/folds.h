/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Equal failures, counted as they come: those of one client ("2,838 unanswered SYNs from
 * 192.0.2.7"), or those at one port of a server from many clients, as a flood with forged
 * sources makes them ("2,838 unanswered SYNs from many hosts to 198.51.100.1:http").
 *
 * The second of a group decides what its members have in common: until then it may become
 * either. A connection that fits two groups goes to the larger one. Every connection is counted
 * in one group only, and a group never loses any.
 */
#ifndef TUI_FOLDS_H
#define TUI_FOLDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/connection.h>

#define FOLDS_OCTETS 200u       /* of each at most, with its places in a table that grows */
#define FOLDS_MAX    (1u << 20) /* groups; what would begin a further one is not folded */

/* What a group has in common: the client, the server and its port, or (so far) both. */
enum fold_by { FOLD_BY_BOTH, FOLD_BY_CLIENT, FOLD_BY_SERVER };

struct fold {
	struct tcphs_address client, server; /* of the first */
	uint16_t port;                       /* of the server */
	uint8_t kind;                        /* enum tcphs_open_kind */
	uint8_t by;                          /* enum fold_by */
	uint8_t worst;                       /* 1 + the worst severity of its findings; 0: none */
	bool many_servers, many_ports;       /* by client: not only the first's */
	uint32_t first;                      /* id of the connection that stands for the group */
	uint64_t count, packets, bytes;
};

struct folds;

/* At most so many groups; 0 or more: FOLDS_MAX. NULL if memory is exhausted. */
struct folds *folds_new(size_t most);
/* Gives a part of it back, a little at a time; true when it is gone (NULL is, at once). Call
 * nothing else on it then. */
bool folds_discard(struct folds *folds);
/* Whether a connection is of a kind that is folded. */
bool folds_folds(const struct tcphs_connection *connection);
/* Counts a connection, whose id is higher than those of all before; true if it is the first of its
 * group (or could not be folded), so that it gets a row. */
bool folds_add(struct folds *folds, const struct tcphs_connection *connection);
/* The group that connection `id` stands for, NULL if none or if it is the only one. */
const struct fold *folds_at(const struct folds *folds, uint32_t id);
/* As a connection: what its members have in common, and their sums. */
struct tcphs_connection fold_sum(const struct fold *fold);
/* "2,838 unanswered SYNs from 192.0.2.7 to many hosts, port 80"; brief: "2,838 unanswered from …";
 * as snprintf. */
size_t fold_text(const struct fold *fold, bool brief, char *text, size_t size);
/* The query that selects the group's connections; as snprintf. */
size_t fold_query(const struct fold *fold, char *text, size_t size);

#endif
