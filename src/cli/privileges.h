/* SPDX-License-Identifier: BSD-3-Clause */
/* Rights are for opening an interface; packets are parsed without any. */
#ifndef CLI_PRIVILEGES_H
#define CLI_PRIVILEGES_H

#include <stdbool.h>
#include <tcphs/error.h>

/*
 * Gives up every privilege for good: under sudo the process becomes the user who called it,
 * else it keeps its user and loses all capabilities. False, with the error filled, if that
 * fails; then nothing should be read.
 */
bool privileges_drop(struct tcphs_error *error);

#endif
