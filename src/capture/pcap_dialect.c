/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/pcap_dialect.h"

#include "base/bytes.h"
#include "capture/reader.h"

#define RECORD_LEAST 16
#define LOOK         8     /* records */
#define NEAR         86400 /* seconds from the first record to the others */

/* Record headers that no magic tells from the usual ones: with SuSE 6.3's further fields of
 * Kuznetzov's patch, with that patch but the old magic (Red Hat 6.1), with four octets (Nokia). */
static const struct {
	uint32_t usual, header;
} dialects[] = {
    {24, 28},
    {16, 24},
    {16, 20},
};

static inline uint32_t get32(const uint8_t *octets, bool big)
{
	return big ? get_be32(octets) : get_le32(octets);
}

/* Do the first LOOK records of octets[0..count) make sense if each has a header of so many octets?
 * `strictly`: there are two at least, of the same day, and the octets end with a record or later
 * than with the second one. */
static bool makes_sense(const uint8_t *octets, size_t count, bool big, uint32_t header,
                        bool strictly)
{
	uint32_t first = get32(octets, big);
	unsigned records = 0;

	while (records < LOOK && count >= header) {
		uint32_t fraction = get32(octets + 4, big), captured = get32(octets + 8, big);
		uint32_t wire = get32(octets + 12, big), apart = get32(octets, big) - first;

		if (fraction >= 1000000 || captured > PACKET_CAP || wire < captured ||
		    (strictly && apart > NEAR && apart < -(uint32_t)NEAR))
			return false;
		records++;
		if (count - header < captured)
			break;
		octets += header + captured;
		count -= header + captured;
	}
	return !strictly || records > 2 || (records == 2 && count == 0);
}

uint32_t pcap_dialect_record(const uint8_t *octets, size_t count, bool big, uint32_t usual)
{
	if (count < RECORD_LEAST || makes_sense(octets, count, big, usual, false))
		return usual;
	for (size_t i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++)
		if (dialects[i].usual == usual &&
		    makes_sense(octets, count, big, dialects[i].header, true))
			return dialects[i].header;
	return usual;
}

bool pcap_dialect_aix(uint32_t *linktype)
{
	/* Ethernet, token ring, FDDI, loopback: IFT_ numbers and those of the registry. */
	static const uint32_t types[][2] = {{6, 1}, {9, 6}, {15, 10}, {24, 0}};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (types[i][0] != *linktype)
			continue;
		*linktype = types[i][1];
		return true;
	}
	return false;
}
