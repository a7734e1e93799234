/* SPDX-License-Identifier: BSD-3-Clause */
#include "capture/input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/escape.h"
#include "capture/unpack.h"

/* The compressed octets on their way to the unpacker. */
struct packed {
	struct input *input;
	struct unpacker *unpacker;
	uint8_t *buffer;
	size_t room;
	size_t start, end; /* of those that told the format, to be given first */
};

/* How much of a name is the folder; of one without a folder the shell needs none. */
static int folder_length(const char *name)
{
	const char *slash = strrchr(name, '/');

	return slash == NULL ? 0 : slash == name ? 1 : (int)(slash - name);
}

/* Why a file can't be opened, and what to do about it. */
static void explain(const struct input_file *file, int cause, struct tcphs_error *error)
{
	switch (cause) {
	case ENOENT:
		tcphs_error_set(
		    error, TCPHS_USAGE,
		    "%s: there is no such file: check the name, or look with 'ls%s%.*s'",
		    file->name, folder_length(file->name) > 0 ? " " : "", folder_length(file->name),
		    file->name);
		break;
	case EACCES:
		tcphs_error_set(
		    error, TCPHS_USAGE,
		    "%s: you may not read it: use sudo, or have its owner allow it with "
		    "'chmod a+r'",
		    file->name);
		break;
	case EISDIR:
		tcphs_error_set(error, TCPHS_USAGE,
		                "%s: is a directory: name the captures in it, as in %s/*.pcap",
		                file->name, file->name);
		break;
	case EMFILE:
		tcphs_error_set(error, TCPHS_USAGE,
		                "%s: too many files at once: raise the limit with 'ulimit -n'",
		                file->name);
		break;
	default:
		tcphs_error_set(error, TCPHS_USAGE, "%s: can't be opened: %s", file->name,
		                strerror(cause));
	}
}

bool input_file_open(struct input_file *file, const char *path, struct tcphs_error *error)
{
	bool is_stdin = strcmp(path, "-") == 0;
	struct stat info;

	*file = (struct input_file){.fd = -1};
	file->name = is_stdin ? strdup("standard input") : escape_copy(path, strlen(path));
	if (file->name == NULL) {
		tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
		return false;
	}
	file->fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (file->fd < 0 || fstat(file->fd, &info) < 0) {
		explain(file, errno, error);
		return false;
	}
	if (S_ISDIR(info.st_mode)) {
		explain(file, EISDIR, error);
		return false;
	}
	/* Of 'tcphs view - <FILE' somebody may have read a part already. */
	file->regular = S_ISREG(info.st_mode) && (!is_stdin || lseek(file->fd, 0, SEEK_CUR) == 0);
	if (S_ISREG(info.st_mode) && info.st_size > 0)
		file->size = (uint64_t)info.st_size;
#ifdef POSIX_FADV_SEQUENTIAL /* not everywhere, and only a hint */
	posix_fadvise(file->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
#endif
	return true;
}

void input_file_close(struct input_file *file)
{
	if (file->fd > STDIN_FILENO)
		close(file->fd);
	free(file->name);
	*file = (struct input_file){.fd = -1};
}

struct input *input_open(const struct input_file *file, bool follow, struct tcphs_error *error)
{
	struct input *input = calloc(1, sizeof(*input));

	if (input != NULL)
		input->buffer = malloc(INPUT_FIRST);
	if (input == NULL || input->buffer == NULL) {
		free(input);
		tcphs_error_set(error, TCPHS_NOMEM, "%s: memory is exhausted", file->name);
		return NULL;
	}
	input->file = file;
	input->room = INPUT_FIRST;
	input->follow = follow;
	input->patient = true;
	return input;
}

static void packed_close(struct packed *packed)
{
	if (packed == NULL)
		return;
	unpacker_close(packed->unpacker);
	free(packed->buffer);
	free(packed);
}

void input_close(struct input *input)
{
	if (input == NULL)
		return;
	packed_close(input->packed);
	free(input->buffer);
	free(input);
}

/* After a read() that failed: somebody made the pipe not wait, and it is to be waited for? */
static bool waits_on(const struct input *input)
{
	struct pollfd ready = {.fd = input->file->fd, .events = POLLIN};

	if ((errno != EAGAIN && errno != EWOULDBLOCK) || !input->patient)
		return false;
	poll(&ready, 1, -1);
	return true;
}

/* As read(), but -1 with EAGAIN instead of waiting for an impatient pipe. */
static ssize_t take(struct input *input, uint8_t *octets, size_t room)
{
	struct pollfd ready = {.fd = input->file->fd, .events = POLLIN};
	ssize_t got;

	if (!input->patient && !input->file->regular && poll(&ready, 1, 0) == 0) {
		errno = EAGAIN;
		return -1;
	}
	do
		got = input->file->regular
		          ? pread(input->file->fd, octets, room, (off_t)input->taken)
		          : read(input->file->fd, octets, room);
	while (got < 0 && (errno == EINTR || waits_on(input)));
	if (got > 0)
		input->taken += (uint64_t)got;
	return got;
}

static ssize_t pull_packed(void *context, const uint8_t **octets)
{
	struct packed *packed = context;
	size_t first = packed->end - packed->start;

	*octets = packed->buffer + packed->start;
	packed->start = packed->end = 0;
	return first > 0 ? (ssize_t)first : take(packed->input, packed->buffer, packed->room);
}

bool input_unpack(struct input *input, struct tcphs_error *error)
{
	struct unpack_from from = {.pull = pull_packed};
	struct packed *packed;
	uint8_t *fresh;

	if (!unpack_is_packed(input_at(input), input_left(input)))
		return true;
	packed = calloc(1, sizeof(*packed));
	fresh = malloc(INPUT_BUFFER);
	if (packed == NULL || fresh == NULL) {
		free(packed);
		free(fresh);
		tcphs_error_set(error, TCPHS_NOMEM, "%s: memory is exhausted", input->file->name);
		return false;
	}
	*packed =
	    (struct packed){input, NULL, input->buffer, input->room, input->start, input->end};
	input->packed = packed;
	input->buffer = fresh;
	input->room = INPUT_BUFFER;
	input->start = input->end = 0;
	input->offset = 0;
	input->follow = false; /* a compressed file is whole, or it is cut */
	from.context = packed;
	packed->unpacker = unpacker_open(input->file->name, packed->buffer + packed->start,
	                                 packed->end - packed->start, &from, error);
	return packed->unpacker != NULL;
}

/* Moves what is left to the front, makes the buffer hold `count` octets. */
static bool make_room(struct input *input, size_t count)
{
	size_t room = count > INPUT_BUFFER ? count : INPUT_BUFFER;
	uint8_t *bigger;

	/* The first read is a small one, unless more is needed. */
	if (input->room < room && (input->end > 0 || count > input->room)) {
		bigger = count <= INPUT_CAP ? realloc(input->buffer, room) : NULL;
		if (bigger == NULL)
			return false;
		input->buffer = bigger;
		input->room = room;
	}
	memmove(input->buffer, input_at(input), input_left(input));
	input->end -= input->start;
	input->start = 0;
	return true;
}

static ssize_t pull(struct input *input)
{
	uint8_t *octets = input->buffer + input->end;
	size_t room = input->room - input->end;

	if (input->packed != NULL)
		return unpacker_read(input->packed->unpacker, octets, room);
	return take(input, octets, room);
}

static enum input_state broken(struct input *input, const char *why, struct tcphs_error *error)
{
	tcphs_error_set(error, TCPHS_DAMAGED,
	                "%s: can't be read on after packet %llu, past byte %llu%s: %s; %scopy it "
	                "again for the rest",
	                input->file->name, (unsigned long long)input->packets,
	                (unsigned long long)input->offset + input_left(input),
	                input->packed != NULL ? " of what is compressed in it" : "", why,
	                input->packets > 0 ? "what comes before was read, " : "");
	return INPUT_BROKEN;
}

/* Was the file that is followed cut or written anew? */
static bool became_shorter(const struct input *input)
{
	struct stat info;

	return input->file->regular && fstat(input->file->fd, &info) == 0 &&
	       (uint64_t)info.st_size < input->taken;
}

enum input_state input_need(struct input *input, size_t count, struct tcphs_error *error)
{
	if (input_left(input) >= count)
		return INPUT_READY;
	if (!make_room(input, count)) {
		tcphs_error_set(error, TCPHS_NOMEM, "%s: memory is exhausted", input->file->name);
		return INPUT_BROKEN;
	}
	while (input_left(input) < count) {
		ssize_t got = pull(input);

		if (got == 0 && input->follow && became_shorter(input))
			return broken(input, "it became shorter while it was followed", error);
		if (got == 0)
			return input->follow ? INPUT_LATER : INPUT_END;
		if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return INPUT_LATER;
		if (got < 0)
			return broken(input,
			              input->packed != NULL
			                  ? unpacker_complaint(input->packed->unpacker)
			                  : strerror(errno),
			              error);
		input->end += (size_t)got;
	}
	return INPUT_READY;
}

/* Passes octets until the stream stands at `offset`. */
static bool run_to(struct input *input, uint64_t offset, struct tcphs_error *error)
{
	while (input->offset < offset) {
		uint64_t distance = offset - input->offset;

		if (input_left(input) == 0 && input_need(input, 1, error) != INPUT_READY)
			return false;
		input_pass(input,
		           distance < input_left(input) ? (size_t)distance : input_left(input));
	}
	return true;
}

bool input_seek(struct input *input, uint64_t offset, struct tcphs_error *error)
{
	if (!input->file->regular) {
		tcphs_error_set(error, TCPHS_USAGE, "%s: can't be read again", input->file->name);
		return false;
	}
	input->start = input->end = 0;
	input->offset = offset;
	input->taken = input->packed != NULL ? 0 : offset;
	if (input->packed == NULL)
		return true;
	packed_close(input->packed);
	input->packed = NULL;
	input->offset = 0;
	return input_need(input, UNPACK_MAGIC, error) == INPUT_READY &&
	       input_unpack(input, error) && run_to(input, offset, error);
}
