/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/isn_pictures.h"

#include "cli/ladders.h"
#include "cli/options.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { PICTURES_MAX = 50 }; /* the worst hosts; more than that nobody looks at, nor fits a png */

/* Is there something to draw, and to see? */
static bool is_drawn(const struct run *run, const struct isn_rank *host)
{
	return host->samples > 0 && (run->options->verbose || !isn_host_is_dull(host));
}

/* What isn_hosts_end() says below the text, and how many hosts there was no room for. */
static void describe_rest(struct run *run, const struct tcphs_isn *isn, const struct isn_rank *host,
                          struct text *note)
{
	const size_t count = tcphs_isn_hosts(isn);
	uint64_t dull = 0, drawable = 0;

	for (size_t i = 0; i < count; i++) {
		if (is_drawn(run, &host[i]))
			drawable++;
		else
			dull += isn_host_is_dull(&host[i]);
	}
	isn_hosts_end(note, isn, dull);
	if (dull > 0)
		text_add(note, "(-v draws them)\n");
	if (drawable > PICTURES_MAX)
		text_addf(note,
		          "%llu more hosts are not drawn; tcphs isn without a picture lists them\n",
		          (unsigned long long)(drawable - PICTURES_MAX));
	/* One line. */
	for (char *at = note->data; at != NULL && (at = strchr(at, '\n')) != NULL; at++)
		*at = at[1] == '\0' ? '\0' : ' ';
}

/* False after an error, which it has said. */
static bool draw_host(struct run *run, struct tcphs_isn *isn, const struct isn_rank *host,
                      const struct tcphs_format *format, void *state)
{
	struct tcphs_isn_point *point = calloc(host->samples, sizeof(*point));
	struct tcphs_isn_report report;
	struct tcphs_error error = {0};
	size_t count = 0;
	bool done = false;

	if (point != NULL && tcphs_isn_report(isn, host->index, &report))
		count = tcphs_isn_points(isn, host->index, point, host->samples);
	if (count == 0)
		run_no_memory(run);
	else
		done = format->host(state, &report, point, count, &error) ||
		       document_failed(run, &error);
	free(point);
	return done;
}

void isn_pictures(struct run *run, struct tcphs_isn *isn, const struct isn_rank *host,
                  const struct tcphs_format *format)
{
	const size_t count = tcphs_isn_hosts(isn);
	struct tcphs_render_options options = {.hosts = true};
	struct tcphs_error error = {0};
	struct tcphs_sink sink;
	struct text note = {0};
	void *state = NULL;
	size_t drawn = 0;
	bool done = true;

	describe_rest(run, isn, host, &note);
	options.note = note.data != NULL && *note.data != '\0' ? note.data : NULL;
	if (document_begin(run, format, &options, &sink, &state)) {
		for (size_t i = 0; done && i < count && drawn < PICTURES_MAX; i++) {
			if (!is_drawn(run, &host[i]))
				continue;
			drawn++;
			done = draw_host(run, isn, &host[i], format, state);
		}
		if (!format->end(state, &error))
			document_failed(run, &error);
	}
	text_free(&note);
}
