/* SPDX-License-Identifier: BSD-3-Clause */
/* Sequence numbers as people read them: raw, or counted from the ISN of their stream. */
#ifndef MODEL_NUMBER_H
#define MODEL_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <tcphs/connection.h>

/* `number` of the stream that `side` sends. Raw if not `relative`, or if that side's ISN is not
 * known; slightly before the ISN it is negative. As snprintf. */
size_t number_text(const struct tcphs_connection *connection, enum tcphs_side side, uint32_t number,
                   bool relative, char *text, size_t size);

#endif
