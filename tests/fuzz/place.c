/* SPDX-License-Identifier: BSD-3-Clause */
#include "place.h"

#include "base/bytes.h"
#include "decode/checksum.h"

#include <string.h>

static size_t link_octets(const struct talk *talk, const struct talk_packet *packet)
{
	size_t at = 12;

	switch (talk->linktype) {
	case 101: /* RAW */
	case 228:
	case 229:
		return 0;
	case 0: /* NULL */
	case 108:
		return 4;
	case 113: /* LINUX_SLL */
		return 16;
	case 276:
		return 20;
	case 1:
		while (at + 6 <= packet->caplen && (get_be16(packet->data + at) == 0x8100 ||
		                                    get_be16(packet->data + at) == 0x88a8))
			at += 4;
		return at + 2;
	default:
		return SIZE_MAX;
	}
}

struct place place_find(const struct talk *talk, const struct talk_packet *packet)
{
	struct place place = {0};
	size_t at = link_octets(talk, packet), head, octets;

	if (at == SIZE_MAX || at + 40 > packet->caplen)
		return place;
	place.ip = packet->data + at;
	if (place.ip[0] >> 4 == 4 && place.ip[9] == 6 && (get_be16(place.ip + 6) & 0x1fff) == 0) {
		head = (place.ip[0] & 15u) * 4u;
		octets = get_be16(place.ip + 2);
	} else if (place.ip[0] >> 4 == 6 && place.ip[6] == 6) {
		head = 40;
		octets = 40u + get_be16(place.ip + 4);
	} else {
		return place;
	}
	if (head < 20 || octets < head + 20 || at + octets > packet->caplen)
		return place;
	place.ip_head = head;
	place.tcp = place.ip + head;
	place.tcp_octets = octets - head;
	return place;
}

void place_put16(uint8_t *p, uint16_t value)
{
	p[0] = (uint8_t)(value >> 8);
	p[1] = (uint8_t)value;
}

void place_put32(uint8_t *p, uint32_t value)
{
	place_put16(p, (uint16_t)(value >> 16));
	place_put16(p + 2, (uint16_t)value);
}

void place_mend(const struct place *place)
{
	bool six = place->ip[0] >> 4 == 6;
	uint64_t sum = 6 + place->tcp_octets;

	sum += checksum_sum(place->ip + (six ? 8 : 12), six ? 32 : 8);
	place_put16(place->tcp + 16, 0);
	sum += checksum_sum(place->tcp, place->tcp_octets);
	place_put16(place->tcp + 16, (uint16_t)~checksum_fold(sum));
	if (six)
		return;
	place_put16(place->ip + 10, 0);
	place_put16(place->ip + 10, (uint16_t)~checksum_sum(place->ip, place->ip_head));
}

void place_turn(const struct place *place)
{
	bool six = place->ip[0] >> 4 == 6;
	size_t length = six ? 16 : 4;
	uint8_t *from = place->ip + (six ? 8 : 12), other[16];

	memcpy(other, from, length);
	memcpy(from, from + length, length);
	memcpy(from + length, other, length);
	memcpy(other, place->tcp, 2);
	memcpy(place->tcp, place->tcp + 2, 2);
	memcpy(place->tcp + 2, other, 2);
}
