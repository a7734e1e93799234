/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs interfaces: what can be sniffed here, and whether you may. */
#include "cli/command.h"
#include "cli/message.h"
#include "cli/output.h"

#include "base/json.h"
#include "base/text.h"

#include <string.h>
#include <tcphs/source.h>

static void print_record(struct stream *out, const struct tcphs_device *device)
{
	stream_literal(out, "{\"record\":\"interface/1\",\"name\":");
	json_string(out, device->name);
	stream_literal(out, ",\"description\":");
	json_string(out, device->description);
	stream_literal(out, ",\"addresses\":[");
	for (const char *at = device->addresses; at != NULL && *at != '\0';) {
		size_t length = strcspn(at, " ");

		if (at != device->addresses)
			stream_char(out, ',');
		json_string_octets(out, at, length);
		at += length;
		at += strspn(at, " ");
	}
	stream_literal(out, "],\"up\":");
	json_bool(out, device->up);
	stream_literal(out, ",\"running\":");
	json_bool(out, device->running);
	stream_literal(out, ",\"loopback\":");
	json_bool(out, device->loopback);
	stream_literal(out, ",\"allowed\":");
	json_bool(out, device->allowed);
	stream_literal(out, ",\"why_not\":");
	json_string(out, device->why_not);
	stream_literal(out, "}\n");
}

static void print_line(struct stream *out, const struct tcphs_device *device, int width)
{
	struct text line = {0};

	text_addf(&line, "%-*s  %-7s  %-3s", width, device->name,
	          !device->up        ? "down"
	          : !device->running ? "no link"
	                             : "up",
	          device->allowed ? "yes" : "no");
	if (device->addresses != NULL && device->addresses[0] != '\0')
		text_addf(&line, "  %s", device->addresses);
	if (device->description != NULL && device->description[0] != '\0')
		text_addf(&line, "  (%s)", device->description);
	text_add(&line, "\n");
	stream_add_text(out, &line);
	text_free(&line);
}

/* The reasons mostly are the same: each is said once. */
static void print_reasons(struct stream *out, const struct tcphs_device *device, size_t count)
{
	const char *said = NULL;

	for (size_t i = 0; i < count; i++) {
		const char *why = device[i].why_not;

		if (why == NULL || (said != NULL && strcmp(said, why) == 0))
			continue;
		stream_char(out, '\n');
		stream_text(out, why);
		stream_char(out, '\n');
		said = why;
	}
}

static void print_table(struct stream *out, const struct tcphs_device *device, size_t count)
{
	int width = 9;

	for (size_t i = 0; i < count; i++)
		if ((int)strlen(device[i].name) > width)
			width = (int)strlen(device[i].name);
	stream_text(out, "interface");
	for (int i = 9; i < width; i++)
		stream_char(out, ' ');
	stream_text(out, "  state    may  addresses\n");
	for (size_t i = 0; i < count; i++)
		print_line(out, &device[i], width);
	print_reasons(out, device, count);
}

int cmd_interfaces(const struct options *options)
{
	struct tcphs_device *device = NULL;
	struct tcphs_error error = {0};
	struct output output = {.fd = -1};
	size_t count = 0;
	int code = EXIT_USAGE, closed;

	if (tcphs_devices_list(&device, &count, &error) != TCPHS_OK ||
	    !output_open(&output, options, &error)) {
		message("%s", error.text);
	} else {
		for (size_t i = 0; options->json && i < count; i++)
			print_record(output.stream, &device[i]);
		if (!options->json)
			print_table(output.stream, device, count);
		code = EXIT_DONE;
	}
	closed = output_close(&output, false);
	tcphs_devices_free(device, count);
	return closed > code ? closed : code;
}
