/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What all handles on one run of captures have in common: the files, the interfaces, who gave
 * which packet, what is kept of a pipe or an interface. Counted, freed with the last handle;
 * one thread.
 */
#ifndef CAPTURE_RUN_H
#define CAPTURE_RUN_H

#include <tcphs/source.h>
#include "capture/capture.h"
#include "capture/comments.h"
#include "capture/origins.h"
#include "capture/spool.h"
#include "capture/switches.h"

struct run {
	unsigned holders;
	struct capture **captures; /* as on the command line; NULL: couldn't be opened */
	size_t count;
	size_t usable; /* captures with packets to read */
	bool pipe;     /* some capture can't be read again */
	bool follow;
	uint64_t size; /* of the files, 0: unknown */
	struct interfaces interfaces;
	struct comments comments;
	struct origins origins;
	struct switches switches; /* if usable > 1 */
	struct spool *spool;      /* or NULL */
	char *filter;             /* or NULL */
	char *name;               /* escaped, for a title */
};

/* Room for `count` captures. NULL and an error if memory is exhausted. */
struct run *run_new(size_t count, const struct tcphs_source_options *options,
                    struct tcphs_error *error);
struct run *run_hold(struct run *run);
void run_release(struct run *run);

#endif
