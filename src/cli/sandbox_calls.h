/* SPDX-License-Identifier: BSD-3-Clause */
/* Which system calls are left inside the sandbox: Linux's seccomp. */
#ifndef CLI_SANDBOX_CALLS_H
#define CLI_SANDBOX_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <tcphs/error.h>

/* Whether this build and this kernel can filter system calls; else why not. */
bool sandbox_calls_work(void);
const char *sandbox_calls_why_not(void);

/* How many the filter lets through; needs: enum sandbox_need. */
size_t sandbox_calls_count(unsigned needs);
/* Their names, in the order of the table, for a test; NULL past the last. */
const char *sandbox_calls_at(size_t index);

/* From now on any other call kills the process. True as well where calls can't be filtered. */
bool sandbox_calls_limit(unsigned needs, struct tcphs_error *error);

#endif
