/* SPDX-License-Identifier: BSD-3-Clause */
#include "reading.h"

#include "fuzz.h"

#include "render/record.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <tcphs/session.h>
#include <tcphs/source.h>
#include <unistd.h>

#define BATCH  64u
#define PIECES 4u

static bool add_octets(void *context, const char *octets, size_t count)
{
	text_add_octets(context, octets, count);
	return true;
}

static const char *encapsulation(void *context, uint32_t id)
{
	return tcphs_decoder_encapsulation(context, id);
}

/* The records of every connection held. */
static void tell(const struct tcphs_tracker *tracker, struct tcphs_decoder *decoder,
                 struct reading *into)
{
	struct tcphs_analysis analysis = {0};
	static struct stream line, row, remark; /* large: made once */
	struct record_context to_lines = {
	    .out = &line, .encapsulation = encapsulation, .context = decoder};
	struct record_context to_rows = to_lines, to_remarks = to_lines;

	line.write = row.write = remark.write = add_octets;
	line.context = &into->lines;
	row.context = &into->rows;
	remark.context = &into->remarks;
	to_rows.out = &row;
	to_remarks.out = &remark;
	for (size_t i = 0; i < tcphs_tracker_count(tracker); i++) {
		expect(tcphs_tracker_summarise(tracker, i, &analysis));
		record_connection(&to_lines, &analysis);
		expect(tcphs_tracker_analyse(tracker, i, &analysis));
		record_ladder(&to_rows, &analysis);
		for (size_t d = 0; d < analysis.diagnoses; d++)
			record_diagnosis(&to_remarks, &analysis, d);
	}
	stream_flush(&line);
	stream_flush(&row);
	stream_flush(&remark);
	expect(!into->lines.failed && !into->rows.failed && !into->remarks.failed);
	tcphs_analysis_free(&analysis);
}

static void forget(struct reading *reading)
{
	text_free(&reading->lines);
	text_free(&reading->rows);
	text_free(&reading->remarks);
}

/* ---- fed directly ------------------------------------------------------------------ */

static void see_final(void *context, struct tcphs_tracker *tracker, size_t index)
{
	struct reading *reading = context;
	struct tcphs_connection connection;

	tcphs_tracker_peek(tracker, index, &connection);
	if (index == TCPHS_LEAVING) {
		reading->gone++;
		reading->gone_packets += connection.packets;
	}
}

void reading_open(struct reading *reading, const struct talk *talk,
                  const struct tcphs_decode_options *decode, struct tcphs_tracker_options tracker,
                  size_t batch)
{
	struct tcphs_packet packet[BATCH];
	struct tcphs_segment segment[BATCH];

	memset(reading, 0, sizeof(*reading));
	tracker.on_final = see_final;
	tracker.context = reading;
	reading->decoder = tcphs_decoder_new(decode);
	reading->tracker = tcphs_tracker_new(&tracker);
	expect(reading->decoder != NULL && reading->tracker != NULL && batch > 0 && batch <= BATCH);
	for (size_t i = 0; i < talk->count;) {
		size_t count = 0, segments;

		for (; count < batch && i < talk->count; i++, count++)
			packet[count] = talk_packet_at(talk, i);
		segments = tcphs_decode(reading->decoder, packet, count, segment);
		reading->packets += count;
		reading->segments += segments;
		expect(segments <= count);
		expect(tcphs_tracker_add(reading->tracker, segment, segments));
		if (tracker.live)
			tcphs_tracker_tick(reading->tracker, packet[count - 1].time);
	}
	tcphs_tracker_finish(reading->tracker);
	tell(reading->tracker, reading->decoder, reading);
}

void reading_close(struct reading *reading)
{
	tcphs_tracker_free(reading->tracker);
	tcphs_decoder_free(reading->decoder);
	forget(reading);
}

/* ---- through a session ------------------------------------------------------------- */

static const char *differs(const struct text *a, const struct text *b, const char *what)
{
	if (a->length == b->length && (a->length == 0 || memcmp(a->data, b->data, a->length) == 0))
		return NULL;
	fprintf(stderr, "was:\n%s\nis:\n%s\n", a->length > 0 ? a->data : "",
	        b->length > 0 ? b->data : "");
	return what;
}

static const char *compare(const struct reading *a, const struct reading *b, bool rows)
{
	const char *found = differs(&a->lines, &b->lines, "the connections");

	if (found == NULL)
		found = differs(&a->remarks, &b->remarks, "the diagnoses");
	if (found == NULL && rows)
		found = differs(&a->rows, &b->rows, "the rows");
	return found;
}

static const char *compare_session(const char *const *paths, size_t count, bool ahead,
                                   const struct reading *base,
                                   const struct tcphs_decode_options *decode)
{
	struct tcphs_session_options options = {
	    .decode = *decode, .tracker = {.seed = {1, 2}}, .read_ahead = ahead};
	struct tcphs_error error = {0};
	struct tcphs_session *session = tcphs_session_open_files(paths, count, &options, &error);
	enum tcphs_source_state state;
	struct reading other = {0};
	const char *found;

	expect(session != NULL);
	while ((state = tcphs_session_step(session, 7, &error)) != TCPHS_SOURCE_END) {
		struct pollfd pipe = {.events = POLLIN};

		expect(state != TCPHS_SOURCE_ERROR);
		pipe.fd = state == TCPHS_SOURCE_IDLE
		              ? tcphs_source_fd(tcphs_session_source(session))
		              : -1;
		if (state == TCPHS_SOURCE_IDLE)
			poll(&pipe, 1, 1000);
	}
	expect(error.status == TCPHS_OK);
	expect(tcphs_session_packets(session) == base->packets);
	tell(tcphs_session_tracker(session), tcphs_session_decoder(session), &other);
	found = compare(base, &other, true);
	forget(&other);
	tcphs_session_close(session);
	return found;
}

/* Octets, times and lengths, which need not show in what is said of the connections. */
static void check_packets(const char *const *paths, size_t count, const struct talk *talk)
{
	struct tcphs_source_options options = {0};
	struct tcphs_error error = {0};
	struct tcphs_source *source = tcphs_source_open_files(paths, count, &options, &error);
	enum tcphs_source_state state = TCPHS_SOURCE_MORE;
	struct tcphs_packet batch[BATCH];
	size_t at = 0, found;

	expect(source != NULL);
	while (state == TCPHS_SOURCE_MORE) {
		state = tcphs_source_read(source, batch, BATCH, &found, &error);
		for (size_t i = 0; i < found; i++, at++) {
			struct tcphs_packet is = batch[i], was;

			expect(at < talk->count);
			was = talk_packet_at(talk, at);
			expect(is.number == was.number && is.time == was.time);
			expect(is.caplen == was.caplen && is.wirelen == was.wirelen);
			expect(is.linktype == was.linktype);
			expect(is.caplen == 0 || memcmp(is.data, was.data, is.caplen) == 0);
		}
	}
	expect(state == TCPHS_SOURCE_END && at == talk->count);
	tcphs_source_close(source);
}

static const char *compare_rotated(const struct talk *talk, const struct reading *base,
                                   const struct tcphs_decode_options *decode)
{
	char path[PIECES][32];
	const char *paths[PIECES], *found;
	int file[PIECES];

	for (size_t i = 0; i < PIECES; i++) {
		file[i] = talk_file(talk, (enum talk_form)(i % TALK_FORMS),
		                    talk->count * i / PIECES, talk->count * (i + 1) / PIECES);
		snprintf(path[i], sizeof(path[i]), "/proc/self/fd/%d", file[i]);
		paths[i] = path[i];
	}
	check_packets(paths, PIECES, talk);
	found = compare_session(paths, PIECES, false, base, decode);
	for (size_t i = 0; i < PIECES; i++)
		close(file[i]);
	return found;
}

/* What a pipe holds must be written before anybody reads: there is one thread. */
static const char *compare_piped(const struct talk *talk, const struct reading *base,
                                 const struct tcphs_decode_options *decode)
{
	static uint8_t octets[1 << 20];
	int file = talk_file(talk, TALK_PCAPNG, 0, talk->count), ends[2];
	ssize_t length = read(file, octets, sizeof(octets));
	const char *found = NULL, *paths[1];
	char path[32];

	close(file);
	expect(length > 0 && pipe(ends) == 0);
	if (fcntl(ends[1], F_SETPIPE_SZ, 1 << 20) >= (int)length &&
	    length < (ssize_t)sizeof(octets)) {
		expect(write(ends[1], octets, (size_t)length) == length);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", ends[0]);
		paths[0] = path;
		close(ends[1]);
		ends[1] = -1;
		found = compare_session(paths, 1, false, base, decode);
	}
	if (ends[1] >= 0)
		close(ends[1]);
	close(ends[0]);
	return found;
}

static const char *compare_file(enum talk_form form, bool ahead, const struct talk *talk,
                                const struct reading *base,
                                const struct tcphs_decode_options *decode)
{
	int file = talk_file(talk, form, 0, talk->count);
	char path[32];
	const char *paths[1] = {path}, *found;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	check_packets(paths, 1, talk);
	found = compare_session(paths, 1, ahead, base, decode);
	close(file);
	return found;
}

static const char *compare_direct(const struct talk *talk, const struct reading *base,
                                  const struct tcphs_decode_options *decode,
                                  struct tcphs_tracker_options tracker, size_t batch)
{
	struct reading other;
	const char *found;

	reading_open(&other, talk, decode, tracker, batch);
	found = compare(base, &other, true);
	reading_close(&other);
	return found;
}

/* The states at the end of each folded row are those of the whole row that ends it. */
static bool same_states(const struct tcphs_analysis *folded, const struct tcphs_analysis *whole)
{
	size_t at = 0, found = 0;

	for (size_t i = 0; i < folded->rows; i++) {
		const struct tcphs_row *a = &folded->row[i];
		uint64_t packet = a->is_run ? a->run_last_packet : a->packet;

		for (size_t n = 0; n < whole->rows; n++, at = (at + 1) % whole->rows)
			if (whole->row[at].packet == packet) {
				const struct tcphs_row *b = &whole->row[at];

				if (a->state[0] != b->state[0] || a->state[1] != b->state[1])
					return false;
				found++;
				break;
			}
	}
	return found == folded->rows;
}

static const char *compare_states(const struct reading *a, const struct reading *b)
{
	struct tcphs_analysis folded = {0}, whole = {0};
	const char *found = NULL;

	for (size_t i = 0; i < tcphs_tracker_count(a->tracker) && found == NULL; i++) {
		expect(tcphs_tracker_analyse(a->tracker, i, &folded));
		expect(tcphs_tracker_analyse(b->tracker, i, &whole));
		if (!same_states(&folded, &whole))
			found = "the states";
	}
	tcphs_analysis_free(&folded);
	tcphs_analysis_free(&whole);
	return found;
}

static const char *compare_whole(const struct talk *talk, const struct reading *base,
                                 const struct tcphs_decode_options *decode)
{
	struct tcphs_tracker_options options = {.seed = {1, 2}, .keep_all = true};
	struct reading other;
	const char *found;

	reading_open(&other, talk, decode, options, BATCH);
	found = compare(base, &other, false);
	if (found == NULL)
		found = compare_states(base, &other);
	reading_close(&other);
	return found;
}

bool way_applies(enum way way, const struct talk *talk)
{
	return way != WAY_ROTATED || talk_in_order(talk);
}

const char *way_compare(enum way way, const struct talk *talk, const struct reading *base,
                        const struct tcphs_decode_options *decode)
{
	struct tcphs_tracker_options tracker = {.seed = {1, 2}};

	switch (way) {
	case WAY_OTHER_KEY:
		tracker.seed[0] = UINT64_MAX;
		return compare_direct(talk, base, decode, tracker, BATCH);
	case WAY_ONE_BY_ONE:
		return compare_direct(talk, base, decode, tracker, 1);
	case WAY_KEEP_ALL:
		return compare_whole(talk, base, decode);
	case WAY_ROTATED:
		return compare_rotated(talk, base, decode);
	case WAY_PIPED:
		return compare_piped(talk, base, decode);
	case WAY_AHEAD:
		return compare_file(TALK_PCAP, true, talk, base, decode);
	default:
		return compare_file((enum talk_form)(way - WAY_PCAP), false, talk, base, decode);
	}
}
