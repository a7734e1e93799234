/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reading captures again for the selected connections: for -w and the view, which write their
 * packets, and for show, which wants each of their segments. Connections are remembered with
 * whether they were selected; then each segment is looked up by its 4-tuple, its number, its
 * encapsulation.
 */
#ifndef TRACK_SELECTION_H
#define TRACK_SELECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <tcphs/session.h>

struct selection_item;

#define SELECTION_OCTETS 96u /* at most, of each that is remembered */

struct selection {
	struct selection_item *item;
	size_t *by_path; /* indices, once they are in order */
	size_t count, room;
	size_t most;                         /* connections remembered; 0: all, else … */
	uint64_t left_out;                   /* … so many selected ones were not */
	uint64_t written;                    /* packets, by selection_write() */
	const struct tcphs_decoder *decoder; /* that made the connections' encapsulations */
};

/* Beyond `most` it is only counted. False if memory is exhausted. */
bool selection_add(struct selection *selection, const struct tcphs_connection *connection,
                   bool selected);
/* The connection at `index` of the session's tracker is selected, and those of its 4-tuple are
 * remembered beside it. False if memory is exhausted. */
bool selection_add_one(struct selection *selection, struct tcphs_session *session, size_t index);
/* Reads the session's source again, which it leaves where it is, and writes what belongs to
 * selected connections: their segments with all fragments, and the ICMP errors about them. If
 * the source is a pipe that did not keep all of that, the rest is written and the error says so. */
enum tcphs_status selection_write(struct selection *selection, struct tcphs_session *session,
                                  struct tcphs_writer *writer, struct tcphs_error *error);
/* Reads it again and gives the tracker every segment whose 4-tuple is a selected connection's,
 * so that connections that share it are told apart as before. */
enum tcphs_status selection_track(struct selection *selection, struct tcphs_session *session,
                                  struct tcphs_tracker *tracker, struct tcphs_error *error);
/* After selection_track(): the id of the selected connection that this one of the tracker's
 * is, 0 if none. */
uint64_t selection_id(const struct selection *selection, const struct tcphs_connection *connection);
void selection_free(struct selection *selection);

#endif
