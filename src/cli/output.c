/* SPDX-License-Identifier: BSD-3-Clause */
#include "cli/output.h"

#include "base/file.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { QUIET_MILLISECONDS = 300, FOR_EVER = -1 };

/* Devices and pipes can't be cut to nothing, and need not be. */
static void begin_file(struct output *output)
{
	if (output->path != NULL && !output->written && ftruncate(output->fd, 0) != 0 &&
	    errno != EINVAL)
		output->failed = errno;
	output->written = true;
}

/* 0666 and the umask; O_EXCL first, to know whether it was there. */
static bool open_file(struct output *output)
{
	output->fd = open(output->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	output->created = output->fd >= 0;
	if (output->fd < 0 && errno == EEXIST)
		output->fd = open(output->path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
	return output->fd >= 0;
}

static bool fail(struct output *output, int cause)
{
	output->failed = cause;
	output->reader_gone = cause == EPIPE;
	return false;
}

/* All that went before is written first. Whoever pressed Ctrl-C is told why it does not end. */
static bool catch_up(struct output *output)
{
	if (!outbox_drain(output->behind, output->waited ? FOR_EVER : QUIET_MILLISECONDS)) {
		message("waiting for %s, which nobody reads at the moment; Ctrl-C gives up what is "
		        "not shown yet",
		        output->path != NULL ? output->path : "standard output");
		output->waited = true;
		outbox_drain(output->behind, FOR_EVER);
	}
	return outbox_error(output->behind) == 0 || fail(output, outbox_error(output->behind));
}

static bool write_all(void *context, const char *octets, size_t count)
{
	struct output *output = context;

	begin_file(output);
	if (output->behind != NULL && !output->patient)
		return outbox_add(output->behind, octets, count) || fail(output, errno);
	if (output->behind != NULL && !catch_up(output))
		return false;
	while (count > 0) {
		ssize_t written = write(output->fd, octets, count);

		if (written < 0 && file_try_again(output->fd))
			continue;
		if (written <= 0)
			return fail(output, errno);
		octets += written;
		count -= (size_t)written;
	}
	return true;
}

bool output_open(struct output *output, const struct options *options, struct tcphs_error *error)
{
	*output = (struct output){.fd = STDOUT_FILENO};
	if (options->output != NULL && strcmp(options->output, "-") != 0) {
		output->path = options->output;
		if (!open_file(output)) {
			tcphs_error_set(error, TCPHS_USAGE, "%s can't be written: %s%s",
			                options->output, strerror(errno), file_remedy(errno));
			return false;
		}
	}
	output->terminal = terminal_is(output->fd);
	output->utf8 = terminal_utf8(options);
	output->color = terminal_color(output->fd, options);
	output->width = output->terminal ? terminal_width(output->fd, 80) : 0;
	output->stream = stream_new(write_all, output);
	if (output->stream == NULL)
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
	return output->stream != NULL;
}

bool output_works(const struct output *output)
{
	return !output->stream->failed;
}

bool output_go_behind(struct output *output)
{
	output->behind = outbox_new(output->fd);
	return output->behind != NULL;
}

void output_wait(struct output *output)
{
	output->patient = true;
}

bool output_has_room(const struct output *output)
{
	return output->behind == NULL || output->patient ||
	       outbox_waiting(output->behind) + output->stream->length <= OUTBOX_MOST;
}

int output_close(struct output *output, bool failed)
{
	const char *name = output->path != NULL ? output->path : "standard output";
	int code = EXIT_DONE;
	bool idle;

	if (output->stream != NULL)
		stream_flush(output->stream);
	if (output->behind != NULL && output->failed == 0)
		catch_up(output);
	idle = outbox_free(output->behind);
	if (output->stream != NULL && output->stream->starved) {
		message("memory is exhausted");
		code = EXIT_USAGE;
	}
	if (output->path != NULL && output->fd >= 0 && !output->written) {
		if (!failed)
			begin_file(output);
		else if (output->created)
			unlink(output->path);
	}
	if (output->path != NULL && output->fd >= 0 && idle && close(output->fd) != 0 &&
	    output->failed == 0)
		output->failed = errno;
	if (output->failed != 0 && !output->reader_gone) {
		message("%s can't be written: %s%s", name, strerror(output->failed),
		        file_remedy(output->failed));
		code = EXIT_USAGE;
	}
	free(output->stream);
	*output = (struct output){.fd = -1};
	return code;
}
