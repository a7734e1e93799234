/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/sections.h"

#include <stdlib.h>
#include <string.h>
#include "base/escape.h"

static int compare(const struct ng_options *a, const struct ng_options *b)
{
	size_t least = a->length < b->length ? a->length : b->length;
	int difference = memcmp(a->octets, b->octets, least);

	if (difference == 0 && a->length != b->length)
		difference = a->length < b->length ? -1 : 1;
	return difference != 0 ? difference : (int)a->big - (int)b->big;
}

void sections_add(struct sections *sections, struct ng_options options)
{
	struct ng_options rest = options;
	struct ng_option option;

	if (!ng_options_next(&rest, &option) || sections->count == SECTIONS_TOLD ||
	    options.length > SECTIONS_OCTETS - sections->octets)
		return;
	for (size_t i = 0; i < sections->count; i++)
		if (sections->list[i].length == options.length &&
		    compare(&sections->list[i], &options) == 0)
			return;
	if (!ng_options_keep(&options)) {
		sections->forgot = true;
		return;
	}
	sections->list[sections->count++] = options;
	sections->octets += options.length;
}

size_t sections_order(const struct sections *sections, size_t from, uint16_t order[SECTIONS_TOLD])
{
	size_t count = 0;

	for (size_t i = from; i < sections->count; i++) {
		size_t place = count++;

		while (sections->several && place > 0 &&
		       compare(&sections->list[i], &sections->list[order[place - 1]]) < 0) {
			order[place] = order[place - 1];
			place--;
		}
		order[place] = (uint16_t)i;
	}
	return count;
}

static void add_comments(struct text *text, struct ng_options options)
{
	char *comments = malloc(options.length);
	size_t length;

	if (comments == NULL) {
		text->failed = true;
		return;
	}
	length = ng_options_comments(options, comments, options.length);
	if (length > 0 && text->length > 0)
		text_add(text, NG_COMMENT_BETWEEN);
	text_add_escaped(text, comments, length);
	free(comments);
}

const char *sections_comment(struct sections *sections)
{
	uint16_t order[SECTIONS_TOLD];
	struct text text = {0};
	size_t count;

	if (sections->commented < sections->count) {
		count = sections_order(sections, 0, order);
		for (size_t i = 0; i < count; i++)
			add_comments(&text, sections->list[order[i]]);
		if (!text.failed && text.data != NULL) {
			free(sections->comment);
			sections->comment = text.data;
		} else {
			sections->forgot |= text.failed;
			text_free(&text);
		}
		sections->commented = sections->count;
	}
	return sections->comment != NULL ? sections->comment : "";
}

void sections_free(struct sections *sections)
{
	for (size_t i = 0; i < sections->count; i++)
		free((void *)(uintptr_t)sections->list[i].octets);
	free(sections->comment);
	*sections = (struct sections){0};
}
