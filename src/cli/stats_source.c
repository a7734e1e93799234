/* SPDX-License-Identifier: BSD-3-Clause */
/* What a capture says of itself: where it was recorded, and its comments. */
#include "cli/stats.h"

#include "base/json.h"

#include <inttypes.h>

enum { INTERFACES_SHOWN = 16, COMMENTS_SHOWN = 64 };

/* The first comments on packets; *all: how many there are. */
static size_t first_comments(const struct tcphs_source *source, const struct tcphs_comment **packet,
                             uint64_t *all)
{
	size_t kept = tcphs_source_packet_comments(source, packet, all);

	return kept < COMMENTS_SHOWN ? kept : COMMENTS_SHOWN;
}

static bool says_anything(const struct tcphs_interface *interface)
{
	return interface->name[0] != '\0' || interface->description[0] != '\0' ||
	       interface->comment[0] != '\0';
}

static void add_interfaces(struct text *text, const struct tcphs_source *source)
{
	size_t shown = 0, more = 0;

	for (size_t i = 0; i < tcphs_source_interfaces(source); i++) {
		struct tcphs_interface interface = tcphs_source_interface(source, i);

		if (!says_anything(&interface))
			continue;
		if (shown == INTERFACES_SHOWN) {
			more++;
			continue;
		}
		if (shown++ == 0)
			text_add(text, "\nCaptured at\n");
		text_addf(text, "  %s", interface.name[0] != '\0' ? interface.name : "?");
		if (interface.description[0] != '\0')
			text_addf(text, " (%s)", interface.description);
		if (interface.comment[0] != '\0')
			text_addf(text, ": %s", interface.comment);
		text_add(text, "\n");
	}
	if (more > 0)
		text_addf(text, "  and %zu more\n", more);
}

void stats_source_text(struct text *text, const struct tcphs_source *source)
{
	const char *comment = tcphs_source_comment(source);
	const struct tcphs_comment *packet;
	uint64_t all;
	size_t count = first_comments(source, &packet, &all);

	add_interfaces(text, source);
	if (comment[0] == '\0' && all == 0)
		return;
	text_add(text, "\nComments\n");
	if (comment[0] != '\0')
		text_addf(text, "  capture: %s\n", comment);
	for (size_t i = 0; i < count; i++)
		text_addf(text, "  packet %" PRIu64 ": %s\n", packet[i].packet, packet[i].text);
	if (all > count)
		text_addf(text, "  and %" PRIu64 " more\n", all - count);
}

static void json_interfaces(struct stream *out, const struct tcphs_source *source)
{
	stream_literal(out, ",\"interfaces\":[");
	for (size_t i = 0; i < tcphs_source_interfaces(source); i++) {
		struct tcphs_interface interface = tcphs_source_interface(source, i);

		if (i > 0)
			stream_char(out, ',');
		stream_literal(out, "{\"name\":");
		json_string(out, interface.name);
		stream_literal(out, ",\"description\":");
		json_string(out, interface.description);
		stream_literal(out, ",\"link_type\":");
		stream_u64(out, interface.linktype);
		stream_literal(out, ",\"comment\":");
		json_string(out, interface.comment);
		stream_char(out, '}');
	}
	stream_char(out, ']');
}

void stats_source_json(struct stream *out, const struct tcphs_source *source)
{
	const struct tcphs_comment *packet;
	uint64_t all;
	size_t count = first_comments(source, &packet, &all);

	json_interfaces(out, source);
	stream_literal(out, ",\"comment\":");
	json_string(out, tcphs_source_comment(source));
	stream_literal(out, ",\"packet_comments\":{\"all\":");
	stream_u64(out, all);
	stream_literal(out, ",\"first\":[");
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			stream_char(out, ',');
		stream_literal(out, "{\"packet\":");
		stream_u64(out, packet[i].packet);
		stream_literal(out, ",\"text\":");
		json_string(out, packet[i].text);
		stream_char(out, '}');
	}
	stream_literal(out, "]}");
}
