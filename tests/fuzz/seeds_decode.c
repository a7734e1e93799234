/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes the crafted packets of the unit tests as seeds for fuzz_decode into a folder. */
#include "decode_cases.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>

#define PACKET_ROOM 1024

static uint8_t digit(char c)
{
	return (uint8_t)(isdigit((unsigned char)c) ? c - '0' : c - 'a' + 10);
}

static size_t octets_of(const char *hex, uint8_t *octets)
{
	size_t digits = 0;

	for (; *hex != '\0' && digits / 2 < PACKET_ROOM; hex++) {
		if (*hex == ' ')
			continue;
		octets[digits / 2] =
		    (uint8_t)((digits % 2 == 0 ? 0 : octets[digits / 2] << 4) | digit(*hex));
		digits++;
	}
	return digits / 2;
}

static int seed_write(const char *folder, size_t index)
{
	const struct decode_case *this = &decode_cases[index];
	uint8_t octets[PACKET_ROOM];
	size_t length = octets_of(this->octets, octets);
	const uint8_t head[] = {
	    (uint8_t)(this->linktype >> 8),
	    (uint8_t)this->linktype,
	    0,
	    (uint8_t)(length >> 8),
	    (uint8_t)length,
	    0,
	    0,
	};
	char path[4096];
	FILE *file;
	int failed;

	snprintf(path, sizeof(path), "%s/case-%03zu", folder, index);
	file = fopen(path, "wb");
	if (file == NULL) {
		perror(path);
		return 1;
	}
	failed = fwrite(head, sizeof(head), 1, file) != 1 || fwrite(octets, length, 1, file) != 1;
	return fclose(file) != 0 || failed;
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
		return 2;
	}
	for (size_t i = 0; i < DECODE_CASES; i++)
		if (seed_write(argv[1], i) != 0)
			return 1;
	return 0;
}
