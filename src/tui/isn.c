/* SPDX-License-Identifier: BSD-3-Clause */
/* I: the ISNs of all hosts seen so far, as `tcphs isn --plot` shows them. */
#include "tui/app.h"
#include "tui/screens.h"

#include "teach/isn_hosts.h"

#include <curses.h>
#include <stdlib.h>

enum {
	CONNECTIONS_MAX = 1000000, /* more would keep the keys waiting */
	HOSTS_MAX = 500,
	PLOTS_MAX = 20,
	WIDTH = 96, /* a screen of text is not wider */
	MARGIN = 4, /* its own, and the scroll bar */
};

static bool gather(const struct app *app, struct tcphs_isn *isn)
{
	const size_t held = tcphs_tracker_count(app->tracker);
	struct tcphs_analysis analysis = {0};
	bool done = true;

	for (size_t i = 0; done && i < held && i < CONNECTIONS_MAX; i++)
		done = tcphs_tracker_summarise(app->tracker, i, &analysis) &&
		       tcphs_isn_add(isn, &analysis.connection);
	tcphs_analysis_free(&analysis);
	return done;
}

static bool describe(const struct app *app, struct tcphs_isn *isn, struct text *text)
{
	const unsigned width = COLS < WIDTH ? (unsigned)COLS - MARGIN : WIDTH - MARGIN;
	const size_t count = tcphs_isn_hosts(isn);
	struct isn_rank *host = calloc(count + 1, sizeof(*host));
	struct tcphs_isn_report report;
	bool done = host != NULL && isn_hosts_rank(isn, host);
	uint64_t dull = 0;
	size_t plots = 0;

	if (done && count > 0)
		isn_hosts_head(text);
	for (size_t i = 0; done && i < count && i < HOSTS_MAX; i++) {
		if (isn_host_is_dull(&host[i])) {
			dull++;
			continue;
		}
		done = tcphs_isn_report(isn, host[i].index, &report);
		if (done)
			isn_host_add(text, &report, width);
		if (done && plots++ < PLOTS_MAX)
			done = isn_host_plot(text, isn, &host[i], width, app->term.ascii);
	}
	isn_hosts_end(text, isn, dull);
	if (count > HOSTS_MAX)
		text_addf(text, "%zu more hosts are left out here; tcphs isn shows all\n",
		          count - HOSTS_MAX);
	free(host);
	return done && !text->failed;
}

bool screen_isn_open(struct app *app)
{
	const struct tcphs_isn_options within = {.max_memory = app->options->isn_memory};
	struct tcphs_isn *isn = tcphs_isn_new(&within);
	struct text text = {0};
	bool opened = isn != NULL && gather(app, isn) && describe(app, isn, &text) &&
	              screen_text_open(app, "Initial sequence numbers", text.data, 0);

	if (!opened)
		app_message(app, TCPHS_S_ERROR, "memory is exhausted");
	tcphs_isn_free(isn);
	text_free(&text);
	return opened;
}
