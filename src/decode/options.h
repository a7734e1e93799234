/* SPDX-License-Identifier: BSD-3-Clause */
/* TCP options (RFC 9293 §3.2). */
#ifndef DECODE_OPTIONS_H
#define DECODE_OPTIONS_H

#include "base/bytes.h"
#include "base/inline.h"

#include <stdbool.h>
#include <stdint.h>
#include <tcphs/segment.h>

/* Reads the options at octets[0..length), of which `captured` were captured, into *options.
 * Of *options only `present` and what it names is written. */
void options_read(struct tcphs_options *options, const uint8_t *octets, uint32_t length,
                  uint32_t captured);

/* What nearly every data segment carries: NOP, NOP, timestamps (RFC 7323, appendix A). */
#define TIMESTAMPS_ALONE 12
#define TIMESTAMPS_USUAL 0x0101080au

/* What a SYN of Linux carries: MSS, SACK permitted, timestamps, NOP, window scale. */
#define SYN_USUAL_LENGTH 20

static inline bool options_are_usual_syn(const uint8_t *octets)
{
	return get_be16(octets) == 0x0204 && get_be32(octets + 4) == 0x0402080a &&
	       get_be24(octets + 16) == 0x010303;
}

/* options_read(), the usual in line. */
static INLINE void options_fill(struct tcphs_options *options, const uint8_t *octets,
                                uint32_t length, uint32_t captured)
{
	if (length == TIMESTAMPS_ALONE && captured >= length &&
	    get_be32(octets) == TIMESTAMPS_USUAL) {
		options->present = TCPHS_OPT_TIMESTAMPS;
		options->tsval = get_be32(octets + 4);
		options->tsecr = get_be32(octets + 8);
	} else if (length == SYN_USUAL_LENGTH && captured >= length &&
	           options_are_usual_syn(octets)) {
		options->present = TCPHS_OPT_MSS | TCPHS_OPT_SACK_PERMITTED | TCPHS_OPT_TIMESTAMPS |
		                   TCPHS_OPT_WSCALE;
		options->mss = get_be16(octets + 2);
		options->tsval = get_be32(octets + 8);
		options->tsecr = get_be32(octets + 12);
		options->wscale = octets[19];
	} else {
		options_read(options, octets, length, captured);
	}
}

#endif
