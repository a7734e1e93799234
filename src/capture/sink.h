/* SPDX-License-Identifier: BSD-3-Clause */
/* Where the octets of a capture go that is written: a file or standard output, at once or by a
 * thread. An error is remembered: what comes after it is not written. */
#ifndef CAPTURE_SINK_H
#define CAPTURE_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/error.h>

struct outbox;

struct sink {
	char *name; /* escaped */
	int fd;
	bool waits;   /* a pipe or standard output: what is written is written */
	bool flushed; /* something was */
	uint8_t *buffer;
	size_t used;
	uint64_t total;        /* octets put */
	uint64_t begun;        /* so many came before the last record */
	uint64_t sent;         /* the same as all of it was sent on its way */
	uint64_t whole;        /* the last such place that is known to be in the file */
	struct outbox *behind; /* a thread writes; or NULL: the caller's own */
	enum tcphs_status status;
};

/* "-" is standard output. False and the error if it can't be; close it all the same. */
bool sink_open(struct sink *sink, const char *path, struct tcphs_error *error);

/* From now on a thread writes. False: no memory. */
bool sink_go_behind(struct sink *sink);
/* Would more make too much wait for that thread? */
bool sink_is_behind(const struct sink *sink);

enum tcphs_status sink_put(struct sink *sink, const void *octets, size_t count,
                           struct tcphs_error *error);
/* A record of pcapng begins with what is put next. */
void sink_begin(struct sink *sink);
/* Hands everything put so far to the system, or to the thread. */
enum tcphs_status sink_flush(struct sink *sink, struct tcphs_error *error);
/* Takes back all that was put; false if that can't be. */
bool sink_take_back(struct sink *sink);

/* Waits until the thread has written all; *waits: it took nothing for `patience` ms (negative:
 * without an end). */
enum tcphs_status sink_drain(struct sink *sink, int patience, bool *waits,
                             struct tcphs_error *error);

/* Sets and returns the status of a write that failed for `cause`. */
enum tcphs_status sink_fail(struct sink *sink, int cause, struct tcphs_error *error);

/* Drops what was not flushed. Of a file that could not be written on, the record that is there in
 * part is cut off, so that others read it without a complaint. An error is the one of closing. */
enum tcphs_status sink_close(struct sink *sink, struct tcphs_error *error);

#endif
