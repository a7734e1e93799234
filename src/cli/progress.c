/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/progress.h"

#include "cli/options.h"
#include "cli/terminal.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define HALF_SECOND INT64_C(500000000)
#define FRAME       INT64_C(100000000)

int64_t monotonic_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

struct progress progress_start(const struct options *options)
{
	bool terminal = terminal_is(STDERR_FILENO);

	return (struct progress){
	    .wanted = options->progress || (terminal && !options->quiet),
	    .redraw = terminal,
	    .next = monotonic_now() + HALF_SECOND,
	};
}

void progress_show(struct progress *progress, uint64_t done, uint64_t total, uint64_t packets,
                   uint64_t connections)
{
	int64_t now;

	if (!progress->wanted)
		return;
	now = monotonic_now();
	if (now < progress->next)
		return;
	progress->next = now + (progress->redraw ? FRAME : HALF_SECOND);
	if (progress->redraw)
		fputs("\r\033[K", stderr);
	fputs("tcphs: ", stderr);
	if (total > 0 && done <= total)
		fprintf(stderr, "%3.0f %%, ", 100.0 * (double)done / (double)total);
	fprintf(stderr, "%" PRIu64 " packets, %" PRIu64 " connections", packets, connections);
	if (!progress->redraw)
		fputc('\n', stderr);
	fflush(stderr);
	progress->shown = true;
}

void progress_end(struct progress *progress)
{
	if (progress->shown && progress->redraw)
		fputs("\r\033[K", stderr);
	progress->shown = false;
}
