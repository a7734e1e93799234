/* SPDX-License-Identifier: BSD-3-Clause */
/* One line on standard error, with whatever could disturb a terminal escaped. */
#ifndef CLI_MESSAGE_H
#define CLI_MESSAGE_H

#include <stdbool.h>

/* "tcphs: …" */
void message(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The text of errno. */
const char *message_errno(void);
/* What helps after a write that failed for it: "; …", or "". */
const char *message_remedy(void);
/* Whether the last write failed since nobody reads any more. */
bool message_reader_gone(void);

#endif
