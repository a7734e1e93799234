/* SPDX-License-Identifier: BSD-3-Clause */
#include "tui/thousands.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *thousands_text(uint64_t number, char *text, size_t size)
{
	char digits[24];
	size_t count = (size_t)snprintf(digits, sizeof(digits), "%" PRIu64, number), at = 0;

	for (size_t i = 0; i < count && at + 2 < size; i++) {
		if (i > 0 && (count - i) % 3 == 0)
			text[at++] = ',';
		text[at++] = digits[i];
	}
	text[at] = '\0';
	return text;
}
