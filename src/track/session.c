/* SPDX-License-Identifier: BSD-3-Clause */
#include <tcphs/session.h>

#include "track/ahead.h"
#include "track/halves.h"
#include "track/tracker.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BATCH     256
#define END_SLOTS 64 /* ended at the end in the time that a packet takes */

struct tcphs_session {
	struct tcphs_session_options options;
	struct tcphs_source *source;
	struct tcphs_decoder *decoder;
	struct tcphs_tracker *tracker;
	struct ahead *ahead; /* NULL: it reads itself */
	uint64_t packets;
	uint64_t done, total;
	int64_t began; /* monotonic ns of the first step */
	int64_t time;  /* of the newest packet */
	bool ending;   /* no packet comes any more; `last` and `last_error` say why */
	enum tcphs_source_state last;
	struct tcphs_error last_error;
	bool finished;
	struct tcphs_packet packet[BATCH];
	struct tcphs_segment segment[BATCH];
};

static struct tcphs_session *make(struct tcphs_source *source,
                                  const struct tcphs_session_options *options,
                                  struct tcphs_error *error)
{
	struct tcphs_session *s;

	if (source == NULL)
		return NULL;
	s = calloc(1, sizeof(*s));
	if (s != NULL) {
		if (options != NULL)
			s->options = *options;
		s->source = source;
		s->decoder = tcphs_decoder_new(&s->options.decode);
		s->tracker = tcphs_tracker_new(&s->options.tracker);
	}
	if (s == NULL || s->decoder == NULL || s->tracker == NULL) {
		tcphs_error_set(error, TCPHS_NOMEM, "out of memory");
		if (s == NULL)
			tcphs_source_close(source);
		tcphs_session_close(s);
		return NULL;
	}
	return s;
}

struct tcphs_session *tcphs_session_open_files(const char *const *paths, size_t count,
                                               const struct tcphs_session_options *options,
                                               struct tcphs_error *error)
{
	return make(
	    tcphs_source_open_files(paths, count, options != NULL ? &options->source : NULL, error),
	    options, error);
}

struct tcphs_session *tcphs_session_open_live(const char *interface,
                                              const struct tcphs_session_options *options,
                                              struct tcphs_error *error)
{
	return make(
	    tcphs_source_open_live(interface, options != NULL ? &options->source : NULL, error),
	    options, error);
}

void tcphs_session_close(struct tcphs_session *s)
{
	if (s == NULL)
		return;
	ahead_stop(s->ahead, &s->packets);
	tcphs_tracker_free(s->tracker);
	tcphs_decoder_free(s->decoder);
	tcphs_source_close(s->source);
	free(s);
}

/* False: memory was exhausted by what was read ahead, or by what ends only now. */
static bool finish(struct tcphs_session *s)
{
	bool done = ahead_stop(s->ahead, &s->packets);

	s->ahead = NULL;
	s->finished = true;
	tcphs_tracker_finish(s->tracker);
	return done && !tracker_starved(s->tracker) &&
	       (s->tracker->half == NULL || !tracker_starved(s->tracker->half));
}

void tcphs_session_finish(struct tcphs_session *s)
{
	finish(s);
}

bool tcphs_session_is_over(const struct tcphs_session *s)
{
	return s->finished;
}

/* How many packets the next read may bring. */
static size_t allowance(const struct tcphs_session *s, size_t wanted)
{
	size_t n = wanted < BATCH ? wanted : BATCH;

	if (s->options.max_packets != 0 && s->options.max_packets - s->packets < n)
		n = (size_t)(s->options.max_packets - s->packets);
	return n;
}

static bool tracked(struct tcphs_session *s, bool done, struct tcphs_error *error)
{
	if (done)
		return true;
	tcphs_error_set(
	    error, TCPHS_NOMEM, "%s: out of memory at packet %llu%s", tcphs_source_name(s->source),
	    (unsigned long long)s->packets,
	    s->options.tracker.max_memory == 0 ? ": use --max-memory to bound what is kept" : "");
	return false;
}

static enum tcphs_source_state step_here(struct tcphs_session *s, size_t wanted, size_t *count,
                                         struct tcphs_error *error)
{
	size_t n = allowance(s, wanted);
	enum tcphs_source_state state;
	size_t segments;

	*count = 0;
	if (n == 0)
		return TCPHS_SOURCE_END;
	state = tcphs_source_read(s->source, s->packet, n, count, error);
	s->packets += *count;
	tcphs_source_progress(s->source, &s->done, &s->total);
	segments = tcphs_decode(s->decoder, s->packet, *count, s->segment);
	if (!tracked(s, tcphs_tracker_add(s->tracker, s->segment, segments), error))
		return TCPHS_SOURCE_ERROR;
	if (*count > 0 && s->packet[*count - 1].time > s->time)
		s->time = s->packet[*count - 1].time;
	if (s->options.tracker.live && *count > 0)
		tcphs_tracker_tick(s->tracker, s->time);
	return state;
}

static enum tcphs_source_state step_ahead(struct tcphs_session *s, size_t *count,
                                          struct tcphs_error *error)
{
	struct ahead_progress progress = {.state = TCPHS_SOURCE_END};
	bool done = ahead_step(s->ahead, &progress);

	*count = progress.packets;
	s->packets += progress.packets;
	s->done = progress.done;
	s->total = progress.total;
	if (error != NULL && progress.error.status != TCPHS_OK)
		*error = progress.error;
	return tracked(s, done, error) ? progress.state : TCPHS_SOURCE_ERROR;
}

/* A bound on memory ends connections while it reads, whose reader may look at the decoder. */
static void start_reading(struct tcphs_session *s)
{
	if (s->options.read_ahead && s->packets == 0 && s->ahead == NULL &&
	    !s->options.tracker.live && s->options.tracker.max_memory == 0 &&
	    !s->options.source.follow) {
		halves_part(s->tracker); /* without memory for it, one thread tracks for all */
		s->ahead = ahead_start(s->source, s->decoder, s->tracker, s->options.max_packets);
	}
	s->options.read_ahead = false;
}

static bool bound_reached(struct tcphs_session *s)
{
	const struct tcphs_session_options *bound = &s->options;
	struct timespec now;
	int64_t ns;

	if (bound->max_connections != 0 &&
	    tcphs_tracker_counts(s->tracker).connections >= bound->max_connections)
		return true;
	if (bound->max_octets != 0 && s->done >= bound->max_octets)
		return true;
	if (bound->max_time == 0)
		return false;
	clock_gettime(CLOCK_MONOTONIC, &now);
	ns = (int64_t)now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
	if (s->began == 0)
		s->began = ns;
	return ns - s->began >= bound->max_time;
}

/* The end of ten million connections takes longer than a key may wait: a part of it is a step, too.
 * False, and the state is MORE: there is more of it to do. */
static bool is_ended(struct tcphs_session *s, size_t packets, enum tcphs_source_state *state,
                     struct tcphs_error *error)
{
	if (s->finished || s->ahead != NULL)
		return true;
	if (!s->ending) {
		s->last = *state;
		s->last_error = error != NULL ? *error : (struct tcphs_error){0};
	}
	s->ending = !tracker_end_runs(
	    s->tracker, packets < SIZE_MAX / END_SLOTS ? packets * END_SLOTS : packets);
	*state = s->ending ? TCPHS_SOURCE_MORE : s->last;
	if (error != NULL)
		*error = s->last_error;
	return !s->ending;
}

enum tcphs_source_state tcphs_session_step(struct tcphs_session *s, size_t packets,
                                           struct tcphs_error *error)
{
	enum tcphs_source_state state = s->finished ? TCPHS_SOURCE_END : TCPHS_SOURCE_MORE;
	size_t wanted = packets;

	if (s->ending)
		state = s->last;
	else if (state == TCPHS_SOURCE_MORE && bound_reached(s))
		state = TCPHS_SOURCE_END;
	else if (state == TCPHS_SOURCE_MORE)
		start_reading(s);
	while (packets > 0 && state == TCPHS_SOURCE_MORE) {
		size_t count;

		state = s->ahead != NULL ? step_ahead(s, &count, error)
		                         : step_here(s, packets, &count, error);
		packets -= count < packets ? count : packets;
	}
	if (state == TCPHS_SOURCE_MORE || state == TCPHS_SOURCE_IDLE)
		return state;
	if (!is_ended(s, wanted, &state, error))
		return state;
	if (!tracked(s, finish(s), error))
		state = TCPHS_SOURCE_ERROR;
	if (state == TCPHS_SOURCE_END && tcphs_decoder_starved(s->decoder)) {
		tcphs_error_set(error, TCPHS_NOMEM, "%s: memory is exhausted",
		                tcphs_source_name(s->source));
		state = TCPHS_SOURCE_ERROR;
	}
	return state;
}

int64_t tcphs_session_time(const struct tcphs_session *s)
{
	return s->time;
}

void tcphs_session_progress(const struct tcphs_session *s, uint64_t *done, uint64_t *total)
{
	*done = s->done;
	*total = s->total;
}

struct tcphs_source *tcphs_session_source(struct tcphs_session *s)
{
	return s->source;
}

struct tcphs_decoder *tcphs_session_decoder(struct tcphs_session *s)
{
	return s->decoder;
}

struct tcphs_tracker *tcphs_session_tracker(struct tcphs_session *s)
{
	return s->tracker;
}

struct tcphs_decode_options tcphs_session_decode_options(const struct tcphs_session *s)
{
	return s->options.decode;
}

uint64_t tcphs_session_packets(const struct tcphs_session *s)
{
	return s->packets;
}
