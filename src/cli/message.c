/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/message.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"

/* Control characters, those of C1 (U+0080..U+009F, in UTF-8 C2 80..C2 9F) included, become '?'. */
static void disarm(char *text)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text, next = (unsigned char)text[1];

		if (c < ' ' || c == 0x7f)
			*text = '?';
		else if (c == 0xc2 && next >= 0x80 && next < 0xa0)
			text[0] = text[1] = '?';
	}
}

void message(const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	disarm(text);
	fflush(stdout);
	fprintf(stderr, "tcphs: %s\n", text);
}

const char *message_errno(void)
{
	return strerror(errno);
}

const char *message_remedy(void)
{
	return file_remedy(errno);
}

bool message_reader_gone(void)
{
	return errno == EPIPE;
}
