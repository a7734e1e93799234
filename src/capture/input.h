/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One stream of octets, a file or standard input, unpacked if it is compressed, seen through
 * one big buffer. Readers parse buffer[start..end) in place and hand out pointers into it;
 * they stay valid until the next input_need(), which is the only call that moves anything.
 *
 * read() into a buffer of our own, not mmap(): half the price on a big file, and a file that
 * shrinks under us is a short read and not a SIGBUS.
 */
#ifndef CAPTURE_INPUT_H
#define CAPTURE_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/error.h>

#define INPUT_FIRST  ((size_t)64 << 10)  /* for a look at the beginning: there may be many files */
#define INPUT_BUFFER ((size_t)512 << 10) /* then; fits the second-level cache of most machines */
#define INPUT_CAP    ((size_t)32 << 20)  /* no need is greater than this */

struct packed;

/* A file that was opened once, for any number of inputs: each has its own place in it, and
 * none needs the right to open it again. */
struct input_file {
	char *name; /* escaped, for messages */
	int fd;
	bool regular;  /* can be read from any place, again and again */
	uint64_t size; /* 0: unknown */
};

struct input {
	const struct input_file *file;
	uint8_t *buffer;
	size_t room;
	size_t start, end;     /* buffer[start..end) is read and not yet parsed */
	uint64_t offset;       /* of buffer[start] in the stream, after unpacking */
	uint64_t taken;        /* octets read from the file, before unpacking */
	uint64_t packets;      /* before what is needed next, for messages */
	bool follow;           /* the end of the file may move */
	bool patient;          /* a pipe: wait for octets instead of saying LATER */
	struct packed *packed; /* what undoes the compression, or NULL */
};

enum input_state {
	INPUT_READY,
	INPUT_END,    /* fewer octets than asked for are left, and no more will come */
	INPUT_LATER,  /* not now */
	INPUT_BROKEN, /* the rest can't be had; the error says why */
};

/* Opens `path`, "-" being standard input. False and an error if it can't be opened or is a
 * directory; the file is to be closed all the same. */
bool input_file_open(struct input_file *file, const char *path, struct tcphs_error *error);
void input_file_close(struct input_file *file);

/* The file is borrowed. NULL and an error if memory is exhausted. */
struct input *input_open(const struct input_file *file, bool follow, struct tcphs_error *error);
void input_close(struct input *input);

/* Makes count (≤ INPUT_CAP) octets be there at buffer + start. */
enum input_state input_need(struct input *input, size_t count, struct tcphs_error *error);

static inline const uint8_t *input_at(const struct input *input)
{
	return input->buffer + input->start;
}

static inline size_t input_left(const struct input *input)
{
	return input->end - input->start;
}

/* Passes count ≤ input_left() octets. */
static inline void input_pass(struct input *input, size_t count)
{
	input->start += count;
	input->offset += count;
}

/* If what is there begins like a compressed file: unpacks it from here on. False and an error
 * if this build can't. */
bool input_unpack(struct input *input, struct tcphs_error *error);

/* Goes to `offset` of the unpacked stream; regular files only. What is unpacked anew takes
 * its time. False and an error if it can't. */
bool input_seek(struct input *input, uint64_t offset, struct tcphs_error *error);

#endif
