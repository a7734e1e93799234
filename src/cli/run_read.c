/* SPDX-License-Identifier: BSD-3-Clause */
/* A run's packets, to the end, an option's limit or Ctrl-C, and what is said meanwhile. */
#include "cli/run.h"

#include "cli/command.h"
#include "cli/copy.h"
#include "cli/message.h"
#include "cli/terminal.h"

#include <poll.h>
#include <time.h>
#include <unistd.h>

enum {
	STEP_PACKETS = 16384, /* between two looks at the clock and the interrupt */
	IDLE_MILLISECONDS = 100,
};
#define SILENCE (INT64_C(60) * 1000000000)
#define STOPPED (INT64_C(2) * 1000000000)

static bool should_stop(struct run *run)
{
	const struct options *options = run->options;
	uint64_t done, total;

	if (run->stopped)
		return true;
	if (interrupt_seen()) {
		run->interrupted = true;
		return true;
	}
	if (options->stop_after > 0 && monotonic_now() - run->started >= options->stop_after)
		return true;
	if (options->stop_connections > 0 &&
	    tcphs_tracker_counts(tcphs_session_tracker(run->session)).connections >=
	        options->stop_connections)
		return true;
	tcphs_session_progress(run->session, &done, &total);
	return options->stop_octets > 0 && done >= options->stop_octets;
}

/* The clock of a pipe and of a file that grows is the packets'. Whoever writes may hold some
 * back in a buffer: only what passes beyond some time of silence makes connections older. Time in
 * which this process was stopped is nobody's silence: between two looks there is but a short wait. */
static void wait_silently(struct run *run)
{
	uint64_t packets = tcphs_session_packets(run->session);
	int64_t now = monotonic_now();

	if (packets != run->heard_packets || run->heard == 0) {
		run->heard_packets = packets;
		run->heard = now;
	} else if (now - run->looked > STOPPED) {
		run->heard += now - run->looked;
	}
	run->looked = now;
	if (packets > 0 && now - run->heard > SILENCE)
		tcphs_tracker_tick(tcphs_session_tracker(run->session),
		                   tcphs_session_time(run->session) + now - run->heard - SILENCE);
}

/* A note on the way, once whoever reads standard error takes it: the capture doesn't wait. */
static void say_note(struct run *run)
{
	struct pollfd taken = {.fd = STDERR_FILENO, .events = POLLOUT};

	if (run->note.text[0] == '\0' || poll(&taken, 1, 0) <= 0)
		return;
	message("%s", run->note.text);
	run->note.text[0] = '\0';
}

static void wait_for_more(struct run *run)
{
	int fd = tcphs_source_fd(run->record.source);
	struct pollfd wait = {.fd = fd, .events = POLLIN};
	struct timespec now;

	poll(&wait, fd >= 0 ? 1 : 0, IDLE_MILLISECONDS);
	if (run->options->interface == NULL) {
		wait_silently(run);
		return;
	}
	clock_gettime(CLOCK_REALTIME, &now);
	tcphs_tracker_tick(tcphs_session_tracker(run->session),
	                   (int64_t)now.tv_sec * INT64_C(1000000000) + now.tv_nsec);
}

static void show_progress(struct run *run)
{
	uint64_t done = 0, total = 0;

	if (!run->progress.wanted)
		return;
	tcphs_session_progress(run->session, &done, &total);
	progress_show(&run->progress, done, total, tcphs_session_packets(run->session),
	              tcphs_tracker_counts(tcphs_session_tracker(run->session)).connections);
}

static void say_interrupted(struct run *run)
{
	if (run->interrupted && !run->live && !run->options->quiet)
		message("interrupted: what follows is of the first %llu packets",
		        (unsigned long long)tcphs_session_packets(run->session));
}

/* Nothing may come for minutes: a connection is final only some time after its end. */
static void say_listening(const struct run *run)
{
	if (run->options->interface != NULL && !run->options->quiet && terminal_is(STDERR_FILENO))
		message(
		    "listening on %s; each connection is shown once it is over; Ctrl-C shows the "
		    "rest and ends",
		    tcphs_source_name(run->record.source));
}

/* Live, each step's rows at once. */
static void show_settled(struct run *run)
{
	if (!run->live || run->output.stream->length == 0)
		return;
	if (run->output.terminal)
		progress_end(&run->progress);
	stream_flush(run->output.stream);
}

static void read_packets(struct run *run)
{
	/* Live, smaller steps keep the output close to the wire. */
	size_t step = run->live ? STEP_PACKETS / 16 : STEP_PACKETS;
	struct tcphs_error error = {0};
	enum tcphs_source_state state = TCPHS_SOURCE_MORE;

	interrupt_catch();
	say_listening(run);
	run->started = monotonic_now();
	run->progress = progress_start(run->options);
	if (run->options->interface != NULL && !run->options->progress)
		run->progress.wanted = false;
	while (state == TCPHS_SOURCE_MORE || state == TCPHS_SOURCE_IDLE) {
		if (should_stop(run)) {
			progress_end(&run->progress);
			say_interrupted(run);
			tcphs_session_finish(run->session);
			return;
		}
		state = tcphs_session_step(run->session, step, &error);
		if (state == TCPHS_SOURCE_IDLE && run->hooks->idle != NULL)
			run->hooks->idle(run->hooks->context, run);
		show_settled(run);
		show_progress(run);
		if (state == TCPHS_SOURCE_IDLE) {
			/* The interface went down or came back. */
			if (error.text[0] != '\0' && !run->options->quiet)
				run->note = error;
			say_note(run);
			wait_for_more(run);
		}
	}
	progress_end(&run->progress);
	if (state == TCPHS_SOURCE_ERROR)
		tcphs_session_finish(run->session);
	run_say(run, &error);
}

/* Reading is over; writing need not be, and nobody looks for an interrupt any more. */
static void end_reading(struct run *run)
{
	interrupt_release();
	output_wait(&run->output);
	run_code(run, copy_send_rest(tcphs_session_source(run->session)));
}

void run_read(struct run *run)
{
	read_packets(run);
	if (run->part[0].failed || run->part[1].failed)
		run_no_memory(run);
	end_reading(run);
}
