/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/interfaces.h"

#include <stdlib.h>
#include <string.h>
#include "base/escape.h"

static bool make_room(struct interfaces *interfaces)
{
	size_t room = interfaces->room > 0 ? 2 * interfaces->room : 4;
	struct tcphs_interface *list;
	struct ng_options *told;

	if (interfaces->count < interfaces->room)
		return true;
	if (interfaces->count >= INTERFACES_CAP)
		return false;
	list = realloc(interfaces->list, room * sizeof(*list));
	if (list == NULL)
		return false;
	interfaces->list = list;
	told = realloc(interfaces->told, room * sizeof(*told));
	if (told == NULL)
		return false;
	interfaces->told = told;
	interfaces->room = room;
	return true;
}

static const char *escape_or_empty(const char *text)
{
	return text != NULL ? escape_copy(text, strlen(text)) : strdup("");
}

/* They are const for everybody else. */
static void free_texts(const struct tcphs_interface *interface)
{
	free((char *)(uintptr_t)interface->name);
	free((char *)(uintptr_t)interface->description);
	free((char *)(uintptr_t)interface->comment);
}

bool interfaces_add(struct interfaces *interfaces, const struct tcphs_interface *interface,
                    uint32_t *index)
{
	struct tcphs_interface copy = *interface;

	if (!make_room(interfaces))
		return false;
	copy.name = escape_or_empty(interface->name);
	copy.description = escape_or_empty(interface->description);
	copy.comment = escape_or_empty(interface->comment);
	if (copy.name == NULL || copy.description == NULL || copy.comment == NULL) {
		free_texts(&copy);
		return false;
	}
	*index = (uint32_t)interfaces->count;
	if (interfaces->count > 0 && strcmp(copy.name, interfaces->list[0].name) != 0)
		interfaces->named = true;
	interfaces->told[interfaces->count] = (struct ng_options){0};
	interfaces->list[interfaces->count++] = copy;
	return true;
}

void interfaces_tell(struct interfaces *interfaces, uint32_t index, struct ng_options options)
{
	if (options.length == 0 || options.length > INTERFACES_OCTETS - interfaces->octets)
		return;
	if (!ng_options_keep(&options)) {
		interfaces->sections.forgot = true;
		return;
	}
	interfaces->told[index] = options;
	interfaces->octets += options.length;
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
		free_texts(&interfaces->list[i]);
		free((void *)(uintptr_t)interfaces->told[i].octets);
	}
	sections_free(&interfaces->sections);
	free(interfaces->told);
	free(interfaces->list);
	*interfaces = (struct interfaces){0};
}
