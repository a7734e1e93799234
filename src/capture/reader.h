/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reads the packets of one capture file. Each format is one `struct reader_ops`; all of them
 * parse the input's buffer in place and hand out pointers into it, which stay valid until the
 * next call.
 *
 * Our own and not libpcap's, for two reasons: an empty libpcap loop costs four times as much
 * per packet, and libpcap refuses files that mix link types or snapshot lengths.
 */
#ifndef CAPTURE_READER_H
#define CAPTURE_READER_H

#include <tcphs/source.h>
#include "capture/capture.h"
#include "capture/input.h"

#define PACKET_CAP 262144 /* octets of a packet, as in libpcap; a longer one is damage */

struct reader;

struct reader_ops {
	/* As tcphs_source_read(); with MORE *count is > 0. Numbers are those in the file. */
	enum tcphs_source_state (*read)(struct reader *reader, struct tcphs_packet *batch,
	                                size_t max, size_t *count, struct tcphs_error *error);
};

struct reader {
	const struct reader_ops *ops;
	struct input *input;
	struct capture *capture; /* borrowed */
	uint64_t number;         /* of the last packet read; 0 at the start */
	uint32_t section;        /* pcapng: index of the current section */
	int64_t time;            /* pcapng: of the last packet, for one that has none */
};

/* Opens a capture of whatever format, compressed or not. NULL and an error if it can't; with status
 * TCPHS_OK its header is not whole yet, and it grows. */
struct reader *reader_open(struct capture *capture, bool follow, struct tcphs_error *error);
void reader_close(struct reader *reader);

/* Makes packet `number` (from 1) the next one to be read; false and an error if it can't. If
 * there is no such packet, the next read says END. */
bool reader_seek(struct reader *reader, uint64_t number, struct tcphs_error *error);

/* Is `state`, of the header, that of a file that grows? *error then says that nothing is wrong. */
bool reader_not_yet(const struct input *input, enum input_state state, struct tcphs_error *error);

/* For the formats: one file header each, with its octets in the input's buffer. NULL and an
 * error if it is damaged. They own neither argument. */
struct reader *pcap_reader_open(struct input *input, struct capture *capture,
                                struct tcphs_error *error);
struct reader *pcapng_reader_open(struct input *input, struct capture *capture,
                                  struct tcphs_error *error);

/* For the formats: gets `wanted` octets from the start of the record at hand. MORE: they are
 * there; otherwise what read() is to return. */
enum tcphs_source_state reader_fill(struct reader *reader, size_t wanted,
                                    struct tcphs_error *error);
/* For the formats: the record at hand is damaged, says `why`; returns END. */
enum tcphs_source_state reader_damaged(struct reader *reader, struct tcphs_error *error,
                                       const char *why);
/* For the formats: another capture begins in the middle, unlike this one; returns END. */
enum tcphs_source_state reader_joined(struct reader *reader, struct tcphs_error *error);

#endif
