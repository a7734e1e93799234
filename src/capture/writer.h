/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef CAPTURE_WRITER_H
#define CAPTURE_WRITER_H

#include <tcphs/source.h>

/* From now on a thread writes, and packets that come while OUTBOX_MOST octets wait for it are
 * counted and left out: a disk that stalls does not hold the capture up. False: no memory. */
bool writer_go_behind(struct tcphs_writer *writer);
uint64_t writer_unwritten(const struct tcphs_writer *writer); /* packets left out so far */

/* Hands everything written so far to the system, or to the thread. */
enum tcphs_status writer_flush(struct tcphs_writer *writer, struct tcphs_error *error);

/* Writes what belongs to the end, and waits until the file has taken all; *waits: it has not, and
 * took nothing for `patience` ms (negative: without an end). No packet may follow. */
enum tcphs_status writer_finish(struct tcphs_writer *writer, int patience, bool *waits,
                                struct tcphs_error *error);

#endif
