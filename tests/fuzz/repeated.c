/* SPDX-License-Identifier: BSD-3-Clause */
#include "repeated.h"

#include "fuzz.h"
#include "place.h"

#include "base/bytes.h"

#include <unistd.h>

#define PACKETS_MAX 24000u

/* The same with other clients, later. */
static void vary(struct talk *talk, uint32_t time, int64_t later)
{
	for (size_t i = 0; i < talk->count; i++) {
		struct talk_packet *packet = &talk->packet[i];
		struct place place = place_find(talk, packet);
		bool back;

		if (packet->time + later > 0 && packet->time + later < INT64_C(4000000000000000000))
			packet->time += later;
		if (place.tcp == NULL)
			continue;
		back = get_be16(place.tcp) < get_be16(place.tcp + 2);
		place_put16(
		    place.tcp + (back ? 2 : 0),
		    (uint16_t)(get_be16(place.tcp + (back ? 2 : 0)) ^ (uint16_t)(time & 0x3ff)));
		place_mend(&place);
	}
}

int repeated_file(struct talk *talk, enum talk_form form, uint32_t times, int64_t later)
{
	int file = talk_file(talk, form, 0, talk->count);

	expect(lseek(file, 0, SEEK_END) > 0);
	for (uint32_t i = 1; i < times && (i + 1) * talk->count < PACKETS_MAX; i++) {
		vary(talk, i ^ (i - 1), later);
		talk_append(talk, form, 0, talk->count, file);
	}
	expect(lseek(file, 0, SEEK_SET) == 0);
	return file;
}

void repeated_feed(int file, int *feeder)
{
	static uint8_t octets[4096];
	ssize_t count = 0, taken = 1;

	while (*feeder >= 0 && taken > 0) {
		off_t at = lseek(file, 0, SEEK_CUR);

		count = read(file, octets, sizeof(octets));
		taken = count > 0 ? write(*feeder, octets, (size_t)count) : 0;
		if (count > 0 && taken < count)
			expect(lseek(file, at + (taken > 0 ? taken : 0), SEEK_SET) >= 0);
		if (count <= 0) {
			close(*feeder);
			*feeder = -1;
		}
	}
}
