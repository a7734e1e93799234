/* SPDX-License-Identifier: BSD-3-Clause */
/* The sentences about a host's ISNs. */
#ifndef MODEL_ISN_TEXT_H
#define MODEL_ISN_TEXT_H

#include <tcphs/isn.h>

/* Fills finding->text from its code and numbers; `times` is how often an event happened. */
void isn_finding_text(const struct tcphs_isn_report *report, uint64_t times,
                      struct tcphs_isn_finding *finding);

/* "15.625 MHz (64 ns a tick, as Linux)". Returns the length, as snprintf. */
size_t isn_rate_text(double rate, char *text, size_t size);

#endif
