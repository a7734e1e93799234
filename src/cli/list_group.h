/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Equal failures as one line: first all connections are counted, by kind and client and by
 * kind and server; then each is either its group's first, a further one, or alone.
 */
#ifndef CLI_LIST_GROUP_H
#define CLI_LIST_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <tcphs/connection.h>

struct groups;

/* Within so many octets; 0: as many groups as ever. NULL if memory is exhausted. */
struct groups *groups_new(uint64_t memory);
void groups_free(struct groups *groups);
/* False if memory is exhausted. */
bool groups_count(struct groups *groups, const struct tcphs_connection *connection);

enum group_place { GROUP_ALONE, GROUP_FIRST, GROUP_FURTHER };
/* After all were counted, once for each in turn. For GROUP_FIRST the line's text. */
enum group_place groups_place(struct groups *groups, const struct tcphs_connection *connection,
                              char *text, size_t size);

#endif
