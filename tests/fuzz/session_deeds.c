/* SPDX-License-Identifier: BSD-3-Clause */
#include "fuzz.h"
#include "scarce.h"
#include "session_run.h"

#include "track/selection.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum deed { UNFOLD, WRITE, TRACK, WRITE_MANY, DEEDS };

#define DEEDS_MAX 12u

uint64_t run_sum(const struct run *run)
{
	const struct tcphs_tracker *tracker = tcphs_session_tracker(run->session);
	struct tcphs_analysis analysis = {0};
	uint64_t sum = 0;

	for (size_t i = 0; i < tcphs_tracker_count(tracker); i++) {
		const struct tcphs_connection *connection = &analysis.connection;
		uint64_t one;

		expect(tcphs_tracker_summarise(tracker, i, &analysis));
		one = connection->first_packet * 31 + connection->last_packet * 7 +
		      connection->packets;
		one = one * 1000003 + connection->end[0].state * 16u + connection->end[1].state;
		one = one * 1000003 + connection->open.kind * 64u + connection->close.kind;
		for (size_t d = 0; d < analysis.diagnoses; d++)
			one = one * 1000003 + analysis.diagnosis[d].code +
			      analysis.diagnosis[d].packet;
		sum += one * UINT64_C(0x9e3779b97f4a7c15);
		if (i % 16 == 0) /* its rows, too */
			expect(tcphs_tracker_analyse(tracker, i, &analysis));
	}
	tcphs_analysis_free(&analysis);
	return sum;
}

/* A row's packet, decoded again, is that of the row. */
static void read_header(struct run *run, const struct tcphs_analysis *analysis, size_t at)
{
	const struct tcphs_row *row = &analysis->row[at % analysis->rows];
	struct tcphs_segment segment;
	struct tcphs_error error = {0};

	if (tcphs_session_header(run->session, &analysis->connection, row, &segment, &error))
		expect(segment.packet == row->packet && segment.seq == row->seq &&
		       segment.flags == row->flags);
	else
		expect(error.status != TCPHS_OK && error.text[0] != '\0');
}

static void unfold(struct run *run, size_t index, size_t row)
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
		if (analysis.rows > 0)
			read_header(run, &analysis, row);
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

/* What was written is as much as was said, and can be read; UINT64_MAX: it could not be written. */
static uint64_t write_once(struct run *run, struct selection *selection)
{
	int file = memfd_create("written", MFD_CLOEXEC);
	struct tcphs_error error = {0};
	struct tcphs_writer *writer;
	enum tcphs_status status;
	bool closed;
	char path[32];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	expect(file >= 0);
	writer = tcphs_writer_open(path, &error);
	expect(writer != NULL || (scarce_refused() > 0 && error.text[0] != '\0'));
	if (writer == NULL) {
		close(file);
		return UINT64_MAX;
	}
	status = selection_write(selection, run->session, writer, &error);
	expect(status == TCPHS_OK || error.text[0] != '\0');
	closed = tcphs_writer_close(writer, &error) == TCPHS_OK;
	expect(closed || scarce_refused() > 0);
	scarce_pause(true);
	if (selection->written > 0 && closed && (status == TCPHS_OK || scarce_refused() == 0))
		expect(packets_of(path) == selection->written);
	scarce_pause(false);
	close(file);
	return status == TCPHS_OK && closed ? selection->written : UINT64_MAX;
}

/* The same, whatever memory there was, if nothing was said. */
static void write_selected(struct run *run, struct selection *selection)
{
	uint64_t written = write_once(run, selection);

	if (written == UINT64_MAX || scarce_refused() == 0)
		return;
	scarce_pause(true);
	expect(write_once(run, selection) == written);
	scarce_pause(false);
}

static void track_selected(struct run *run, struct selection *selection)
{
	struct tcphs_tracker_options options = {.seed = {1, 2}, .keep_all = true, .even = true};
	struct tcphs_tracker *tracker = tcphs_tracker_new(&options);
	struct tcphs_error error = {0};
	size_t known = 0;

	expect(tracker != NULL || scarce_refused() > 0);
	if (tracker == NULL)
		return;
	if (selection_track(selection, run->session, tracker, &error) == TCPHS_OK)
		tcphs_tracker_finish(tracker);
	else
		expect(error.text[0] != '\0');
	for (size_t i = 0; i < tcphs_tracker_count(tracker); i++) {
		struct tcphs_connection connection;

		tcphs_tracker_peek(tracker, i, &connection);
		known += selection_id(selection, &connection) != 0;
	}
	expect(known <= selection->count);
	tcphs_tracker_free(tracker);
}

/* `most` of them are remembered, or all. */
static bool select_some(struct run *run, enum deed deed, size_t index, size_t most,
                        struct selection *selection)
{
	const struct tcphs_tracker *tracker = tcphs_session_tracker(run->session);

	if (deed != WRITE_MANY)
		return selection_add_one(selection, run->session, index);
	selection->most = most;
	for (size_t i = 0; i < tcphs_tracker_count(tracker); i++) {
		struct tcphs_connection connection;

		tcphs_tracker_peek(tracker, i, &connection);
		if (!selection_add(selection, &connection, i % 3 == index % 3))
			return false;
	}
	expect(most == 0 || selection->count <= most);
	return true;
}

static void do_selected(struct run *run, enum deed deed, size_t index, size_t most)
{
	struct selection selection = {0};
	bool done = select_some(run, deed, index, most, &selection);

	expect(done || scarce_refused() > 0);
	if (done && deed == TRACK)
		track_selected(run, &selection);
	else if (done)
		write_selected(run, &selection);
	selection_free(&selection);
}

static void find(struct run *run, size_t index)
{
	const struct tcphs_tracker *tracker = tcphs_session_tracker(run->session);
	struct tcphs_connection connection;

	tcphs_tracker_peek(tracker, index, &connection);
	if (!run->summaries)
		expect(tcphs_tracker_find(tracker, connection.id) == index);
	expect(tcphs_session_time(run->session) >= 0);
}

void run_deeds(struct run *run, const struct input *input)
{
	size_t count = tcphs_tracker_count(tcphs_session_tracker(run->session)), deeds = 0;

	for (size_t at = PROGRAM; at + 2 <= input->key_count && count > 0 && deeds < DEEDS_MAX;
	     at += 2, deeds++) {
		enum deed deed = (enum deed)(input->key[at] % DEEDS);
		size_t index = input->key[at + 1] * count / 256;

		find(run, index);
		if (deed == UNFOLD)
			unfold(run, index, input->key[at] / DEEDS);
		else
			do_selected(run, deed, index, input->key[at] / DEEDS);
	}
}
