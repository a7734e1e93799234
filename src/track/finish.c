/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The end of the capture: runs end, two halves become one, every connection is final. Two
 * threads do it where two have tracked.
 */
#include "track/tracker.h"

#include "base/thread.h"
#include "track/halves.h"
#include "track/prepare.h"

#include <stdlib.h>

#define MANY 1024u /* connections, for which a second thread pays */

/* Of the next `most` slots; false if there are more. Only a cold part has a run: of a flood alone
 * nothing is read. */
static bool end_some(struct tcphs_tracker *t, size_t most)
{
	if (t->store.colds == t->store.free_cold_count)
		t->ended = t->store.slots;
	for (; t->ended < t->store.slots && most > 0; t->ended++, most--) {
		struct hot *hot = store_hot(&t->store, t->ended);

		if (hot_runs(hot))
			tracker_end_run(t, t->ended, store_cold(&t->store, hot));
	}
	return t->ended == t->store.slots;
}

static void end_runs(void *context, int which)
{
	struct tcphs_tracker *first = context, *t = which == 0 ? first : first->half;

	if (t == NULL)
		return;
	end_some(t, SIZE_MAX);
	t->finished = true;
}

bool tracker_end_runs(struct tcphs_tracker *t, size_t slots)
{
	return t->finished || t->half != NULL || end_some(t, slots);
}

/* The connections as summaries, in two parts: the halves, or those of one tracker. */
struct summing {
	const struct tcphs_tracker_options *options;
	struct part {
		const struct tcphs_tracker *tracker;
		size_t from, to; /* its own indices */
	} part[2];
	struct analyst *analyst[2]; /* the second one is NULL where one thread does both */
	struct tcphs_analysis out[2];
};

ONLY_FETCHES void fetch_ahead(const struct part *part, size_t i)
{
	const struct tcphs_tracker *t = part->tracker;

	if (i + 2 * FETCH_AHEAD < part->to)
		spot_fetch((struct spot){t, tracker_slot(t, i + 2 * FETCH_AHEAD)});
	if (i + FETCH_AHEAD < part->to)
		spot_fetch_cold((struct spot){t, tracker_slot(t, i + FETCH_AHEAD)});
}

static void summarise(void *context, int which)
{
	struct summing *summing = context;
	const struct tcphs_tracker_options *options = summing->options;
	const struct part part = summing->part[which];
	struct analyst *analyst = summing->analyst[summing->analyst[which] != NULL ? which : 0];
	struct tcphs_analysis *out = &summing->out[which];
	bool goes_on = true;

	analyst->lone.lasting = true;
	for (size_t i = part.from; i < part.to && goes_on; i++) {
		bool done;

		fetch_ahead(&part, i);
		done = tracker_analyse_slot(part.tracker, analyst, tracker_slot(part.tracker, i),
		                            false, out);
		goes_on =
		    options->on_summary(options->summary_context[which], done ? out : NULL) && done;
	}
	analyst->lone.lasting = false;
	analyst->lone.filled = NULL;
}

static void hand_out_summaries(struct tcphs_tracker *t, bool apart)
{
	struct summing summing = {.options = &t->options};

	if (t->half != NULL) {
		summing.part[0] = (struct part){t, 0, t->store.slots};
		summing.part[1] = (struct part){t->half, 0, t->half->store.slots};
	} else {
		size_t count = tcphs_tracker_count(t);

		summing.part[0] = (struct part){t, 0, count / 2};
		summing.part[1] = (struct part){t, count / 2, count};
	}
	summing.analyst[0] = t->analyst;
	if (apart)
		summing.analyst[1] = calloc(1, sizeof(*summing.analyst[1]));
	thread_pair(summarise, &summing, summing.analyst[1] != NULL);
	if (summing.analyst[1] != NULL)
		analyst_free(summing.analyst[1]);
	free(summing.analyst[1]);
	for (int i = 0; i < 2; i++)
		tcphs_analysis_free(&summing.out[i]);
}

void tcphs_tracker_finish(struct tcphs_tracker *t)
{
	const struct tcphs_tracker_options *options = &t->options;
	bool apart = t->store.slots >= MANY;

	if (t->finished)
		return;
	thread_pair(end_runs, t, apart && t->half != NULL);
	if (t->half != NULL) /* the capture's, for whoever waits */
		t->now = t->half->now = t->now > t->half->now ? t->now : t->half->now;
	if (t->half != NULL && options->on_summary != NULL)
		halves_append(t);
	else if (t->half != NULL)
		halves_join(t, apart);
	ranks_settle(&t->ranks);
	if (options->on_summary != NULL) {
		hand_out_summaries(t, apart);
		return;
	}
	if (options->on_final == NULL)
		return;
	if (options->prepare && tcphs_tracker_count(t) >= MANY)
		t->prepared = prepare_start(t);
	for (size_t i = 0, n = tcphs_tracker_count(t); i < n; i++)
		options->on_final(options->context, t, i);
	prepare_stop(t->prepared);
	t->prepared = NULL;
}
