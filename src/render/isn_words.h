/* SPDX-License-Identifier: BSD-3-Clause */
/* What is said of a host's ISNs beside the verdict, in every format for people. */
#ifndef RENDER_ISN_WORDS_H
#define RENDER_ISN_WORDS_H

#include <stdint.h>
#include <tcphs/isn.h>

#include "base/text.h"

/* 1 + enum tcphs_severity of the worst that was found; 0: nothing. */
uint8_t isn_report_rank(const struct tcphs_isn_report *report);
/* What stands below the verdict, each line begun by '\n'. */
void isn_report_details(struct text *out, const struct tcphs_isn_report *report);

#endif
