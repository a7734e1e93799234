/* SPDX-License-Identifier: BSD-3-Clause */
#include "render/picture_frame.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "render/elements.h"
#include "render/format.h"

/* Splits "three-way open 11.2 ms" and "four-way close, by client" in two; "" if it is one. */
static char *second_half(char *name)
{
	char *at = strstr(name, ", by ");

	if (at != NULL) {
		*at = '\0';
		return at + 2;
	}
	at = name + strcspn(name, "0123456789");
	if (*at != '\0' && at > name)
		at[-1] = '\0';
	return at;
}

void frame_brackets(struct text *out, const struct geometry *geometry,
                    const struct tcphs_ladder *ladder, const double top_of[3],
                    const double end_of[3])
{
	for (int part = TCPHS_PART_OPEN; part <= TCPHS_PART_CLOSE && geometry->bracket > 0;
	     part++) {
		double top = top_of[part] - 4, end = end_of[part] + 4;
		char name[96], *rest;

		if (top_of[part] == 0)
			continue;
		text_add(out, "<path class=\"br\" d=\"M");
		add_coordinate(out, geometry->bracket);
		text_add(out, " ");
		add_coordinate(out, top);
		text_add(out, " h8 V");
		add_coordinate(out, end);
		text_add(out, " h-8\"/>\n");
		tcphs_ladder_part_name(ladder, (enum tcphs_part)part, false, name, sizeof(name));
		rest = second_half(name);
		add_text(out, "b fbr small", "start", geometry->bracket + 20, (top + end) / 2 - 3,
		         name);
		add_text(out, "fbr small", "start", geometry->bracket + 20, (top + end) / 2 + 13,
		         rest);
	}
}

void frame_ends(struct text *out, const struct geometry *geometry,
                const struct tcphs_ladder *ladder, double y)
{
	const struct tcphs_connection *connection = &ladder->analysis->connection;
	bool numeric = ladder->options.numeric;

	for (int side = 0; side < 2; side++) {
		const struct tcphs_endpoint *end = &connection->end[side];
		char text[160], isn[48];

		text_add(out, "<rect class=\"head\" rx=\"6\"");
		add_attribute(out, "height", FRAME_HEAD);
		add_attribute(out, "width", geometry->head);
		add_attribute(out, "x", geometry->life[side] - geometry->head / 2);
		add_attribute(out, "y", y);
		text_add(out, "/>\n");
		if (geometry->brief)
			snprintf(text, sizeof(text), "%s", tcphs_side_name((enum tcphs_side)side));
		else
			tcphs_endpoint_text(end, numeric || side == 0, text, sizeof(text));
		add_text(out, strlen(text) > 34 ? "b small" : "b", "middle", geometry->life[side],
		         y + 18, text);
		snprintf(isn, sizeof(isn), "ISN %" PRIu32 "%s", end->isn,
		         end->isn_inferred ? " (inferred)" : "");
		snprintf(text, sizeof(text), "%s%s%s",
		         geometry->brief ? "" : tcphs_side_name((enum tcphs_side)side),
		         geometry->brief || !end->isn_known ? "" : ", ", end->isn_known ? isn : "");
		add_text(out, "dim small", "middle", geometry->life[side], y + 35, text);
	}
	if (geometry->time <= 0)
		return;
	add_text(out, "dim small", "end", geometry->time, y + FRAME_HEAD + 18,
	         ladder->options.time >= TCPHS_TIME_LOCAL ? "time"
	         : ladder->in_seconds                     ? "time, s"
	                                                  : "time, ms");
}

double frame_heading(struct text *out, const struct tcphs_ladder *ladder, const char *path,
                     double y)
{
	char text[TCPHS_VERDICT_MAX], line[160];
	struct text wrapped = {0};

	tcphs_ladder_title(ladder, false, text, sizeof(text));
	add_text(out, "h1", "start", 24, y + 20, text);
	tcphs_ladder_summary(ladder, false, text, sizeof(text));
	y += 42;
	if (path != NULL) {
		size_t length = strlen(text);

		snprintf(text + length, sizeof(text) - length, " · in %s", path);
	}
	add_text(out, "h2", "start", 24, y, text);
	tcphs_connection_verdict(&ladder->analysis->connection, text, sizeof(text));
	text_add_wrapped(&wrapped, text, 128, "");
	out->failed |= wrapped.failed;
	for (const char *at = wrapped.data; at != NULL && *at != '\0';
	     at += strcspn(at, "\n") + 1) {
		y += 18;
		snprintf(line, sizeof(line), "%.*s", (int)strcspn(at, "\n"), at);
		add_text(out, "dim", "start", 24, y, line);
	}
	text_free(&wrapped);
	return y + 16;
}
