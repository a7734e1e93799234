/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/copy.h"

#include "cli/command.h"
#include "cli/message.h"
#include "cli/options.h"

#include <tcphs/source.h>

#include <inttypes.h>

enum { QUIET_MILLISECONDS = 300, FOR_EVER = -1 };

static int end_copy(struct tcphs_source *source, int patience, bool *waits)
{
	struct tcphs_error error = {0};

	tcphs_source_end_copy(source, patience, waits, &error);
	if (error.text[0] == '\0') /* or it was said before */
		return EXIT_DONE;
	message("%s", error.text);
	return EXIT_USAGE;
}

int copy_send_rest(struct tcphs_source *source)
{
	bool waits;

	return end_copy(source, 0, &waits);
}

int copy_wait(struct tcphs_source *source, const struct options *options)
{
	uint64_t unwritten = tcphs_source_unwritten(source);
	bool waits;
	int code = end_copy(source, QUIET_MILLISECONDS, &waits);

	if (waits) {
		message("waiting for %s, which takes nothing at the moment; Ctrl-C gives up what "
		        "is not written yet",
		        options->write_path);
		code = end_copy(source, FOR_EVER, &waits);
	}
	if (unwritten > 0 && !options->quiet)
		message("%" PRIu64 " packet%s not in %s, which took the others too slowly; "
		        "write to a faster disk, or fewer packets with -f or -s",
		        unwritten, unwritten == 1 ? " is" : "s are", options->write_path);
	return code;
}
