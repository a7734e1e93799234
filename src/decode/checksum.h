/* SPDX-License-Identifier: BSD-3-Clause */
/* The Internet checksum (RFC 1071): ones' complement sums of 16-bit words in network order. */
#ifndef DECODE_CHECKSUM_H
#define DECODE_CHECKSUM_H

#include "base/inline.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The sum of octets[0..count), folded to 16 bits; an odd last octet counts as a high one.
 * About 20 octets a nanosecond. */
uint16_t checksum_sum(const uint8_t *octets, size_t count);

/* The sum of a header's 32-bit words in the host's byte order; `count` octets, a multiple of 4.
 * Thousands of such sums may be added before checksum_fold(), which makes all ones of them just
 * where it would of checksum_sum()'s: the byte order does not matter for that (RFC 1071 §2). */
static INLINE uint64_t checksum_words(const uint8_t *octets, size_t count)
{
	uint64_t sum = 0, pair;
	uint32_t word = 0;
	size_t i = 0;

	for (; i + 8 <= count; i += 8) { /* with the carry at the end */
		memcpy(&pair, octets + i, sizeof(pair));
		sum += pair;
		sum += sum < pair;
	}
	if (i < count)
		memcpy(&word, octets + i, sizeof(word));
	return (sum & 0xffffffffu) + (sum >> 32) + word;
}

/* Folds a sum of 16-bit words. */
static INLINE uint16_t checksum_fold(uint64_t sum)
{
	sum = (sum & 0xffffffffu) + (sum >> 32);
	sum = (sum & 0xffffu) + (sum >> 16);
	sum = (sum & 0xffffu) + (sum >> 16);
	sum = (sum & 0xffffu) + (sum >> 16);
	return (uint16_t)sum;
}

#endif
