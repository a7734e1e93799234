/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/xxh32.h"

#include <string.h>
#include "base/bytes.h"

#define P1 2654435761u
#define P2 2246822519u
#define P3 3266489917u
#define P4 668265263u
#define P5 374761393u

static uint32_t rotate(uint32_t x, unsigned by)
{
	return x << by | x >> (32 - by);
}

void xxh32_begin(struct xxh32 *sum)
{
	*sum = (struct xxh32){.lane = {P1 + P2, P2, 0, 0u - P1}};
}

static void mix(struct xxh32 *sum, const uint8_t *stripe)
{
	for (int i = 0; i < 4; i++)
		sum->lane[i] = rotate(sum->lane[i] + get_le32(stripe + 4 * i) * P2, 13) * P1;
}

void xxh32_add(struct xxh32 *sum, const uint8_t *octets, size_t count)
{
	size_t held = (size_t)(sum->length % 16);

	sum->length += count;
	if (held > 0) {
		size_t part = count < 16 - held ? count : 16 - held;

		memcpy(sum->held + held, octets, part);
		octets += part;
		count -= part;
		if (held + part < 16)
			return;
		mix(sum, sum->held);
	}
	for (; count >= 16; count -= 16, octets += 16)
		mix(sum, octets);
	memcpy(sum->held, octets, count);
}

uint32_t xxh32_end(const struct xxh32 *sum)
{
	size_t held = (size_t)(sum->length % 16), i = 0;
	uint32_t hash = P5;

	if (sum->length >= 16)
		hash = rotate(sum->lane[0], 1) + rotate(sum->lane[1], 7) +
		       rotate(sum->lane[2], 12) + rotate(sum->lane[3], 18);
	hash += (uint32_t)sum->length;
	for (; i + 4 <= held; i += 4)
		hash = rotate(hash + get_le32(sum->held + i) * P3, 17) * P4;
	for (; i < held; i++)
		hash = rotate(hash + sum->held[i] * P5, 11) * P1;
	hash = (hash ^ hash >> 15) * P2;
	hash = (hash ^ hash >> 13) * P3;
	return hash ^ hash >> 16;
}
