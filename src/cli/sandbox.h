/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The sandbox: what is left of a process's rights when it begins to parse what strangers send.
 *
 * Once the captures or the interface are open and before the first octet is looked at:
 *   the user      root becomes -Z's user, or who called sudo   privileges.c
 *   capabilities  all are dropped for good                     privileges.c
 *   files         only what sandbox_files.c lists (Landlock)
 *   system calls  only what sandbox_calls.c lists (seccomp)
 * What this kernel or this build hasn't got is left out; `tcphs -V` says so.
 */
#ifndef CLI_SANDBOX_H
#define CLI_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <tcphs/error.h>

/* What the sanitizers do, a tracing child that reads /proc among it, is not ours to list. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) ||                         \
    __has_feature(thread_sanitizer)
#define SANITIZED
#endif
#endif

struct options;

/* What the run will do inside, as bits. */
enum sandbox_need {
	NEED_LIVE = 0x01,     /* packets come from an interface */
	NEED_VIEW = 0x02,     /* keys, screens, files that the user saves */
	NEED_PICTURE = 0x04,  /* librsvg is loaded, with its fonts */
	NEED_NAMES = 0x08,    /* -f may name hosts and services */
	NEED_CAPTURES = 0x10, /* captures are opened inside: lessons, expectations */
	NEED_REMOVAL = 0x20,  /* -o's file, if the run fails before it writes */
	NEED_ALL = 0x3f,
};

struct sandbox_plan {
	unsigned needs;
	const char *user;   /* -Z's, or NULL */
	const char *output; /* -o's file, for NEED_REMOVAL */
};

/* What these options will need; more bits may be added. */
struct sandbox_plan sandbox_plan(const struct options *options);

/* Enters; there is no way out. Threads that are started later are inside as well. False, with
 * the error filled, if something that this system has can't be applied. */
bool sandbox_enter(const struct sandbox_plan *plan, struct tcphs_error *error);

/* What there is in this build and on this system: "no capabilities, 59 system calls …, files by
 * Landlock 7". To be asked outside: inside, asking kills. */
void sandbox_describe(char *text, size_t size);
/* What a run by this plan has, in half a line; NULL: that it is off. */
void sandbox_describe_view(const struct sandbox_plan *plan, char *text, size_t size);

#endif
