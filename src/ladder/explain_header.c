/* SPDX-License-Identifier: BSD-3-Clause */
/* The fields of a segment's header as they stand on the wire, and its options. */
#include "ladder/explain.h"

#include <inttypes.h>
#include <string.h>

#include "base/utf8.h"

static const struct {
	uint16_t flag;
	const char *name;
} flag_names[] = {
    {TCPHS_FIN, "FIN"}, {TCPHS_SYN, "SYN"}, {TCPHS_RST, "RST"},
    {TCPHS_PSH, "PSH"}, {TCPHS_ACK, "ACK"}, {TCPHS_URG, "URG"},
    {TCPHS_ECE, "ECE"}, {TCPHS_CWR, "CWR"}, {TCPHS_AE, "AE"},
};

/* RFC 7323 §2.3: a shift above 14 counts as 14. */
static unsigned window_factor(const struct tcphs_endpoint *end)
{
	return 1u << (end->wscale > 14 ? 14 : end->wscale);
}

void tell_header(struct teller *teller)
{
	const struct tcphs_row *row = teller->row;
	const struct tcphs_endpoint *end = teller->connection->end;

	TELL(teller, "header: ports %u → %u, seq %" PRIu32 ", ack %" PRIu32 ", flags 0x%03x",
	     end[row->from].port, end[peer_of(teller)].port, row->seq, row->ack, row->flags);
	for (size_t i = 0; i < sizeof(flag_names) / sizeof(flag_names[0]); i++) {
		if ((row->flags & flag_names[i].flag) != 0)
			TELL(teller, " %s", flag_names[i].name);
	}
	TELL(teller, ", window %u", row->window);
	/* Both must have offered the factor, and that of a SYN itself is never scaled. */
	if ((row->flags & TCPHS_SYN) == 0 && end[0].wscale >= 0 && end[1].wscale >= 0 &&
	    end[row->from].wscale > 0)
		TELL(teller, " × %u = %u octets", window_factor(&end[row->from]),
		     row->window * window_factor(&end[row->from]));
	TELL(teller, "\n");
}

/* What an endpoint said in its SYN, in words. */
static void tell_syn_options(struct teller *teller)
{
	const struct tcphs_endpoint *end = &teller->connection->end[teller->row->from];

	if (end->mss > 0)
		TELL(teller, "MSS: the %s takes segments of up to %u octets of data.\n", teller->x,
		     end->mss);
	if (end->wscale >= 0)
		TELL(teller,
		     "Window scale %d: later windows of the %s count times %u, if both sides "
		     "sent this option.  RFC 7323 §2\n",
		     end->wscale, teller->x, window_factor(end));
	if (end->sack)
		TELL(teller, "SACK-permitted: the %s understands selective acknowledgements.\n",
		     teller->x);
	if (end->timestamps)
		TELL(teller, "Timestamps: round trips can be measured, old segments told apart.\n");
}

/* The rows of a connection that was read again have their options with them. */
void tell_options(struct teller *teller)
{
	const struct tcphs_options *options = teller->row->options;

	if ((teller->row->flags & TCPHS_SYN) != 0 &&
	    teller->connection->end[teller->row->from].options_known &&
	    teller->connection->end[teller->row->from].isn == teller->row->seq)
		tell_syn_options(teller);
	if (options == NULL)
		return;
	if ((options->present & TCPHS_OPT_TIMESTAMPS) != 0)
		TELL(teller, "timestamps: value %" PRIu32 ", echo %" PRIu32 "  RFC 7323 §3\n",
		     options->tsval, options->tsecr);
	for (unsigned i = 0; (options->present & TCPHS_OPT_SACK) != 0 && i < options->sack_blocks;
	     i++)
		TELL(teller, "SACK: the %s also has %" PRIu32 " to %" PRIu32 ".  RFC 2018 §3\n",
		     teller->x, options->sack[i][0], options->sack[i][1]);
}

enum { COMMENT_COLUMNS = 600 };

void tell_notes(struct teller *teller)
{
	const struct tcphs_ladder_options *options = &teller->ladder->options;
	const char *comment = "", *interface = "";
	size_t length, shown;

	if (options->packet_comment != NULL)
		comment = options->packet_comment(options->packet_context, teller->row->packet);
	if (options->packet_interface != NULL)
		interface = options->packet_interface(options->packet_context, teller->row->packet);
	length = strlen(comment);
	shown = utf8_fit(comment, length, COMMENT_COLUMNS, NULL);
	if (length > 0)
		TELL(teller, "The capture's comment on it: %.*s%s\n", (int)shown, comment,
		     shown < length ? "…" : "");
	if (interface[0] != '\0')
		TELL(teller, "It was captured on %s.\n", interface);
}
