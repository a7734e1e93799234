/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The sum does not mind the size of the words nor, but for a swap at the end, their byte order
 * (RFC 1071 §2): 32-bit words go into 64-bit sums, which the compiler makes vector code of.
 */
#include "decode/checksum.h"

#include <string.h>

static uint64_t sum_words(const uint8_t *octets, size_t words)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < words; i++) {
		uint32_t word;

		memcpy(&word, octets + i * 4, 4);
		sum += word;
	}
	return sum;
}

uint16_t checksum_sum(const uint8_t *octets, size_t count)
{
	uint64_t sum = sum_words(octets, count / 4);
	uint8_t rest[4] = {0};
	uint16_t folded;
	uint32_t word;

	memcpy(rest, octets + count / 4 * 4, count % 4);
	memcpy(&word, rest, 4);
	folded = checksum_fold(sum + word);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	folded = (uint16_t)(folded << 8 | folded >> 8);
#endif
	return folded;
}
