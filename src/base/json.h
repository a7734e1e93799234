/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The pieces of JSON that need care; braces, colons and keys are written as literals. The
 * result is valid JSON in valid UTF-8 whatever the octets.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/stream.h"

/* "text" in quotes, escaped; NULL gives null. */
void json_string(struct stream *out, const char *text);
void json_string_octets(struct stream *out, const char *octets, size_t count);
void json_bool(struct stream *out, bool value);
void json_i64(struct stream *out, int64_t value);
/* Seconds as a number. */
void json_seconds(struct stream *out, int64_t nanoseconds);
/* The same, a negative one being unknown: null. */
void json_duration(struct stream *out, int64_t nanoseconds);
/* "2026-11-21T09:26:27.123456789Z" */
void json_instant(struct stream *out, int64_t nanoseconds);

#define json_null(out) stream_literal(out, "null")

#endif
