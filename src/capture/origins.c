/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/origins.h"

#include <stdlib.h>
#include <string.h>

#define ROOM_FIRST UINT64_C(4096)

static bool make_room(struct origins *origins, uint64_t number)
{
	uint64_t room = origins->room > 0 ? origins->room : ROOM_FIRST;
	uint8_t *of;

	if (number <= origins->room)
		return true;
	if (number > ORIGINS_MOST)
		return false;
	while (room < number)
		room *= 2;
	of = realloc(origins->of, room);
	if (of == NULL)
		return false;
	memset(of + origins->room, 0, room - origins->room);
	origins->of = of;
	origins->room = room;
	return true;
}

void origins_take(struct origins *origins, const struct tcphs_packet *batch, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint64_t number = batch[i].number;

		if (number <= origins->known || !make_room(origins, number))
			continue;
		/* As long as there was one interface nothing was noted: what came is its. */
		if (origins->known == 0 && number > 1)
			memset(origins->of, 1, number - 1);
		origins->of[number - 1] =
		    batch[i].interface < UINT8_MAX ? (uint8_t)(batch[i].interface + 1) : 0;
		origins->known = number;
	}
}

bool origins_find(const struct origins *origins, uint64_t number, uint32_t *interface)
{
	if (number == 0 || number > origins->known || origins->of[number - 1] == 0)
		return false;
	*interface = origins->of[number - 1] - 1u;
	return true;
}

void origins_free(struct origins *origins)
{
	free(origins->of);
	*origins = (struct origins){0};
}
