/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * -w with files: the packets of the selected connections, as pcapng. Every connection is
 * remembered with whether it was selected; then the captures are read again and each segment
 * is looked up by its 4-tuple, its number and its encapsulation.
 */
#ifndef CLI_SELECT_H
#define CLI_SELECT_H

#include <stdbool.h>
#include <stddef.h>
#include <tcphs/connection.h>
#include <tcphs/decode.h>
#include <tcphs/error.h>
#include <tcphs/source.h>

struct selection_item;

struct selection {
	struct selection_item *item;
	size_t count, room;
};

/* False if memory is exhausted. */
bool selection_add(struct selection *selection, const struct tcphs_connection *connection,
                   bool selected);
/* Reads a second handle on `source` and writes what belongs to selected connections. */
enum tcphs_status selection_write(struct selection *selection, const struct tcphs_source *source,
                                  const struct tcphs_decode_options *decode, const char *path,
                                  struct tcphs_error *error);
void selection_free(struct selection *selection);

#endif
