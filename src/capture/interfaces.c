/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/interfaces.h"

#include <stdlib.h>
#include <string.h>
#include "base/escape.h"

static bool make_room(struct interfaces *interfaces)
{
	size_t room = interfaces->room > 0 ? 2 * interfaces->room : 4;
	struct tcphs_interface *list;

	if (interfaces->count < interfaces->room)
		return true;
	if (interfaces->count >= INTERFACES_CAP)
		return false;
	list = realloc(interfaces->list, room * sizeof(*list));
	if (list == NULL)
		return false;
	interfaces->list = list;
	interfaces->room = room;
	return true;
}

bool interfaces_add(struct interfaces *interfaces, const struct tcphs_interface *interface,
                    uint32_t *index)
{
	char *name = NULL, *description = NULL;

	if (!make_room(interfaces))
		return false;
	name = escape_copy(interface->name, strlen(interface->name));
	description = escape_copy(interface->description, strlen(interface->description));
	if (name == NULL || description == NULL) {
		free(name);
		free(description);
		return false;
	}
	*index = (uint32_t)interfaces->count;
	interfaces->list[interfaces->count] = *interface;
	interfaces->list[interfaces->count].name = name;
	interfaces->list[interfaces->count++].description = description;
	return true;
}

uint64_t interfaces_dropped(const struct interfaces *interfaces)
{
	uint64_t dropped = 0;

	for (size_t i = 0; i < interfaces->count; i++)
		dropped += interfaces->list[i].dropped;
	return dropped;
}

void interfaces_free(struct interfaces *interfaces)
{
	for (size_t i = 0; i < interfaces->count; i++) {
		free((char *)(uintptr_t)interfaces->list[i].name);
		free((char *)(uintptr_t)interfaces->list[i].description);
	}
	free(interfaces->list);
	*interfaces = (struct interfaces){0};
}
