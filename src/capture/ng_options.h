/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The options of a pcapng block, as they stand there:
 *
 *   0      2        4
 *   | code | length | value, padded to a multiple of 4 … |       in the byte order of the section
 */
#ifndef CAPTURE_NG_OPTIONS_H
#define CAPTURE_NG_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ng_options {
	const uint8_t *octets;
	uint32_t length;
	bool big;
};

struct ng_option {
	const uint8_t *value;
	uint16_t code, length;
};

enum ng_option_code {
	NG_OPT_END = 0,
	NG_OPT_COMMENT = 1,
	NG_OPT_CUSTOM_TEXT = 2988,
	NG_OPT_CUSTOM_OCTETS = 2989,
	NG_OPT_CUSTOM_TEXT_KEPT = 19372, /* "should not be copied to a new file" */
	NG_OPT_CUSTOM_OCTETS_KEPT = 19373,
	NG_SHB_HARDWARE = 2,
	NG_SHB_OS = 3,
	NG_SHB_USERAPPL = 4,
	NG_IF_NAME = 2,
	NG_IF_DESCRIPTION = 3,
	NG_IF_SPEED = 8,
	NG_IF_TSRESOL = 9,
	NG_IF_TZONE = 10,
	NG_IF_FCSLEN = 13,
	NG_IF_TSOFFSET = 14,
	NG_IF_TXSPEED = 16,
	NG_IF_RXSPEED = 17,
	NG_ISB_IFRECV = 4,
	NG_ISB_IFDROP = 5,
	NG_EPB_FLAGS = 2,
	NG_EPB_DROPCOUNT = 4,
	NG_EPB_PACKETID = 5,
	NG_EPB_QUEUE = 6,
};

/* Makes their octets a copy, the caller's to free; false if memory is exhausted. */
bool ng_options_keep(struct ng_options *options);

/* Takes the next option off the front; false if there is none, or it is damaged. */
bool ng_options_next(struct ng_options *rest, struct ng_option *option);

/* The first option `code` with at least `least` octets; NULL if there is none. */
const uint8_t *ng_options_find(struct ng_options options, uint16_t code, uint16_t least,
                               uint16_t *length);

#define NG_COMMENT_BETWEEN "; "

/* The comments among them, one behind the other with NG_COMMENT_BETWEEN, as octets into text[size],
 * cut there; returns how many octets that is: fewer than those of the options. */
size_t ng_options_comments(struct ng_options options, char *text, size_t size);

/* For a block in little endian: which options hold numbers, and which must not be copied. */
struct ng_rule {
	uint16_t code;
	uint8_t number; /* octets of the number that the value begins with; 0: leave it out */
};
extern const struct ng_rule ng_interface_rules[], ng_packet_rules[], ng_section_rules[];

/* Room that ng_options_copy() may need for options of `length` octets. */
#define NG_COPY_ROOM(length) ((size_t)(length) + 4)

/* Copies them in little endian into out[NG_COPY_ROOM(options.length)], by `rules`, whose last has
 * the code NG_OPT_END, and without the end of the options. Returns how many octets that is. */
size_t ng_options_copy(uint8_t *out, struct ng_options options, const struct ng_rule *rules);

#endif
