/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A conversation read in one of many ways, and what tcphs makes of it as one text, so that two
 * ways are compared by comparing texts.
 */
#ifndef FUZZ_READING_H
#define FUZZ_READING_H

#include "conversation.h"

#include "base/text.h"

#include <tcphs/decode.h>
#include <tcphs/tracker.h>

enum way {
	WAY_OTHER_KEY, /* of the flow table */
	WAY_ONE_BY_ONE,
	WAY_PCAP, /* the forms of talk_file(), through a session */
	WAY_PCAP_BIG,
	WAY_PCAPNG,
	WAY_PCAPNG_BIG,
	WAY_ROTATED, /* cut into files of several forms */
	WAY_PIPED,
	WAY_AHEAD,    /* a second thread reads and decodes */
	WAY_KEEP_ALL, /* nothing is folded: there are more rows, and all else is the same */
	WAYS,
};

struct reading {
	struct tcphs_decoder *decoder;
	struct tcphs_tracker *tracker;
	uint64_t packets, segments;  /* read, and decoded */
	struct text lines;           /* connection/1 of each connection */
	struct text rows;            /* their segment/1 */
	struct text remarks;         /* their diagnosis/1 */
	uint64_t gone, gone_packets; /* connections that on_final saw leave, and their packets */
};

/* What is fed directly: the tracker's options are the caller's but for on_final. */
void reading_open(struct reading *reading, const struct talk *talk,
                  const struct tcphs_decode_options *decode, struct tcphs_tracker_options tracker,
                  size_t batch);
void reading_close(struct reading *reading);

/* Whether the talk can be read that way, to the same end. */
bool way_applies(enum way way, const struct talk *talk);
/* Reads it that way and says where it differs from `base`, or NULL. */
const char *way_compare(enum way way, const struct talk *talk, const struct reading *base,
                        const struct tcphs_decode_options *decode);

#endif
