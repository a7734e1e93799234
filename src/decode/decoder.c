/* SPDX-License-Identifier: BSD-3-Clause */
#include "decode/decoder.h"

#include "decode/fast.h"
#include "decode/fragment.h"
#include "decode/next.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const skip_names[TCPHS_SKIP_COUNT] = {
    [TCPHS_SKIP_NOT_TCP] = "not TCP",        [TCPHS_SKIP_LINKTYPE] = "unknown link type",
    [TCPHS_SKIP_CUT] = "cut by the capture", [TCPHS_SKIP_MALFORMED] = "malformed",
    [TCPHS_SKIP_FRAGMENT] = "fragmented",    [TCPHS_SKIP_ENCRYPTED] = "encrypted or compressed",
};

const char *tcphs_skip_name(enum tcphs_skip reason)
{
	return (unsigned)reason < TCPHS_SKIP_COUNT ? skip_names[reason] : "?";
}

struct tcphs_decoder *tcphs_decoder_new(const struct tcphs_decode_options *options)
{
	struct tcphs_decoder *decoder = calloc(1, sizeof(*decoder));

	if (decoder == NULL)
		return NULL;
	if (options != NULL)
		decoder->options = *options;
	decoder->plain_encap[0] = decoder->plain_encap[1] = DECODER_NO_ENCAP;
	decoder->encaps = encap_table_new();
	decoder->fragments = fragment_table_new();
	if (decoder->encaps == NULL || decoder->fragments == NULL) {
		tcphs_decoder_free(decoder);
		return NULL;
	}
	return decoder;
}

void tcphs_decoder_free(struct tcphs_decoder *decoder)
{
	if (decoder == NULL)
		return;
	encap_table_free(decoder->encaps);
	fragment_table_free(decoder->fragments);
	free(decoder);
}

bool decoder_packet(struct tcphs_decoder *decoder, const struct tcphs_packet *packet,
                    struct tcphs_segment *segment)
{
	struct walk walk;

	/* Datagrams that came whole live one packet longer, for tcphs_decoder_fragments(). */
	fragment_table_release(decoder->fragments);
	decoder->piece_count = 0;
	walk_start(&walk, decoder, packet, segment);
	next_link(&walk, packet->linktype);
	walk_run(&walk);
	if (!walk.found)
		decoder->skipped[walk.skip]++;
	return walk.found;
}

size_t tcphs_decode(struct tcphs_decoder *decoder, const struct tcphs_packet *packets, size_t count,
                    struct tcphs_segment *segments)
{
	struct tcphs_segment *segment = segments;
	size_t done = 0;

	decoder->piece_count = 0;
	while (done < count) {
		size_t plain = fast_packets(decoder, &packets[done], count - done, segment);

		done += plain;
		segment += plain;
		if (done < count && decoder_packet(decoder, &packets[done++], segment))
			segment++;
	}
	return (size_t)(segment - segments);
}

size_t tcphs_decoder_fragments(const struct tcphs_decoder *decoder, const uint64_t **packets)
{
	*packets = decoder->pieces;
	return decoder->piece_count;
}

uint64_t tcphs_decoder_skipped(const struct tcphs_decoder *decoder, enum tcphs_skip reason)
{
	return (unsigned)reason < TCPHS_SKIP_COUNT ? decoder->skipped[reason] : 0;
}

static void unknown_describe(struct unknown *unknown)
{
	static const char *const formats[UNKNOWN_KIND_COUNT] = {
	    [UNKNOWN_LINKTYPE] = "link type %u",
	    [UNKNOWN_ETHERTYPE] = "EtherType 0x%04x",
	    [UNKNOWN_PROTOCOL] = "IP protocol %u",
	    [UNKNOWN_PPP] = "PPP protocol 0x%04x",
	};
	/* The formats are the constants above: each takes one unsigned. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(unknown->text, sizeof(unknown->text), formats[unknown->kind], unknown->number);
#pragma GCC diagnostic pop
}

void decoder_unknown(struct walk *walk, enum unknown_kind kind, uint32_t number)
{
	struct tcphs_decoder *decoder = walk->decoder;
	struct unknown *unknown;

	walk_stop(walk, kind == UNKNOWN_LINKTYPE ? TCPHS_SKIP_LINKTYPE : TCPHS_SKIP_NOT_TCP);
	for (unsigned i = 0; i < decoder->unknown_count; i++) {
		unknown = &decoder->unknown[i];
		if (unknown->kind == kind && unknown->number == number) {
			unknown->packets++;
			return;
		}
	}
	if (decoder->unknown_count == UNKNOWN_MAX)
		return;
	unknown = &decoder->unknown[decoder->unknown_count++];
	*unknown = (struct unknown){.kind = kind, .number = number, .packets = 1};
	unknown_describe(unknown);
}

bool tcphs_decoder_unknown(const struct tcphs_decoder *decoder, size_t index, const char **what,
                           uint64_t *packets)
{
	if (index >= decoder->unknown_count)
		return false;
	*what = decoder->unknown[index].text;
	*packets = decoder->unknown[index].packets;
	return true;
}

uint64_t tcphs_decoder_fragments_incomplete(const struct tcphs_decoder *decoder)
{
	return fragment_table_incomplete(decoder->fragments);
}

uint64_t tcphs_decoder_fragments_overlapping(const struct tcphs_decoder *decoder)
{
	return fragment_table_overlapping(decoder->fragments);
}

const char *tcphs_decoder_encapsulation(const struct tcphs_decoder *decoder, uint32_t id)
{
	return encap_table_text(decoder->encaps, id);
}

bool tcphs_decoder_starved(const struct tcphs_decoder *decoder)
{
	return encap_table_starved(decoder->encaps) || fragment_table_starved(decoder->fragments);
}
