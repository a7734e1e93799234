/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How tcphs says what went wrong: a status for programs, one line for people.
 *
 * A function that can fail takes a `struct tcphs_error *` (NULL: no text wanted) and
 * returns a status or something falsy. The text names the file or interface, the packet
 * and byte where there is one, the cause, and what to do about it. It never contains
 * unescaped bytes of a packet or a file name.
 */
#ifndef TCPHS_ERROR_H
#define TCPHS_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif

enum tcphs_status {
	TCPHS_OK = 0,
	TCPHS_USAGE = 2,   /* wrong usage, or an input that can't be opened */
	TCPHS_DAMAGED = 3, /* the input is damaged or cut; all before the damage was delivered */
	TCPHS_NOMEM = 4,   /* memory is exhausted */
};

struct tcphs_error {
	enum tcphs_status status;
	char text[512]; /* NUL-terminated UTF-8, no line break */
};

/* Fills `error` (may be NULL) and returns `status`, so that a caller can `return` it. */
enum tcphs_status tcphs_error_set(struct tcphs_error *error, enum tcphs_status status,
                                  const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 3, 4)))
#endif
    ;

#ifdef __cplusplus
}
#endif
#endif
