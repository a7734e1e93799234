/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Text built piece by piece into a buffer of fixed size, with snprintf's promise: always
 * NUL-terminated, and `length` is what the whole would have taken. A cut never splits a
 * UTF-8 sequence.
 */
#ifndef BASE_BOUNDED_H
#define BASE_BOUNDED_H

#include <stddef.h>

struct bounded {
	char *text;
	size_t size;   /* octets at text, may be 0 */
	size_t length; /* wanted so far, without the NUL */
};

struct bounded bounded_start(char *text, size_t size);
void bounded_add(struct bounded *out, const char *text);
void bounded_add_octets(struct bounded *out, const char *octets, size_t count);
void bounded_addf(struct bounded *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Ends it; returns the length wanted. */
size_t bounded_end(struct bounded *out);

#endif
