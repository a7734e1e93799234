/* SPDX-License-Identifier: BSD-3-Clause */
/* tcphs isn -o FILE.svg: hosts' initial sequence numbers as pictures. */
#ifndef CLI_ISN_PICTURES_H
#define CLI_ISN_PICTURES_H

#include "cli/run.h"

#include "teach/isn_hosts.h"

#include <tcphs/render.h>

/* Writes a document of the first hosts of host[], which holds all of them. What is left out stands
 * at its foot. */
void isn_pictures(struct run *run, struct tcphs_isn *isn, const struct isn_rank *host,
                  const struct tcphs_format *format);

#endif
