/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the unpackers have in common that are fed piece by piece: members one behind the other,
 * and of a file that was cut, everything that can be unpacked of what is there.
 */
#ifndef CAPTURE_UNPACK_STREAM_H
#define CAPTURE_UNPACK_STREAM_H

#include "capture/unpacker.h"

struct unpack_stream;

enum unpack_step {
	UNPACK_ON,
	UNPACK_MEMBER_END, /* another member may follow */
	UNPACK_BAD,        /* the complaint says what */
};

/* Takes some of in[], puts some to out[], moves both; does nothing where it can do nothing. */
typedef enum unpack_step unpack_step_fn(struct unpack_stream *stream);

struct unpack_kind {
	unpack_step_fn *step;
	void (*close)(struct unpacker *unpacker);
	const char *magic; /* begins a member; without an octet 0 */
	const char *lost;  /* what a cut costs besides the octets that are missing, or NULL */
};

struct unpack_stream {
	struct unpacker base;
	struct unpack_from from;
	const struct unpack_kind *kind;
	const uint8_t *in; /* packed */
	size_t in_left;
	uint8_t *out;
	size_t room;
	bool between; /* members */
	bool done;
	bool later; /* there is nothing to pull now */
	const char *complaint;
	uint64_t pulled; /* packed octets */
	char text[160];  /* of a complaint with numbers */
};

/* Fills what is common, as the first member of a zeroed object of its own kind. */
void unpack_stream_init(struct unpack_stream *stream, const struct unpack_from *from,
                        const struct unpack_kind *kind);

#endif
