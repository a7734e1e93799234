/* SPDX-License-Identifier: BSD-3-Clause */
/* XXH32 (seed 0), the checksum of lz4's frames, over octets as they come. */
#ifndef CAPTURE_XXH32_H
#define CAPTURE_XXH32_H

#include <stddef.h>
#include <stdint.h>

struct xxh32 {
	uint32_t lane[4];
	uint8_t held[16]; /* length % 16 of them wait for the rest */
	uint64_t length;
};

void xxh32_begin(struct xxh32 *sum);
void xxh32_add(struct xxh32 *sum, const uint8_t *octets, size_t count);
uint32_t xxh32_end(const struct xxh32 *sum);

#endif
