/* SPDX-License-Identifier: BSD-3-Clause */
/* The end of -w beside a live run: the capture waits for no disk, but its end does. */
#ifndef CLI_COPY_H
#define CLI_COPY_H

#include <stdbool.h>

struct options;
struct tcphs_source;

/* After the last packet: what is still to be written goes on its way. Returns an enum exit_code
 * and says what failed. */
int copy_send_rest(struct tcphs_source *source);
/* Waits for it, and says so if it takes long, and what the copy hasn't got. */
int copy_wait(struct tcphs_source *source, const struct options *options);

#endif
