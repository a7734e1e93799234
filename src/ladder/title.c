/* SPDX-License-Identifier: BSD-3-Clause */
/* The texts above a ladder and beside its lines: title, summary, names of brackets, times. */
#include <tcphs/ladder.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <tcphs/diagnosis.h>

#include "base/bounded.h"
#include "base/duration.h"
#include "ladder/label.h"
#include "ladder/remark_text.h"

/* Hands `utf8` out as it is or in ASCII. */
static size_t text_out(const char *utf8, bool ascii, char *text, size_t size)
{
	if (ascii)
		return tcphs_ascii_text(utf8, text, size);
	return (size_t)snprintf(text, size, "%s", utf8);
}

size_t tcphs_ladder_title(const struct tcphs_ladder *ladder, bool ascii, char *text, size_t size)
{
	const struct tcphs_connection *connection = &ladder->analysis->connection;
	char client[96], server[96], title[256];

	tcphs_endpoint_text(&connection->end[TCPHS_CLIENT], true, client, sizeof(client));
	tcphs_endpoint_text(&connection->end[TCPHS_SERVER], ladder->options.numeric, server,
	                    sizeof(server));
	snprintf(title, sizeof(title), "#%" PRIu64 "  %s → %s", connection->id, client, server);
	return text_out(title, ascii, text, size);
}

/* ---- names of the brackets -------------------------------------------------------------- */

struct part_name {
	const char *name, *word; /* word: where there is room for no more */
	bool timed, by;          /* worth a duration; worth naming who began it */
};

static const struct part_name open_parts[] = {
    [TCPHS_OPEN_THREE_WAY] = {"three-way open", "three-way", true, false},
    [TCPHS_OPEN_FOUR_WAY] = {"four-way open", "four-way", true, false},
    [TCPHS_OPEN_SIMULTANEOUS] = {"simultaneous open", "simultaneous", true, false},
    [TCPHS_OPEN_FAST] = {"fast open", "fast open", true, false},
    [TCPHS_OPEN_SELF] = {"self-connection", "with itself", true, false},
    [TCPHS_OPEN_REFUSED] = {"refused", "refused", true, false},
    [TCPHS_OPEN_NO_ANSWER] = {"no answer", "no answer", true, false},
    [TCPHS_OPEN_HALF] = {"half-open", "half-open", true, false},
    [TCPHS_OPEN_ABORTED] = {"open aborted", "aborted", true, false},
    [TCPHS_OPEN_PARTIAL] = {"open, partly captured", "in part", false, false},
    [TCPHS_OPEN_MIDSTREAM] = {"joined midstream", "midstream", false, false},
};

static const struct part_name close_parts[] = {
    [TCPHS_CLOSE_NONE] = {"", "", false, false},
    [TCPHS_CLOSE_FOUR_WAY] = {"four-way close", "four-way", false, true},
    [TCPHS_CLOSE_THREE_WAY] = {"three-way close", "three-way", false, true},
    [TCPHS_CLOSE_SIMULTANEOUS] = {"simultaneous close", "simultaneous", false, false},
    [TCPHS_CLOSE_HALF] = {"half close", "half close", false, true},
    [TCPHS_CLOSE_RESET] = {"reset", "reset", false, true},
    [TCPHS_CLOSE_FIN_RESET] = {"FIN, then reset", "FIN, reset", false, true},
};
_Static_assert(sizeof(open_parts) / sizeof(open_parts[0]) == TCPHS_OPEN_COUNT, "one each");
_Static_assert(sizeof(close_parts) / sizeof(close_parts[0]) == TCPHS_CLOSE_COUNT, "one each");

static const struct part_name *part_name(const struct tcphs_ladder *ladder, enum tcphs_part part)
{
	const struct tcphs_connection *connection = &ladder->analysis->connection;

	return part == TCPHS_PART_OPEN ? &open_parts[connection->open.kind]
	                               : &close_parts[connection->close.kind];
}

const char *part_word(const struct tcphs_ladder *ladder, enum tcphs_part part)
{
	return part_name(ladder, part)->word;
}

static void put_part(const struct tcphs_ladder *ladder, enum tcphs_part part, struct bounded *out)
{
	const struct tcphs_analysis *analysis = ladder->analysis;
	const struct part_name *name = part_name(ladder, part);
	uint32_t first = ladder->part_first[part], last = ladder->part_last[part];
	const char *by = tcphs_side_name(analysis->connection.close.initiator);
	char duration[32];

	bounded_add(out, name->name);
	if (name->by && by != NULL)
		bounded_addf(out, ", by %s", by);
	if (name->timed && first < last && last < analysis->rows) {
		duration_text(analysis->row[last].time - analysis->row[first].time, " ", duration,
		              sizeof(duration));
		bounded_addf(out, " %s", duration);
	}
}

size_t tcphs_ladder_part_name(const struct tcphs_ladder *ladder, enum tcphs_part part, bool ascii,
                              char *text, size_t size)
{
	char name[96];
	struct bounded out = bounded_start(name, sizeof(name));

	if (part != TCPHS_PART_NONE)
		put_part(ladder, part, &out);
	bounded_end(&out);
	return text_out(name, ascii, text, size);
}

size_t tcphs_ladder_summary(const struct tcphs_ladder *ladder, bool ascii, char *text, size_t size)
{
	char summary[192];
	struct bounded out = bounded_start(summary, sizeof(summary));

	put_part(ladder, TCPHS_PART_OPEN, &out);
	if (ladder->analysis->connection.close.kind != TCPHS_CLOSE_NONE) {
		bounded_add(&out, " · ");
		put_part(ladder, TCPHS_PART_CLOSE, &out);
	}
	bounded_end(&out);
	return text_out(summary, ascii, text, size);
}

/* ---- times -------------------------------------------------------------------------------- */

static size_t clock_text(int64_t time, bool utc, char *text, size_t size)
{
	time_t seconds = (time_t)(time / 1000000000);
	int64_t rest = time % 1000000000;
	struct tm parts;

	if (rest < 0) {
		seconds--;
		rest += 1000000000;
	}
	if ((utc ? gmtime_r(&seconds, &parts) : localtime_r(&seconds, &parts)) == NULL)
		return (size_t)snprintf(text, size, "?");
	return (size_t)snprintf(text, size, "%02d:%02d:%02d.%06" PRId64, parts.tm_hour,
	                        parts.tm_min, parts.tm_sec, rest / 1000);
}

/* Milliseconds or seconds with three decimals; integers, since %f depends on the locale. */
size_t thousandths_text(int64_t nanoseconds, bool in_seconds, char *text, size_t size)
{
	int64_t unit = in_seconds ? 1000000 : 1000;
	int64_t value = ((nanoseconds < 0 ? -nanoseconds : nanoseconds) + unit / 2) / unit;

	return (size_t)snprintf(text, size, "%s%" PRId64 ".%03" PRId64,
	                        nanoseconds < 0 && value > 0 ? "-" : "", value / 1000,
	                        value % 1000);
}

/* When the row above the one at `row` was, or that row itself if it is the first. */
static int64_t time_before(const struct tcphs_analysis *analysis, uint32_t row)
{
	const struct tcphs_row *before = &analysis->row[row > 0 ? row - 1 : 0];

	return row > 0 && before->is_run ? before->run_last_time : before->time;
}

size_t tcphs_ladder_packet_name(const struct tcphs_ladder *ladder, uint64_t packet, char *text,
                                size_t size)
{
	const struct tcphs_ladder_options *options = &ladder->options;

	if (options->packet_name != NULL)
		return options->packet_name(options->packet_context, packet, text, size);
	return (size_t)snprintf(text, size, "%" PRIu64, packet);
}

size_t tcphs_ladder_time(const struct tcphs_ladder *ladder, size_t index, char *text, size_t size)
{
	const struct tcphs_line *line = &ladder->line[index];
	enum tcphs_time_mode mode = ladder->options.time;
	const struct tcphs_row *row;
	int64_t since;

	/* When a run began is known only where its segments were read again, so none says it. */
	if (line->kind != TCPHS_LINE_SEGMENT)
		return (size_t)snprintf(text, size, "%s", "");
	row = &ladder->analysis->row[line->row];
	if (mode == TCPHS_TIME_LOCAL || mode == TCPHS_TIME_UTC)
		return clock_text(row->time, mode == TCPHS_TIME_UTC, text, size);
	since = mode == TCPHS_TIME_DELTA ? time_before(ladder->analysis, line->row)
	                                 : ladder->analysis->connection.start;
	return thousandths_text(row->time - since, ladder->in_seconds, text, size);
}

/* ---- the end ------------------------------------------------------------------------------- */

const char *tcphs_ladder_end_words(const struct tcphs_ladder *ladder)
{
	const struct tcphs_analysis *analysis = ladder->analysis;

	for (int side = 0; side < 2 && analysis->rows > 0; side++)
		if (analysis->row[analysis->rows - 1].state[side] == TCPHS_TIME_WAIT &&
		    analysis->connection.end[side].expired)
			return "2 MSL later";
	return "in the end";
}

/* ---- remarks ------------------------------------------------------------------------------- */

size_t tcphs_ladder_remark(const struct tcphs_ladder *ladder, size_t index, bool ascii, char *text,
                           size_t size)
{
	const struct tcphs_line *line = &ladder->line[index];
	const struct tcphs_analysis *analysis = ladder->analysis;
	char whole[512], piece[512];

	remark_text(analysis, &analysis->diagnosis[line->diagnosis], !ladder->options.raw, whole,
	            sizeof(whole));
	snprintf(piece, sizeof(piece), "%.*s", (int)line->text_length, whole + line->text_at);
	return text_out(piece, ascii, text, size);
}
