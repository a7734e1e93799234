/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/notes.h"

#include "cli/command.h"
#include "cli/message.h"
#include "cli/options.h"
#include "cli/run.h"

#include "base/bounded.h"
#include "base/duration.h"

#include <inttypes.h>

/* Below this a list of kinds would be longer than it is useful. */
enum { UNKNOWN_SHOWN = 4 };

static void add_unknown(struct bounded *out, const struct tcphs_decoder *decoder)
{
	const char *what;
	uint64_t packets;

	for (size_t i = 0; i < UNKNOWN_SHOWN && tcphs_decoder_unknown(decoder, i, &what, &packets);
	     i++)
		bounded_addf(out, "%s%s %" PRIu64, i == 0 ? ": " : ", ", what, packets);
}

/* "12 packets not TCP, 3 truncated" */
static void add_skipped(struct bounded *out, const struct tcphs_decoder *decoder)
{
	const char *before = out->length > 0 ? ", " : "";

	for (int i = 0; i < TCPHS_SKIP_COUNT; i++) {
		uint64_t count = tcphs_decoder_skipped(decoder, (enum tcphs_skip)i);

		if (count == 0)
			continue;
		bounded_addf(out, "%s%" PRIu64 " %s", before, count,
		             tcphs_skip_name((enum tcphs_skip)i));
		before = ", ";
	}
}

/* "1 ICMP error about connections that are not in it" */
static void add_errors(struct bounded *out, const struct run *run)
{
	uint64_t errors = tcphs_tracker_counts(tcphs_session_tracker(run->session)).remarks_lost;

	if (errors > 0)
		bounded_addf(out, "%" PRIu64 " ICMP error%s about connections that are not in it",
		             errors, errors == 1 ? "" : "s");
}

/* Said also where notes are not wanted: it is why there is nothing to see. */
static bool none_is_readable(struct run *run, const struct tcphs_decoder *decoder)
{
	uint64_t packets = tcphs_session_packets(run->session), of_first;
	const char *what = "an unknown link type";

	if (packets == 0 || tcphs_decoder_skipped(decoder, TCPHS_SKIP_LINKTYPE) < packets)
		return false;
	tcphs_decoder_unknown(decoder, 0, &what, &of_first);
	message("%s can't be read: its packets are of %s, which is not known; capture another "
	        "interface",
	        tcphs_source_name(run->record.source), what);
	run_code(run, EXIT_USAGE);
	return true;
}

static void note_no_tcp(struct run *run, const struct tcphs_decoder *decoder)
{
	uint64_t packets = tcphs_session_packets(run->session);
	char text[512];
	struct bounded out = bounded_start(text, sizeof(text));

	add_errors(&out, run);
	add_skipped(&out, decoder);
	add_unknown(&out, decoder);
	bounded_end(&out);
	if (packets == 0 && run->code != EXIT_DONE) /* why none was read has been said */
		return;
	if (packets == 0)
		message("%s holds no packets%s", tcphs_source_name(run->record.source),
		        run->options->filter != NULL ? " that the filter lets through: widen -f"
		                                     : ": record it again while somebody connects");
	else
		message("no TCP in %s: %" PRIu64 " packet%s, %s; record where connections pass",
		        tcphs_source_name(run->record.source), packets, packets == 1 ? "" : "s",
		        text);
}

/* What could hide connections; packets that simply aren't TCP only with -v. */
static void note_skipped(struct run *run, const struct tcphs_decoder *decoder)
{
	uint64_t unread = tcphs_decoder_skipped(decoder, TCPHS_SKIP_LINKTYPE) +
	                  tcphs_decoder_skipped(decoder, TCPHS_SKIP_MALFORMED) +
	                  tcphs_decoder_skipped(decoder, TCPHS_SKIP_ENCRYPTED);
	char text[512];
	struct bounded out = bounded_start(text, sizeof(text));

	add_skipped(&out, decoder);
	if (run->options->verbose || unread > 0)
		add_unknown(&out, decoder);
	bounded_end(&out);
	if (out.length > 0 && (run->options->verbose || unread > 0))
		message("skipped packets: %s", text);
}

static void note_clock(struct run *run)
{
	uint64_t packet;
	int64_t back = tcphs_source_backwards(tcphs_session_source(run->session), &packet);
	char text[64];

	if (back == 0)
		return;
	duration_text(back, "", text, sizeof(text));
	message("the clock went back by %s before packet %" PRIu64
	        "; times across it can't be trusted",
	        text, packet);
}

/* What stats says by itself. */
static void note_comments(struct run *run)
{
	const struct tcphs_comment *comment;
	uint64_t all;
	size_t kept =
	    tcphs_source_packet_comments(tcphs_session_source(run->session), &comment, &all);

	if (tcphs_source_forgot(tcphs_session_source(run->session)))
		message("memory is exhausted: not all that a capture says of itself was kept");
	if (kept < all)
		message("%" PRIu64 " of %" PRIu64 " comment%s of packets can't be shown: of so "
		        "many, or of so long ones, only the first are kept",
		        all - kept, all, all == 1 ? "" : "s");
}

/* Before it is said that there is no TCP, or no packet at all. */
static void note_unasked(struct run *run)
{
	const char *why;
	uint64_t packets = tcphs_source_unasked(tcphs_session_source(run->session), &why);

	if (packets > 0)
		message("-f leaves out %" PRIu64 " packet%s of a link type for which it means "
		        "nothing: %s; try -Y in its place",
		        packets, packets == 1 ? "" : "s", why);
}

static void note_losses(struct run *run)
{
	uint64_t dropped = tcphs_source_dropped(tcphs_session_source(run->session));
	struct tcphs_tracker_counts counts =
	    tcphs_tracker_counts(tcphs_session_tracker(run->session));

	if (dropped > 0)
		message("%" PRIu64 " packet%s dropped when this was captured; what seems lost may "
		        "only be missing here",
		        dropped, dropped == 1 ? " was" : "s were");
	if (run->unshown > 0)
		message("%" PRIu64 " connection%s not shown: what comes was not taken while "
		        "%u MiB of it waited; -Y shows fewer",
		        run->unshown, run->unshown == 1 ? " is" : "s are",
		        (unsigned)(OUTBOX_MOST >> 20));
	note_clock(run);
	note_comments(run);
	if (counts.evicted > 0)
		message("%" PRIu64 " connection%s given up to stay within --max-memory",
		        counts.evicted, counts.evicted == 1 ? " was" : "s were");
}

static void note_none(const struct run *run, uint64_t connections)
{
	const char *name = tcphs_source_name(run->record.source);

	if (connections == 1)
		message("%s: its only connection does not match the query; list it without -Y",
		        name);
	else
		message("%s: none of %" PRIu64
		        " connections matches the query; list them without -Y",
		        name, connections);
}

void notes_print(struct run *run)
{
	const struct tcphs_decoder *decoder = tcphs_session_decoder(run->session);
	struct tcphs_tracker_counts counts =
	    tcphs_tracker_counts(tcphs_session_tracker(run->session));
	uint64_t packets = tcphs_session_packets(run->session);

	if (!output_works(&run->output) || none_is_readable(run, decoder) || run->options->quiet)
		return;
	note_unasked(run);
	if (counts.connections == 0 && run->options->interface == NULL && !run->options->follow)
		note_no_tcp(run, decoder);
	else
		note_skipped(run, decoder);
	note_losses(run);
	if (counts.connections > 0 && run->selected == 0 && run->query != NULL)
		note_none(run, counts.connections);
	if (run->options->verbose)
		message("%" PRIu64 " packet%s, %" PRIu64 " TCP segment%s, %" PRIu64
		        " connection%s, %" PRIu64 " MiB of memory for them",
		        packets, packets == 1 ? "" : "s", counts.segments,
		        counts.segments == 1 ? "" : "s", counts.connections,
		        counts.connections == 1 ? "" : "s", counts.memory >> 20);
}
