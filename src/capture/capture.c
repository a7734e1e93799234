/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/capture.h"

#include <stdlib.h>

#define SECTIONS_CAP 1048576

/* Makes room for one more element of `size` octets. */
static bool make_room(void **list, size_t count, size_t *room, size_t size)
{
	size_t wanted = *room > 0 ? 2 * *room : 8;
	void *bigger;

	if (count < *room)
		return true;
	bigger = realloc(*list, wanted * size);
	if (bigger == NULL)
		return false;
	*list = bigger;
	*room = wanted;
	return true;
}

struct capture *capture_open(const char *path, struct interfaces *interfaces,
                             struct tcphs_error *error)
{
	struct capture *capture = calloc(1, sizeof(*capture));

	if (capture == NULL) {
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
		return NULL;
	}
	capture->interfaces = interfaces;
	if (input_file_open(&capture->file, path, error))
		return capture;
	capture_close(capture);
	return NULL;
}

void capture_close(struct capture *capture)
{
	if (capture == NULL)
		return;
	input_file_close(&capture->file);
	free(capture->places);
	free(capture->sections);
	free(capture->ng);
	free(capture);
}

void capture_note(struct capture *capture, const struct place *place)
{
	void *list = capture->places;

	if (capture->place_count > 0 &&
	    capture->places[capture->place_count - 1].offset >= place->offset)
		return;
	if (!make_room(&list, capture->place_count, &capture->place_room, sizeof(*place)))
		return;
	capture->places = list;
	capture->places[capture->place_count++] = *place;
}

bool capture_find(const struct capture *capture, uint64_t before, struct place *place)
{
	size_t low = 0, high = capture->place_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (capture->places[middle].before <= before)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0)
		return false;
	*place = capture->places[low - 1];
	return true;
}

bool capture_add_section(struct capture *capture, const struct ng_section *section)
{
	void *list = capture->sections;

	if (capture->section_count >= SECTIONS_CAP ||
	    !make_room(&list, capture->section_count, &capture->section_room, sizeof(*section)))
		return false;
	capture->sections = list;
	capture->sections[capture->section_count++] = *section;
	return true;
}

bool capture_add_interface(struct capture *capture, const struct ng_interface *interface)
{
	void *list = capture->ng;

	if (capture->ng_count >= INTERFACES_CAP ||
	    !make_room(&list, capture->ng_count, &capture->ng_room, sizeof(*interface)))
		return false;
	capture->ng = list;
	capture->ng[capture->ng_count++] = *interface;
	capture->sections[capture->section_count - 1].count++;
	return true;
}
