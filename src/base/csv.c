/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/csv.h"

/* A number may begin with a minus; anything else with these is a formula to a spreadsheet. */
static bool is_formula(const char *octets, size_t count)
{
	if (octets[0] == '-')
		return count < 2 || octets[1] < '0' || octets[1] > '9';
	return memchr("=+@\t\r", octets[0], 5) != NULL;
}

void csv_cell(struct stream *out, const char *octets, size_t count)
{
	bool quoted = false;

	if (count == 0)
		return;
	for (size_t i = 0; i < count; i++)
		quoted = quoted || memchr(",\"\r\n", octets[i], 4) != NULL;
	if (quoted)
		stream_char(out, '"');
	if (is_formula(octets, count))
		stream_char(out, '\'');
	for (size_t i = 0; i < count; i++) {
		if (octets[i] == '"')
			stream_char(out, '"');
		stream_char(out, octets[i]);
	}
	if (quoted)
		stream_char(out, '"');
}
