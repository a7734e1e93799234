/* SPDX-License-Identifier: BSD-3-Clause */
/* Any octets as the view's configuration file: taken, or refused with the line's number. */
#include "fuzz.h"

#include "tui/config.h"
#include "tui/theme.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tcphs_error error = {0};
	struct config config;
	char *text = malloc(size + 1);

	expect(text != NULL);
	memcpy(text, data, size);
	text[size] = '\0';
	memset(&config, 0, sizeof(config));
	keymap_default(&config.keys);
	if (config_parse(&config, "a\033file", text, &error) != TCPHS_OK) {
		expect(strstr(error.text, ":") != NULL && error.status != TCPHS_OK);
		for (const char *c = error.text; *c != '\0'; c++)
			expect((unsigned char)*c >= ' ' && *c != 127);
	}
	expect(config.columns <= COL_COUNT);
	for (size_t i = 0; i < config.columns; i++)
		expect(config.column[i] < COL_COUNT);
	expect(config.theme[0] == '\0' || theme_name(theme_find(config.theme)) != NULL);
	for (int key = 0; key < 256; key++)
		expect(keymap_find(&config.keys, IN_LIST, key) < CMD_COUNT);
	free(text);
	return 0;
}
