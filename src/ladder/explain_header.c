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
static unsigned window_factor(int shift)
{
	return 1u << (shift > 14 ? 14 : shift);
}

/* The segment as it was read again, NULL if it wasn't. */
static const struct tcphs_segment *header_of(const struct teller *teller)
{
	const struct tcphs_segment *header = teller->ladder->options.header;

	return header != NULL && header->packet == teller->row->packet ? header : NULL;
}

/* The fields that a row does not keep. */
static void tell_rest(struct teller *teller, const struct tcphs_segment *header)
{
	static const char *const state[] = {
	    [TCPHS_CHECKSUM_UNKNOWN] = "not checked",
	    [TCPHS_CHECKSUM_GOOD] = "right",
	    [TCPHS_CHECKSUM_OFFLOAD] = "left to the card",
	    [TCPHS_CHECKSUM_BAD] = "wrong",
	};

	TELL(teller, ", data offset %u = %u octets of header", header->data_offset,
	     header->data_offset * 4u);
	if (header->reserved != 0)
		TELL(teller, ", reserved bits %u", header->reserved);
	if ((header->trouble & TCPHS_HEADER_CUT) == 0)
		TELL(teller, ", checksum 0x%04x (%s), urgent pointer %u", header->checksum,
		     state[header->checksum_state], header->urgent);
}

void tell_header(struct teller *teller)
{
	const struct tcphs_row *row = teller->row;
	const struct tcphs_endpoint *end = teller->connection->end;
	const struct tcphs_segment *header = header_of(teller);

	TELL(teller, "header: ports %u → %u, seq %" PRIu32 ", ack %" PRIu32 ", flags 0x%03x",
	     end[row->from].port, end[peer_of(teller)].port, row->seq, row->ack, row->flags);
	for (size_t i = 0; i < sizeof(flag_names) / sizeof(flag_names[0]); i++) {
		if ((row->flags & flag_names[i].flag) != 0)
			TELL(teller, " %s", flag_names[i].name);
	}
	TELL(teller, ", window %u", row->window);
	/* Both must have offered a factor, and the window of a SYN is never scaled. */
	if ((row->flags & TCPHS_SYN) == 0 && end[0].wscale >= 0 && end[1].wscale >= 0 &&
	    end[row->from].wscale > 0)
		TELL(teller, " × %u = %u octets", window_factor(end[row->from].wscale),
		     row->window * window_factor(end[row->from].wscale));
	if (header != NULL)
		tell_rest(teller, header);
	TELL(teller, "\n");
}

/* What an endpoint said in its SYN. */
struct offer {
	uint16_t mss; /* 0: none */
	int wscale;   /* -1: none */
	bool sack, timestamps;
};

/* By the options of this very segment, else by those of the SYN that counts, if this is it. */
static bool offer_of(const struct teller *teller, const struct tcphs_options *options,
                     struct offer *offer)
{
	const struct tcphs_endpoint *end = &teller->connection->end[teller->row->from];

	if ((teller->row->flags & TCPHS_SYN) == 0)
		return false;
	if (options != NULL) {
		*offer = (struct offer){
		    .mss = (options->present & TCPHS_OPT_MSS) != 0 ? options->mss : 0,
		    .wscale =
		        (options->present & TCPHS_OPT_WSCALE) != 0 ? (int)options->wscale : -1,
		    .sack = (options->present & TCPHS_OPT_SACK_PERMITTED) != 0,
		    .timestamps = (options->present & TCPHS_OPT_TIMESTAMPS) != 0,
		};
		return true;
	}
	*offer = (struct offer){end->mss, end->wscale, end->sack, end->timestamps};
	return end->options_known && end->isn == teller->row->seq;
}

static void tell_offer(struct teller *teller, const struct offer *offer)
{
	if (offer->mss > 0)
		TELL(teller, "MSS: the %s takes segments of up to %u octets of data.\n", teller->x,
		     offer->mss);
	if (offer->wscale >= 0)
		TELL(teller,
		     "Window scale %d: later windows of the %s count times %u, if both sides "
		     "sent this option.  RFC 7323 §2\n",
		     offer->wscale, teller->x, window_factor(offer->wscale));
	if (offer->sack)
		TELL(teller, "SACK-permitted: the %s understands selective acknowledgements.\n",
		     teller->x);
	if (offer->timestamps)
		TELL(teller, "Timestamps: round trips can be measured, old segments told apart.\n");
}

/* Those without a value that is told. */
static const struct {
	uint16_t bit;
	const char *text;
} plain_options[] = {
    {TCPHS_OPT_MD5, "MD5 signature, RFC 2385"},   {TCPHS_OPT_AO, "TCP-AO, RFC 5925"},
    {TCPHS_OPT_ACCECN, "AccECN counters"},        {TCPHS_OPT_OTHER, "one that is not known here"},
    {TCPHS_OPT_CUT, "the rest was not captured"},
};

static void tell_other_options(struct teller *teller, const struct tcphs_options *options)
{
	if ((options->present & TCPHS_OPT_TFO) != 0 && options->tfo_length == 0)
		TELL(teller, "option: Fast Open, asks for a cookie\n");
	else if ((options->present & TCPHS_OPT_TFO) != 0)
		TELL(teller, "option: Fast Open, a cookie of %u octets\n", options->tfo_length);
	if ((options->present & TCPHS_OPT_MPTCP) != 0)
		TELL(teller, "option: Multipath TCP, RFC 8684, subtype %u\n",
		     options->mptcp_subtype);
	for (size_t i = 0; i < sizeof(plain_options) / sizeof(plain_options[0]); i++) {
		if ((options->present & plain_options[i].bit) != 0)
			TELL(teller, "option: %s\n", plain_options[i].text);
	}
	if ((options->present & TCPHS_OPT_MALFORMED) != 0)
		TELL(teller, "option: kind %u of length %u, malformed\n", options->malformed_kind,
		     options->malformed_length);
}

/* The rows of a connection that was read again have their options with them. */
void tell_options(struct teller *teller)
{
	const struct tcphs_segment *header = header_of(teller);
	const struct tcphs_options *options =
	    header != NULL ? &header->options : teller->row->options;
	struct offer offer;

	if (offer_of(teller, options, &offer))
		tell_offer(teller, &offer);
	if (options == NULL) {
		if (teller->ladder->options.no_header != NULL)
			TELL(teller, "The rest of the header was not read. %s\n",
			     teller->ladder->options.no_header);
		return;
	}
	if (options->present == 0 && header != NULL)
		TELL(teller, "no options\n");
	if ((options->present & TCPHS_OPT_TIMESTAMPS) != 0)
		TELL(teller, "timestamps: value %" PRIu32 ", echo %" PRIu32 "  RFC 7323 §3\n",
		     options->tsval, options->tsecr);
	for (unsigned i = 0; (options->present & TCPHS_OPT_SACK) != 0 && i < options->sack_blocks;
	     i++)
		TELL(teller, "SACK: the %s also has %" PRIu32 " to %" PRIu32 ".  RFC 2018 §3\n",
		     teller->x, options->sack[i][0], options->sack[i][1]);
	tell_other_options(teller, options);
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
