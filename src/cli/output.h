/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where a command's results go: standard output or -o's FILE, buffered, with what is known of
 * the terminal there.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "base/outbox.h"
#include "base/stream.h"

#include <tcphs/error.h>

struct options;

struct output {
	struct stream *stream;
	int fd;
	bool terminal, utf8, color;
	unsigned width;        /* columns; 0: not a terminal, as wide as it needs */
	bool reader_gone;      /* a pipe whose reader went away: stop, without a word */
	int failed;            /* errno of the write that failed */
	const char *path;      /* -o's, or NULL */
	bool created;          /* by this run: it is taken away again if nothing was written */
	bool written;          /* something was; until then what the file held is left alone */
	struct outbox *behind; /* a thread writes, while packets come; or NULL */
	bool patient;          /* none come any more: whoever writes may wait */
	bool waited;           /* … for long, and that was said */
};

/* False with the error filled. Close it also then. */
bool output_open(struct output *output, const struct options *options, struct tcphs_error *error);
/* Whether it is still worth going on. */
bool output_works(const struct output *output);
/* Live: from now on whoever takes the output slowly, or not for a while, does not hold the run
 * up, until output_wait(). False: no memory. */
bool output_go_behind(struct output *output);
void output_wait(struct output *output);
/* Is there room for a further record? Else too much waits to be taken. */
bool output_has_room(const struct output *output);
/* Flushes and closes; returns an enum exit_code and says what failed. Of a run that failed
 * before it wrote anything no empty file remains, and no older one is emptied. */
int output_close(struct output *output, bool failed);

#endif
