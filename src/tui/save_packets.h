/* SPDX-License-Identifier: BSD-3-Clause */
/* The packets of one connection as a capture of their own. */
#ifndef TUI_SAVE_PACKETS_H
#define TUI_SAVE_PACKETS_H

#include <stdbool.h>
#include <stdint.h>
#include <tcphs/session.h>

/* Reads the session's source again and writes pcapng to `path`; *packets are written. */
bool save_packets(struct tcphs_session *session, size_t index, const char *path, uint64_t *packets,
                  struct tcphs_error *error);

#endif
