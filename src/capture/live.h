/* SPDX-License-Identifier: BSD-3-Clause */
/* Packets from an interface, through libpcap. */
#ifndef CAPTURE_LIVE_H
#define CAPTURE_LIVE_H

#include <tcphs/source.h>
#include "capture/interfaces.h"

struct live;

/* Interfaces are added to *interfaces, which is borrowed. NULL and an error that says what to
 * do if the interface can't be opened. */
struct live *live_open(const char *name, const struct tcphs_source_options *options,
                       struct interfaces *interfaces, struct tcphs_error *error);
void live_close(struct live *live);

/* As tcphs_source_read(), never blocking. With IDLE the error's text, if there is one, says
 * that the interface went down or came back; its status is TCPHS_OK. */
enum tcphs_source_state live_read(struct live *live, struct tcphs_packet *batch, size_t max,
                                  size_t *count, struct tcphs_error *error);
/* Is its interface down, as was last said? */
bool live_is_down(const struct live *live);
int live_fd(const struct live *live);
/* Octets of the packets read so far. */
uint64_t live_octets(const struct live *live);
/* Brings the counts of received and dropped packets up to date. */
void live_count(struct live *live);

#endif
