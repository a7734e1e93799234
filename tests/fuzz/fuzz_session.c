/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A whole session: a conversation, once or a thousand times, as a file or by a pipe, read by one
 * thread or two, summarised ahead by another, stopped early, cut off, read again to unfold
 * connections and to copy or follow the selected ones.
 *
 * The keys of the input (conversation.h) are the program: four octets of options, then two for
 * each deed: what, and which connection. More options are in place of the tracker's. `look`, unless
 * it is 0, says which allocations and threads are refused: then either somebody is told so, or the
 * session says what it says with all the memory it wants.
 */
#include "fuzz.h"
#include "repeated.h"
#include "scarce.h"
#include "session_run.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum option {
	AHEAD = 1,
	PREPARE = 2,
	PIPE = 4,
	SHORT_SPOOL = 8,
	MAX_PACKETS = 16,
	MAX_CONNECTIONS = 32,
	MAX_OCTETS = 64,
	FINISH_EARLY = 128,
};

enum other_option {
	NO_DECAP = 1,
	SUMMARIES = 2, /* by two threads at the end, in place of finals */
	LIVE = 4,
	CUT = 8,
	NOWHERE = 16, /* an interface that isn't there, first */
	HUGE_PAGES = 32,
	KEEP_ALL = 64,
	FRESH_KEY = 128,
};

/* ---- what is told ------------------------------------------------------------------ */

static void see_final(void *context, struct tcphs_tracker *tracker, size_t index)
{
	struct run *run = context;
	struct tcphs_connection connection;
	const struct tcphs_analysis *summary;

	tcphs_tracker_peek(tracker, index, &connection);
	run->told[0].finals++;
	run->told[0].left += index == TCPHS_LEAVING;
	run->told[0].packets += connection.packets;
	if (!run->prepare || index == TCPHS_LEAVING)
		return;
	if (index % 97 == 96) /* out of turn: made by itself */
		tcphs_tracker_summary(tracker, index - 96);
	summary = tcphs_tracker_summary(tracker, index);
	expect(summary != NULL || scarce_refused() > 0);
	run->told[0].untold |= summary == NULL;
	if (summary != NULL)
		expect(summary->connection.packets == connection.packets &&
		       summary->connection.id == connection.id);
}

static bool see_summary(void *context, const struct tcphs_analysis *summary)
{
	struct told *told = context;

	expect(!told->untold); /* nothing follows */
	expect(summary != NULL || scarce_refused() > 0);
	told->untold = summary == NULL;
	if (summary == NULL)
		return true;
	told->finals++;
	told->packets += summary->connection.packets;
	return true;
}

/* ---- the session ------------------------------------------------------------------- */

static bool open_session(struct run *run, const struct input *input, const char *path)
{
	const uint8_t *program = input->key;
	unsigned chosen = program[0], other = input->options;
	struct tcphs_session_options options = {
	    .source = {.spool = chosen & SHORT_SPOOL ? 8192 : 1 << 22},
	    .tracker = {.seed = {other & FRESH_KEY ? 0 : 1, other & FRESH_KEY ? 0 : 2},
	                .even = (other & HUGE_PAGES) == 0,
	                .live = (other & LIVE) != 0,
	                .keep_all = (other & KEEP_ALL) != 0,
	                .prepare = (chosen & PREPARE) != 0,
	                .on_final = see_final,
	                .context = run},
	    .decode = {.no_decap = (other & NO_DECAP) != 0},
	    .read_ahead = (chosen & AHEAD) != 0 && run->feeder < 0,
	    .max_packets = chosen & MAX_PACKETS ? 1 + program[3] * 16u : 0,
	    .max_connections = chosen & MAX_CONNECTIONS ? 1 + program[3] : 0,
	    .max_octets = chosen & MAX_OCTETS ? 24 + program[3] * 512u : 0,
	    .max_time = program[3] & 1 ? INT64_C(60000000000) : 0,
	};
	struct tcphs_error error = {0};

	if (other & NOWHERE) {
		expect(tcphs_session_open_live("no such interface", &options, &error) == NULL);
		expect(error.status != TCPHS_OK && error.text[0] != '\0');
	}
	run->summaries = (other & SUMMARIES) && !options.tracker.live;
	for (int half = 0; half < 2 && run->summaries; half++) {
		options.tracker.on_summary = see_summary;
		options.tracker.summary_context[half] = &run->told[half];
	}
	run->prepare = options.tracker.prepare;
	error.text[0] = '\0';
	run->session = tcphs_session_open_files(&path, 1, &options, &error);
	expect(run->session != NULL || (scarce_refused() > 0 && error.text[0] != '\0'));
	return run->session != NULL;
}

static void read_all(struct run *run, const uint8_t *program)
{
	struct tcphs_error error = {0};
	enum tcphs_source_state state = TCPHS_SOURCE_MORE;
	uint64_t done, total;

	for (unsigned steps = 0; state != TCPHS_SOURCE_END && !run->failed; steps++) {
		state = tcphs_session_step(run->session, 1 + program[2] * 4u, &error);
		expect(state != TCPHS_SOURCE_ERROR ||
		       (scarce_refused() > 0 && error.text[0] != '\0'));
		run->failed = state == TCPHS_SOURCE_ERROR ||
		              (scarce_refused() > 0 && error.status != TCPHS_OK); /* it ends here */
		if (state == TCPHS_SOURCE_IDLE)
			repeated_feed(run->file, &run->feeder);
		tcphs_session_progress(run->session, &done, &total);
		if ((program[0] & FINISH_EARLY) && steps == program[3]) {
			tcphs_session_finish(run->session);
			state = TCPHS_SOURCE_END;
		}
	}
	expect(tcphs_session_is_over(run->session));
}

static void check_counts(const struct run *run)
{
	const struct tcphs_tracker *tracker = tcphs_session_tracker(run->session);
	struct tcphs_tracker_counts counts = tcphs_tracker_counts(tracker);
	const struct tcphs_decoder *decoder = tcphs_session_decoder(run->session);
	uint64_t skipped = 0, finals = run->told[0].finals + run->told[1].finals;

	for (int reason = 0; reason < TCPHS_SKIP_COUNT; reason++)
		skipped += tcphs_decoder_skipped(decoder, (enum tcphs_skip)reason);
	expect(tcphs_session_packets(run->session) ==
	       skipped + counts.segments + counts.remarks + counts.remarks_lost);
	expect(tcphs_tracker_count(tracker) == counts.connections - run->told[0].left);
	if (run->summaries && (run->told[0].untold || run->told[1].untold))
		return;
	expect(finals == counts.connections);
	expect(run->told[0].packets + run->told[1].packets == counts.segments);
}

/* ---- a run ------------------------------------------------------------------------- */

static void open_run(struct run *run, const struct input *input, int file, char path[32])
{
	int ends[2] = {-1, -1};

	*run = (struct run){.file = file, .feeder = -1};
	if (input->key[0] & PIPE) {
		expect(pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0);
		fcntl(ends[1], F_SETPIPE_SZ, 1 << 16);
		run->feeder = ends[1];
		repeated_feed(file, &run->feeder);
	}
	snprintf(path, 32, "/proc/self/fd/%d", ends[0] >= 0 ? ends[0] : file);
}

static void close_run(struct run *run, const char *path)
{
	tcphs_session_close(run->session);
	if (run->feeder >= 0)
		close(run->feeder);
	if (strtol(path + strlen("/proc/self/fd/"), NULL, 10) != run->file)
		close((int)strtol(path + strlen("/proc/self/fd/"), NULL, 10));
	expect(lseek(run->file, 0, SEEK_SET) == 0);
}

/* False: it could not be read to its end; else *sum is what it was read as. */
static bool run_once(const struct input *input, int file, bool deeds, uint64_t *sum)
{
	struct run run;
	char path[32];
	bool done;

	open_run(&run, input, file, path);
	done = open_session(&run, input, path);
	if (done) {
		read_all(&run, input->key);
		done = !run.failed;
		if (done)
			check_counts(&run);
		scarce_pause(true);
		*sum = run_sum(&run);
		scarce_pause(false);
		if (deeds)
			run_deeds(&run, input);
	}
	close_run(&run, path);
	return done;
}

/* Where a second thread reads ahead, how far it is when the first stops. */
static bool ends_by_chance(const uint8_t *program)
{
	return (program[0] & AHEAD) && (program[0] & (MAX_CONNECTIONS | MAX_OCTETS | FINISH_EARLY));
}

static void run_input(struct input *input)
{
	unsigned how = input->way / TALK_FORMS;
	struct scarcity scarcity = {.first =
	                                input->look == 0 ? 0 : 1 + (input->look >> 2) * (1 + how),
	                            .every = input->look & 1,
	                            .least = input->look & 2 ? 65536 : 0};
	int file =
	    repeated_file(&input->talk, (enum talk_form)(input->way % TALK_FORMS),
	                  UINT32_C(1) << input->key[1] % 13, INT64_C(1) << (input->key[2] % 40));
	off_t size = lseek(file, 0, SEEK_END);
	uint64_t sum, scarce_sum;
	bool done;

	if ((input->options & CUT) && size > 64)
		expect(ftruncate(file, size - 7) == 0);
	expect(lseek(file, 0, SEEK_SET) == 0);
	expect(run_once(input, file, input->look == 0, &sum));
	if (input->look != 0) {
		scarce_begin(&scarcity);
		done = run_once(input, file, true, &scarce_sum);
		scarce_end();
		expect(!done || sum == scarce_sum || ends_by_chance(input->key));
	}
	close(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct input input;

	if (input_read(&input, data, size) && input.key_count >= PROGRAM)
		run_input(&input);
	input_free(&input);
	return 0;
}
