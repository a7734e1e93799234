/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reading captures again for the selected connections: for -w, which writes their packets, and
 * for show, which wants each of their segments. Connections are remembered with whether they
 * were selected; then each segment is looked up by its 4-tuple, its number, its encapsulation.
 */
#ifndef CLI_SELECT_H
#define CLI_SELECT_H

#include <stdbool.h>
#include <stddef.h>
#include <tcphs/connection.h>
#include <tcphs/decode.h>
#include <tcphs/error.h>
#include <tcphs/source.h>
#include <tcphs/tracker.h>

struct selection_item;

struct selection {
	struct selection_item *item;
	size_t count, room;
	uint64_t packets; /* how many to read again: as many as the first time */
	bool fragments;   /* some were fragments */
};

/* False if memory is exhausted. */
bool selection_add(struct selection *selection, const struct tcphs_connection *connection,
                   bool selected);
/* Reads a second handle on `source` and writes what belongs to selected connections. If the
 * source is a pipe that did not keep all of that, the rest is written and the error says so. */
enum tcphs_status selection_write(struct selection *selection, const struct tcphs_source *source,
                                  const struct tcphs_decode_options *decode,
                                  struct tcphs_writer *writer, struct tcphs_error *error);
/* Reads a second handle on `source` and gives the tracker every segment whose 4-tuple is a
 * selected connection's, so that connections that share it are told apart as before. */
enum tcphs_status selection_track(struct selection *selection, const struct tcphs_source *source,
                                  const struct tcphs_decode_options *decode,
                                  struct tcphs_tracker *tracker, struct tcphs_error *error);
/* After selection_track(): the id of the selected connection that this one of the tracker's
 * is, 0 if none. */
uint64_t selection_id(const struct selection *selection, const struct tcphs_connection *connection);
void selection_free(struct selection *selection);

#endif
