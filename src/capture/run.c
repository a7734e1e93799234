/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/run.h"

#include <stdlib.h>
#include <string.h>

struct run *run_new(size_t count, const struct tcphs_source_options *options,
                    struct tcphs_error *error)
{
	struct run *run = calloc(1, sizeof(*run));

	if (run == NULL)
		goto nomem;
	run->holders = 1;
	run->count = count;
	run->follow = options->follow;
	run->captures = calloc(count > 0 ? count : 1, sizeof(struct capture *));
	if (options->filter != NULL)
		run->filter = strdup(options->filter);
	if (run->captures == NULL || (options->filter != NULL && run->filter == NULL))
		goto nomem;
	return run;
nomem:
	tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
	run_release(run);
	return NULL;
}

struct run *run_hold(struct run *run)
{
	run->holders++;
	return run;
}

void run_release(struct run *run)
{
	if (run == NULL || --run->holders > 0)
		return;
	for (size_t i = 0; run->captures != NULL && i < run->count; i++)
		capture_close(run->captures[i]);
	free(run->captures);
	interfaces_free(&run->interfaces);
	comments_free(&run->comments);
	origins_free(&run->origins);
	switches_free(&run->switches);
	spool_free(run->spool);
	free(run->filter);
	free(run->name);
	free(run);
}
