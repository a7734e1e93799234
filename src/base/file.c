/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/file.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/escape.h"

#define WAIT 100 /* ms */

static bool fail(const char *path, const char *why, struct tcphs_error *error)
{
	char name[256];

	escape_into(name, sizeof(name), path);
	tcphs_error_set(error, TCPHS_USAGE, "%s can't be read: %s", name, why);
	return false;
}

bool file_read(const char *path, size_t most, struct text *out, struct tcphs_error *error)
{
	FILE *file = fopen(path, "rb");
	char part[4096];
	size_t count;
	int failure = 0;

	if (file == NULL)
		return fail(path, strerror(errno), error);
	text_clear(out);
	text_add(out, "");
	while ((count = fread(part, 1, sizeof(part), file)) > 0 && out->length <= most)
		text_add_octets(out, part, count);
	if (ferror(file))
		failure = errno != 0 ? errno : EIO;
	fclose(file);
	if (failure != 0)
		return fail(path, strerror(failure), error);
	if (out->failed)
		return fail(path, "memory is exhausted", error);
	if (out->length > most)
		return fail(path, "it is too large for what it should be", error);
	return true;
}

const char *file_remedy(int cause)
{
	static const struct {
		int cause;
		const char *remedy;
	} known[] = {
	    {ENOSPC, "; make room there or write elsewhere"},
	    {EDQUOT, "; make room there or write elsewhere"},
	    {EFBIG, "; raise the limit (ulimit -f) or write elsewhere"},
	    {EROFS, "; write elsewhere"},
	    {ENOENT, "; make the folder first"},
	    {EACCES, "; write elsewhere"},
	    {EPIPE, "; what read it has ended"},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i].cause == cause)
			return known[i].remedy;
	return "";
}

bool file_try_again(int fd)
{
	struct pollfd room = {.fd = fd, .events = POLLOUT};

	if (errno == EINTR)
		return true;
	if (errno != EAGAIN && errno != EWOULDBLOCK)
		return false;
	poll(&room, 1, WAIT);
	return true;
}
