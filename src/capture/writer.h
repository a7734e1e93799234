/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef CAPTURE_WRITER_H
#define CAPTURE_WRITER_H

#include <tcphs/source.h>

/* Hands everything written so far to the system. */
enum tcphs_status writer_flush(struct tcphs_writer *writer, struct tcphs_error *error);

#endif
