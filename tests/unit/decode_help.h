/* SPDX-License-Identifier: BSD-3-Clause */
/* Octets from hexadecimal text, and one packet through a decoder. */
#ifndef TESTS_DECODE_HELP_H
#define TESTS_DECODE_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tcphs/decode.h>

/* Reads hexadecimal digits, spaces aside; returns how many octets there are. */
static inline uint32_t hex_read(const char *text, uint8_t *octets, size_t room)
{
	uint32_t digits = 0;

	memset(octets, 0, room);
	for (; *text != '\0'; text++) {
		int digit = isdigit((unsigned char)*text) ? *text - '0' : *text - 'a' + 10;

		if (*text == ' ')
			continue;
		assert_true(digit >= 0 && digit < 16 && digits / 2 < room);
		octets[digits / 2] = (uint8_t)(octets[digits / 2] << 4 | digit);
		digits++;
	}
	assert_int_equal(digits % 2, 0);
	return digits / 2;
}

/* Decodes the first `caplen` of octets[0..wirelen) from memory of exactly that size, so that a
 * memory checker sees a read beyond it. What is not written is zero. */
static inline size_t decode_octets(struct tcphs_decoder *decoder, uint32_t linktype,
                                   const uint8_t *octets, uint32_t caplen, uint32_t wirelen,
                                   struct tcphs_segment *segment)
{
	uint8_t *copy = malloc(caplen == 0 ? 1 : caplen);
	struct tcphs_packet packet = {
	    .data = copy,
	    .caplen = caplen,
	    .wirelen = wirelen,
	    .number = 1,
	    .linktype = linktype,
	    .fcs_length = -1,
	};
	size_t count;

	assert_non_null(copy);
	memcpy(copy, octets, caplen);
	memset(segment, 0, sizeof(*segment));
	count = tcphs_decode(decoder, &packet, 1, segment);
	free(copy);
	return count;
}

/* The same with all of a packet given as hexadecimal text. */
static inline size_t decode_hex(struct tcphs_decoder *decoder, uint32_t linktype, const char *hex,
                                struct tcphs_segment *segment)
{
	uint8_t octets[2048];
	uint32_t length = hex_read(hex, octets, sizeof(octets));

	return decode_octets(decoder, linktype, octets, length, length, segment);
}

#endif
