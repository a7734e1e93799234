/* SPDX-License-Identifier: BSD-3-Clause */
/* Which files can still be opened inside the sandbox: Linux's Landlock. */
#ifndef CLI_SANDBOX_FILES_H
#define CLI_SANDBOX_FILES_H

#include <stdbool.h>
#include <tcphs/error.h>

struct sandbox_plan;

/* The kernel's version of Landlock; 0 if it has none. */
int sandbox_files_version(void);
/* Limits them for good; what is open stays open. True as well where there is no Landlock. */
bool sandbox_files_limit(const struct sandbox_plan *plan, struct tcphs_error *error);

#endif
