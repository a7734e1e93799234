/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * pcap, as pcap-savefile(5) has it: a file header of 24 octets, then records of
 *
 *   0        4          8         12        16        (24)
 *   | seconds | fraction | caplen  | wirelen | (extra) | octets …
 *
 * Where files were joined with cat(1), a file header stands in the place of a record.
 */
#include "capture/reader.h"

#include <stdlib.h>
#include <string.h>
#include "base/bytes.h"
#include "capture/pcap_dialect.h"

#define FILE_HEADER   24
#define RECORD_HEADER 16
#define SECOND        1000000000

/* The upper bits of the link type: how many octets of frame check sequence there are. */
#define LINKTYPE_MASK 0x0000ffffu
#define FCS_KNOWN     0x04000000u
#define FCS_SHIFT     28

struct pcap_reader {
	struct reader reader;
	uint32_t linktype;
	int32_t fcs_length;
	uint32_t file_header, record_header;
	uint32_t fraction_end;  /* fractions are less than that */
	uint32_t fraction_unit; /* in nanoseconds */
	bool big;
	/* Before version 2.3 wirelen came before caplen; 2.3 was written either way. */
	bool swapped, maybe_swapped;
	uint8_t first[4], link[4]; /* of the file header: the magic, the link type */
};

/* What differs between the variants, by magic. */
static const struct {
	uint32_t magic; /* as read big endian */
	bool big;
	uint32_t fraction_end;
	uint32_t record_header;
	uint32_t more_header; /* octets of the file header behind the usual ones */
} variants[] = {
    {0xa1b2c3d4, true, 1000000, RECORD_HEADER, 0},
    {0xd4c3b2a1, false, 1000000, RECORD_HEADER, 0},
    {0xa1b23c4d, true, SECOND, RECORD_HEADER, 0},
    {0x4d3cb2a1, false, SECOND, RECORD_HEADER, 0},
    /* Kuznetzov's Linux patch: interface index, protocol, packet type follow the lengths. */
    {0xa1b2cd34, true, 1000000, RECORD_HEADER + 8, 0},
    {0x34cdb2a1, false, 1000000, RECORD_HEADER + 8, 0},
    /* Ixia's lcap, by hardware and by software: the size of all records ends the header. */
    {0x1c0001ac, true, 1000000, RECORD_HEADER, 4},
    {0xac01001c, false, 1000000, RECORD_HEADER, 4},
    {0x1c0001ab, true, 1000000, RECORD_HEADER, 4},
    {0xab01001c, false, 1000000, RECORD_HEADER, 4},
};

#define VARIANTS (sizeof(variants) / sizeof(variants[0]))

static inline uint32_t get32(const uint8_t *octets, bool big)
{
	return big ? get_be32(octets) : get_le32(octets);
}

struct lengths {
	uint32_t captured, wire;
};

static inline struct lengths record_lengths(const struct pcap_reader *pcap, const uint8_t *record,
                                            bool big)
{
	uint32_t captured = get32(record + 8, big), wire = get32(record + 12, big);

	if (pcap->swapped || (pcap->maybe_swapped && captured > wire))
		return (struct lengths){wire, captured};
	return (struct lengths){captured, wire};
}

/* Does a file header stand in the place of this record? As one it would hold no octets, and its
 * time would be just so: asked of such records only, a mistake is a rare chance. */
static bool starts_file(const uint8_t *record)
{
	static const uint8_t big[] = {0, 2, 0, 4}, little[] = {2, 0, 4, 0};
	size_t variant = 0;

	while (variant < VARIANTS && variants[variant].magic != get_be32(record))
		variant++;
	return variant < VARIANTS &&
	       memcmp(record + 4, variants[variant].big ? big : little, sizeof(big)) == 0;
}

static inline void fill_packet(const struct pcap_reader *pcap, const uint8_t *record, bool big,
                               struct lengths lengths, struct tcphs_packet *packet)
{
	uint32_t fraction = get32(record + 4, big);
	bool bad = fraction >= pcap->fraction_end;

	/* The last nanosecond of its second is the nearest to what such a stamp says. */
	*packet = (struct tcphs_packet){
	    .data = record + pcap->record_header,
	    .caplen = lengths.captured,
	    .wirelen = lengths.wire > lengths.captured ? lengths.wire : lengths.captured,
	    .time = (int64_t)get32(record, big) * SECOND +
	            (bad ? SECOND - 1 : (int64_t)fraction * pcap->fraction_unit),
	    .linktype = pcap->linktype,
	    .interface = pcap->reader.capture->interface,
	    .fcs_length = pcap->fcs_length,
	    .bad_time = bad,
	};
}

/* The whole packets in the buffer, at most `max`. `big` is a constant where this is called,
 * which gives one loop for each byte order. */
static inline size_t scan(struct pcap_reader *pcap, struct tcphs_packet *batch, size_t max,
                          bool big)
{
	struct input *input = pcap->reader.input;
	const uint8_t *record = input_at(input);
	size_t left = input_left(input), count = 0;

	while (count < max && left >= pcap->record_header) {
		struct lengths lengths = record_lengths(pcap, record, big);
		size_t size = pcap->record_header + lengths.captured;

		if (lengths.captured > PACKET_CAP || size > left ||
		    (lengths.captured == 0 && starts_file(record)))
			break;
		fill_packet(pcap, record, big, lengths, &batch[count]);
		batch[count++].number = ++pcap->reader.number;
		record += size;
		left -= size;
	}
	input_pass(input, input_left(input) - left);
	return count;
}

/* Packets of another link type, byte order or unit of time than those before can't be read on. */
static enum tcphs_source_state next_file(struct pcap_reader *pcap, struct tcphs_error *error)
{
	struct input *input = pcap->reader.input;
	const uint8_t *header = input_at(input);

	if (input_left(input) < pcap->file_header)
		return reader_fill(&pcap->reader, pcap->file_header, error);
	if (memcmp(header, pcap->first, sizeof(pcap->first)) != 0 ||
	    memcmp(header + 20, pcap->link, sizeof(pcap->link)) != 0)
		return reader_joined(&pcap->reader, error);
	input_pass(input, pcap->file_header);
	return TCPHS_SOURCE_MORE;
}

/* The record at hand isn't whole: gets the rest of it, or says what is wrong with it. */
static enum tcphs_source_state refill(struct pcap_reader *pcap, struct tcphs_error *error)
{
	const struct input *input = pcap->reader.input;
	size_t wanted = pcap->record_header;

	if (input_left(input) >= wanted) {
		uint32_t length = record_lengths(pcap, input_at(input), pcap->big).captured;

		if (length == 0 && starts_file(input_at(input)))
			return next_file(pcap, error);
		if (length > PACKET_CAP)
			return reader_damaged(&pcap->reader, error,
			                      "the next record claims more than 262144 octets");
		wanted += length;
	}
	return reader_fill(&pcap->reader, wanted, error);
}

static enum tcphs_source_state pcap_read(struct reader *reader, struct tcphs_packet *batch,
                                         size_t max, size_t *count, struct tcphs_error *error)
{
	struct pcap_reader *pcap = (struct pcap_reader *)reader;
	enum tcphs_source_state state;

	do {
		*count = pcap->big ? scan(pcap, batch, max, true) : scan(pcap, batch, max, false);
		if (*count > 0)
			return TCPHS_SOURCE_MORE;
		state = refill(pcap, error);
	} while (state == TCPHS_SOURCE_MORE);
	return state;
}

static const struct reader_ops pcap_ops = {.read = pcap_read};

/* Of these magics alone the recogniser (reader.c) makes a reader of this format. */
static size_t variant_of(uint32_t magic)
{
	size_t variant = 0;

	while (variants[variant].magic != magic)
		variant++;
	return variant;
}

/* Octets of the file header, once its magic is there. */
static size_t header_length(const struct input *input)
{
	return FILE_HEADER + (input_left(input) >= 4
	                          ? variants[variant_of(get_be32(input_at(input)))].more_header
	                          : 0);
}

static void read_header(struct pcap_reader *pcap, const uint8_t *header, uint32_t *snaplen)
{
	size_t variant = variant_of(get_be32(header));
	uint32_t linktype, major, minor;

	pcap->big = variants[variant].big;
	pcap->fraction_end = variants[variant].fraction_end;
	pcap->fraction_unit = SECOND / pcap->fraction_end;
	pcap->file_header = FILE_HEADER + variants[variant].more_header;
	pcap->record_header = variants[variant].record_header;
	major = pcap->big ? get_be16(header + 4) : get_le16(header + 4);
	minor = pcap->big ? get_be16(header + 6) : get_le16(header + 6);
	pcap->swapped = major == 2 && minor < 3;
	pcap->maybe_swapped = major == 2 && minor == 3;
	*snaplen = get32(header + 16, pcap->big);
	linktype = get32(header + 20, pcap->big);
	pcap->linktype = linktype & LINKTYPE_MASK;
	memcpy(pcap->first, header, sizeof(pcap->first));
	memcpy(pcap->link, header + 20, sizeof(pcap->link));
	pcap->fcs_length = linktype & FCS_KNOWN ? (int32_t)(2 * (linktype >> FCS_SHIFT)) : -1;
	if (major == 2 && minor == 2 && pcap_dialect_aix(&pcap->linktype)) {
		pcap->fraction_end = SECOND;
		pcap->fraction_unit = 1;
	}
}

/* What the magic does not tell, as far as records are there by now. */
static void look_ahead(struct pcap_reader *pcap, const struct input *input)
{
	if (pcap->fraction_end != SECOND && !pcap->swapped && !pcap->maybe_swapped &&
	    pcap->file_header == FILE_HEADER)
		pcap->record_header = pcap_dialect_record(input_at(input), input_left(input),
		                                          pcap->big, pcap->record_header);
}

struct reader *pcap_reader_open(struct input *input, struct capture *capture,
                                struct tcphs_error *error)
{
	struct tcphs_interface interface = {0};
	struct pcap_reader *pcap;
	size_t length = header_length(input);
	enum input_state state = input_need(input, length, error);

	if (state != INPUT_READY) {
		if (state != INPUT_BROKEN && !reader_not_yet(input, state, error))
			tcphs_error_set(error, TCPHS_DAMAGED,
			                "%s: is cut short in its file header: %zu of %zu octets "
			                "are there; copy or record it again",
			                input->file->name, input_left(input), length);
		return NULL;
	}
	pcap = calloc(1, sizeof(*pcap));
	if (pcap == NULL)
		goto nomem;
	pcap->reader.ops = &pcap_ops;
	read_header(pcap, input_at(input), &interface.snaplen);
	interface.linktype = pcap->linktype;
	if (!capture->known &&
	    !interfaces_add(capture->interfaces, &interface, &capture->interface))
		goto nomem;
	capture->known = true;
	input_pass(input, length);
	look_ahead(pcap, input);
	return &pcap->reader;
nomem:
	tcphs_error_set(error, TCPHS_NOMEM, "%s: memory is exhausted", input->file->name);
	free(pcap);
	return NULL;
}
