/* SPDX-License-Identifier: BSD-3-Clause */
/* Copying to the clipboard. */
#ifndef TUI_CLIP_H
#define TUI_CLIP_H

#include <tcphs/connection.h>

struct app;

/* A Wireshark display filter for one connection: copied, and shown for where it can't be. */
void clip_copy_filter(struct app *app, const struct tcphs_connection *connection);

#endif
