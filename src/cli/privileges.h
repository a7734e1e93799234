/* SPDX-License-Identifier: BSD-3-Clause */
/* Rights are for opening an interface or a file; packets are parsed without any. */
#ifndef CLI_PRIVILEGES_H
#define CLI_PRIVILEGES_H

#include <stdbool.h>
#include <tcphs/error.h>

/*
 * Gives up every privilege for good: root becomes `user` (-Z), or else, under sudo, who called
 * it; then all capabilities are dropped, those that a program run later could get included.
 * False, with the error filled, if that fails; then nothing should be read.
 */
bool privileges_drop(const char *user, struct tcphs_error *error);

#endif
