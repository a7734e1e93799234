/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/reader.h"

#include <stdlib.h>
#include <string.h>
#include "base/bytes.h"

#define CONVERT "convert it with 'editcap IN OUT.pcapng'"

/* Formats by their first four octets, as a big-endian number. */
static const struct {
	uint32_t magic;
	struct reader *(*open)(struct input *input, struct capture *capture,
	                       struct tcphs_error *error);
	const char *name; /* of a format that isn't read … */
	const char *cure; /* … and what makes one of it that is */
} formats[] = {
    {0xa1b2c3d4, pcap_reader_open, NULL, NULL}, /* microseconds, big endian */
    {0xd4c3b2a1, pcap_reader_open, NULL, NULL},
    {0xa1b23c4d, pcap_reader_open, NULL, NULL}, /* nanoseconds */
    {0x4d3cb2a1, pcap_reader_open, NULL, NULL},
    {0xa1b2cd34, pcap_reader_open, NULL, NULL}, /* with Kuznetzov's longer record header */
    {0x34cdb2a1, pcap_reader_open, NULL, NULL},
    {0x1c0001ac, pcap_reader_open, NULL, NULL}, /* Ixia's lcap, by hardware */
    {0xac01001c, pcap_reader_open, NULL, NULL},
    {0x1c0001ab, pcap_reader_open, NULL, NULL}, /* … by software */
    {0xab01001c, pcap_reader_open, NULL, NULL},
    {0x0a0d0d0a, pcapng_reader_open, NULL, NULL},
    {0x736e6f6f, NULL, "snoop capture", CONVERT},
    {0x474d4255, NULL, "Network Monitor capture", CONVERT},
    {0x52545353, NULL, "Network Monitor 1 capture", CONVERT},
    {0x58435000, NULL, "Sniffer capture", CONVERT},
    {0x54525349, NULL, "Sniffer (DOS) capture", CONVERT},
    {0x4e617453, NULL, "Shomiti capture", CONVERT},
    {0x504b0304, NULL, "zip archive", "unpack it first, with 'unzip FILE'"},
    {0x377abcaf, NULL, "7z archive", "unpack it first, with '7z x FILE'"},
};

static struct reader *recognise(struct input *input, struct capture *capture,
                                struct tcphs_error *error)
{
	size_t left = input_left(input);
	uint32_t magic = left >= 4 ? get_be32(input_at(input)) : 0;

	for (size_t i = 0; left >= 4 && i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (formats[i].magic != magic)
			continue;
		if (formats[i].open != NULL)
			return formats[i].open(input, capture, error);
		tcphs_error_set(error, TCPHS_USAGE, "%s: is a %s, which isn't read here: %s",
		                input->file->name, formats[i].name, formats[i].cure);
		return NULL;
	}
	if (left == 0)
		tcphs_error_set(error, TCPHS_USAGE,
		                "%s: is empty: no capture was written to it yet; record one with "
		                "'tcpdump -w FILE'",
		                input->file->name);
	else
		tcphs_error_set(
		    error, TCPHS_USAGE,
		    "%s: is not a pcap or pcapng capture; record one with 'tcpdump -w FILE'",
		    input->file->name);
	return NULL;
}

static void note_place(const struct reader *reader)
{
	const struct place here = {reader->input->offset, reader->number, reader->time,
	                           reader->section};

	capture_note(reader->capture, &here);
}

bool reader_not_yet(const struct input *input, enum input_state state, struct tcphs_error *error)
{
	if (state != INPUT_LATER || !input->file->regular)
		return false;
	tcphs_error_set(error, TCPHS_OK, "%s", "");
	return true;
}

struct reader *reader_open(struct capture *capture, bool follow, struct tcphs_error *error)
{
	struct input *input = input_open(&capture->file, follow, error);
	struct reader *reader = NULL;
	enum input_state state;

	if (input == NULL)
		return NULL;
	state = input_need(input, 8, error);
	/* A file shorter than that is recognised by what there is. */
	if (state == INPUT_BROKEN || reader_not_yet(input, state, error) ||
	    !input_unpack(input, error) || input_need(input, 8, error) == INPUT_BROKEN)
		goto out;
	reader = recognise(input, capture, error);
	if (reader == NULL)
		goto out;
	reader->input = input;
	reader->capture = capture;
	capture->packed = input->packed != NULL;
	note_place(reader);
	input->patient = false;
	return reader;
out:
	input_close(input);
	return NULL;
}

void reader_close(struct reader *reader)
{
	if (reader == NULL)
		return;
	input_close(reader->input);
	free(reader);
}

bool reader_seek(struct reader *reader, uint64_t number, struct tcphs_error *error)
{
	struct tcphs_packet batch[64];
	struct place place;
	size_t count;

	if (!capture_find(reader->capture, number - 1, &place) ||
	    !input_seek(reader->input, place.offset, error))
		return false;
	reader->number = place.before;
	reader->section = place.section;
	reader->time = place.time;
	while (reader->number + 1 < number) {
		uint64_t distance = number - 1 - reader->number;
		size_t max = distance < 64 ? (size_t)distance : 64;

		if (reader->ops->read(reader, batch, max, &count, error) != TCPHS_SOURCE_MORE)
			break;
	}
	return true;
}

/* There is no more: says so to whoever reads this file again. */
static enum tcphs_source_state ended(struct reader *reader)
{
	reader->capture->packets = reader->number;
	reader->capture->ended = true;
	return TCPHS_SOURCE_END;
}

static enum tcphs_source_state cut(struct reader *reader, size_t wanted, struct tcphs_error *error)
{
	const struct input *input = reader->input;

	tcphs_error_set(
	    error, TCPHS_DAMAGED,
	    "%s: is cut short after packet %llu, at byte %llu: %zu of the next %zu octets "
	    "are there; what comes before was read, copy or record it again for the rest",
	    input->file->name, (unsigned long long)reader->number,
	    (unsigned long long)input->offset, input_left(input), wanted);
	return ended(reader);
}

enum tcphs_source_state reader_fill(struct reader *reader, size_t wanted, struct tcphs_error *error)
{
	if (input_left(reader->input) >= wanted)
		return TCPHS_SOURCE_MORE;
	note_place(reader); /* once per buffer */
	reader->input->packets = reader->number;
	switch (input_need(reader->input, wanted, error)) {
	case INPUT_READY:
		return TCPHS_SOURCE_MORE;
	case INPUT_LATER:
		return TCPHS_SOURCE_IDLE;
	case INPUT_BROKEN:
		return ended(reader);
	case INPUT_END:
		break;
	}
	return input_left(reader->input) > 0 ? cut(reader, wanted, error) : ended(reader);
}

enum tcphs_source_state reader_damaged(struct reader *reader, struct tcphs_error *error,
                                       const char *why)
{
	tcphs_error_set(
	    error, TCPHS_DAMAGED,
	    "%s: is damaged after packet %llu, at byte %llu: %s; what comes before was read, "
	    "copy it again for the rest",
	    reader->input->file->name, (unsigned long long)reader->number,
	    (unsigned long long)reader->input->offset, why);
	return ended(reader);
}

enum tcphs_source_state reader_joined(struct reader *reader, struct tcphs_error *error)
{
	tcphs_error_set(
	    error, TCPHS_DAMAGED,
	    "%s: a capture of another link type, byte order or unit of time begins after packet "
	    "%llu, at byte %llu, as cat(1) joins them; what comes before was read, join them with "
	    "'mergecap -w OUT.pcapng IN…' for the rest",
	    reader->input->file->name, (unsigned long long)reader->number,
	    (unsigned long long)reader->input->offset);
	return ended(reader);
}
