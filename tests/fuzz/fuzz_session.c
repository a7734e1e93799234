/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A whole session: a conversation, once or a thousand times, as a file or by a pipe, read by one
 * thread or two, summarised ahead by another, stopped early, read again to unfold connections and
 * to copy or follow the selected ones.
 *
 * The keys of the input (conversation.h) are the program: four octets of options, then two for
 * each deed: what, and which connection.
 */
#include "conversation.h"
#include "fuzz.h"
#include "place.h"

#include "base/bytes.h"
#include "track/selection.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <tcphs/session.h>
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

enum deed { UNFOLD, WRITE, TRACK, WRITE_MANY, DEEDS };

#define PROGRAM     4u /* octets before the deeds */
#define PACKETS_MAX 24000u
#define PIPE_ROOM   65536u
#define DEEDS_MAX   12u

struct run {
	struct tcphs_session *session;
	int file, feeder; /* what is read, and the pipe it comes by or -1 */
	uint64_t finals, final_packets;
	bool prepare;
};

/* ---- the capture ------------------------------------------------------------------- */

/* The same with other clients, later. */
static void vary(struct talk *talk, uint32_t time, int64_t later)
{
	for (size_t i = 0; i < talk->count; i++) {
		struct talk_packet *packet = &talk->packet[i];
		struct place place = place_find(talk, packet);
		bool back;

		if (packet->time + later > 0 && packet->time + later < INT64_C(4000000000000000000))
			packet->time += later;
		if (place.tcp == NULL)
			continue;
		back = get_be16(place.tcp) < get_be16(place.tcp + 2);
		place_put16(
		    place.tcp + (back ? 2 : 0),
		    (uint16_t)(get_be16(place.tcp + (back ? 2 : 0)) ^ (uint16_t)(time & 0x3ff)));
		place_mend(&place);
	}
}

static int make_file(struct talk *talk, enum talk_form form, const uint8_t *program)
{
	uint32_t times = UINT32_C(1) << program[1] % 13;
	int64_t later = INT64_C(1) << (program[2] % 40);
	int file = talk_file(talk, form, 0, talk->count);

	expect(lseek(file, 0, SEEK_END) > 0);
	for (uint32_t i = 1; i < times && (i + 1) * talk->count < PACKETS_MAX; i++) {
		vary(talk, i ^ (i - 1), later);
		talk_append(talk, form, 0, talk->count, file);
	}
	expect(lseek(file, 0, SEEK_SET) == 0);
	return file;
}

/* As much as the pipe takes; at the end of the file it is closed. */
static void feed(struct run *run)
{
	static uint8_t octets[4096];
	ssize_t count = 0, taken = 1;

	while (run->feeder >= 0 && taken > 0) {
		off_t at = lseek(run->file, 0, SEEK_CUR);

		count = read(run->file, octets, sizeof(octets));
		taken = count > 0 ? write(run->feeder, octets, (size_t)count) : 0;
		if (count > 0 && taken < count)
			expect(lseek(run->file, at + (taken > 0 ? taken : 0), SEEK_SET) >= 0);
		if (count <= 0) {
			close(run->feeder);
			run->feeder = -1;
		}
	}
}

/* ---- the session ------------------------------------------------------------------- */

static void see_final(void *context, struct tcphs_tracker *tracker, size_t index)
{
	struct run *run = context;
	struct tcphs_connection connection;
	const struct tcphs_analysis *summary;

	tcphs_tracker_peek(tracker, index, &connection);
	run->finals++;
	run->final_packets += connection.packets;
	if (!run->prepare)
		return;
	summary = tcphs_tracker_summary(tracker, index);
	expect(summary != NULL && summary->connection.packets == connection.packets &&
	       summary->connection.id == connection.id);
}

static void open_session(struct run *run, const struct input *input, const char *path)
{
	const uint8_t *program = input->key;
	unsigned chosen = program[0];
	struct tcphs_session_options options = {
	    .source = {.spool = chosen & SHORT_SPOOL ? 8192 : 1 << 22},
	    .tracker = {.seed = {1, 2},
	                .even = true,
	                .prepare = (chosen & PREPARE) != 0,
	                .on_final = see_final,
	                .context = run},
	    .decode = {.no_decap = (input->options & 1) != 0},
	    .read_ahead = (chosen & AHEAD) != 0 && run->feeder < 0,
	    .max_packets = chosen & MAX_PACKETS ? 1 + program[3] * 16u : 0,
	    .max_connections = chosen & MAX_CONNECTIONS ? 1 + program[3] : 0,
	    .max_octets = chosen & MAX_OCTETS ? 24 + program[3] * 512u : 0,
	    .max_time = program[3] & 1 ? INT64_C(60000000000) : 0,
	};
	struct tcphs_error error = {0};

	run->prepare = options.tracker.prepare;
	run->session = tcphs_session_open_files(&path, 1, &options, &error);
	expect(run->session != NULL);
}

static void read_all(struct run *run, const uint8_t *program)
{
	struct tcphs_error error = {0};
	enum tcphs_source_state state = TCPHS_SOURCE_MORE;
	uint64_t done, total;

	for (unsigned steps = 0; state != TCPHS_SOURCE_END; steps++) {
		state = tcphs_session_step(run->session, 1 + program[2] * 4u, &error);
		expect(state != TCPHS_SOURCE_ERROR);
		if (state == TCPHS_SOURCE_IDLE)
			feed(run);
		tcphs_session_progress(run->session, &done, &total);
		if ((program[0] & FINISH_EARLY) && steps == program[3]) {
			tcphs_session_finish(run->session);
			state = TCPHS_SOURCE_END;
		}
	}
}

static void check_counts(const struct run *run)
{
	const struct tcphs_tracker *tracker = tcphs_session_tracker(run->session);
	struct tcphs_tracker_counts counts = tcphs_tracker_counts(tracker);
	const struct tcphs_decoder *decoder = tcphs_session_decoder(run->session);
	uint64_t skipped = 0;

	for (int reason = 0; reason < TCPHS_SKIP_COUNT; reason++)
		skipped += tcphs_decoder_skipped(decoder, (enum tcphs_skip)reason);
	expect(tcphs_session_packets(run->session) ==
	       skipped + counts.segments + counts.remarks + counts.remarks_lost);
	expect(run->finals == counts.connections && run->final_packets == counts.segments);
	expect(tcphs_tracker_count(tracker) == counts.connections);
}

/* ---- deeds ------------------------------------------------------------------------- */

static void unfold(struct run *run, size_t index)
{
	struct tcphs_analysis analysis = {0};
	struct tcphs_connection connection;
	struct tcphs_error error = {0};
	uint64_t packets = 0;

	tcphs_tracker_peek(tcphs_session_tracker(run->session), index, &connection);
	if (tcphs_session_unfold(run->session, index, &analysis, &error)) {
		expect(analysis.connection.id == connection.id);
		expect(analysis.connection.first_packet == connection.first_packet);
		for (size_t i = 0; i < analysis.rows; i++) {
			expect(!analysis.row[i].is_run);
			packets++;
		}
		expect(packets + analysis.connection.rows_dropped == analysis.connection.packets);
	} else {
		expect(error.status != TCPHS_OK && error.text[0] != '\0');
	}
	tcphs_analysis_free(&analysis);
}

static uint64_t packets_of(const char *path)
{
	struct tcphs_error error = {0};
	struct tcphs_source *source = tcphs_source_open_files(&path, 1, NULL, &error);
	enum tcphs_source_state state = TCPHS_SOURCE_MORE;
	uint64_t packets = 0;

	expect(source != NULL);
	while (state == TCPHS_SOURCE_MORE) {
		struct tcphs_packet packet[64];
		size_t count = 0;

		state = tcphs_source_read(source, packet, 64, &count, &error);
		packets += count;
	}
	expect(state == TCPHS_SOURCE_END && error.status == TCPHS_OK);
	tcphs_source_close(source);
	return packets;
}

/* What was written is as much as was said, and can be read. */
static void write_selected(struct run *run, struct selection *selection)
{
	int file = memfd_create("written", MFD_CLOEXEC);
	struct tcphs_error error = {0};
	struct tcphs_writer *writer;
	enum tcphs_status status;
	char path[32];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	writer = tcphs_writer_open(path, &error);
	expect(file >= 0 && writer != NULL);
	status = selection_write(selection, run->session, writer, &error);
	expect(status == TCPHS_OK || error.text[0] != '\0');
	expect(tcphs_writer_close(writer, &error) == TCPHS_OK);
	if (selection->written > 0)
		expect(packets_of(path) == selection->written);
	close(file);
}

static void track_selected(struct run *run, struct selection *selection)
{
	struct tcphs_tracker_options options = {.seed = {1, 2}, .keep_all = true, .even = true};
	struct tcphs_tracker *tracker = tcphs_tracker_new(&options);
	struct tcphs_error error = {0};
	size_t known = 0;

	expect(tracker != NULL);
	if (selection_track(selection, run->session, tracker, &error) == TCPHS_OK)
		tcphs_tracker_finish(tracker);
	for (size_t i = 0; i < tcphs_tracker_count(tracker); i++) {
		struct tcphs_connection connection;

		tcphs_tracker_peek(tracker, i, &connection);
		known += selection_id(selection, &connection) != 0;
	}
	expect(known <= selection->count);
	tcphs_tracker_free(tracker);
}

static void select_some(struct run *run, enum deed deed, size_t index)
{
	const struct tcphs_tracker *tracker = tcphs_session_tracker(run->session);
	struct selection selection = {0};

	if (deed != WRITE_MANY)
		expect(selection_add_one(&selection, run->session, index));
	for (size_t i = 0; deed == WRITE_MANY && i < tcphs_tracker_count(tracker); i++) {
		struct tcphs_connection connection;

		tcphs_tracker_peek(tracker, i, &connection);
		expect(selection_add(&selection, &connection, i % 3 == index % 3));
	}
	if (deed == TRACK)
		track_selected(run, &selection);
	else
		write_selected(run, &selection);
	selection_free(&selection);
}

static void do_deeds(struct run *run, const struct input *input)
{
	size_t count = tcphs_tracker_count(tcphs_session_tracker(run->session)), deeds = 0;

	for (size_t at = PROGRAM; at + 2 <= input->key_count && count > 0 && deeds < DEEDS_MAX;
	     at += 2, deeds++) {
		enum deed deed = (enum deed)(input->key[at] % DEEDS);
		size_t index = input->key[at + 1] * count / 256;

		if (deed == UNFOLD)
			unfold(run, index);
		else
			select_some(run, deed, index);
	}
}

static void run_input(struct input *input)
{
	enum talk_form form = (enum talk_form)(input->way % TALK_FORMS);
	struct run run = {.file = make_file(&input->talk, form, input->key), .feeder = -1};
	int ends[2] = {-1, -1};
	char path[32];

	if (input->key[0] & PIPE) {
		expect(pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0);
		fcntl(ends[1], F_SETPIPE_SZ, PIPE_ROOM);
		run.feeder = ends[1];
		feed(&run);
	}
	snprintf(path, sizeof(path), "/proc/self/fd/%d", ends[0] >= 0 ? ends[0] : run.file);
	open_session(&run, input, path);
	read_all(&run, input->key);
	check_counts(&run);
	do_deeds(&run, input);
	tcphs_session_close(run.session);
	if (run.feeder >= 0)
		close(run.feeder);
	if (ends[0] >= 0)
		close(ends[0]);
	close(run.file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct input input;

	if (input_read(&input, data, size) && input.key_count >= PROGRAM)
		run_input(&input);
	input_free(&input);
	return 0;
}
