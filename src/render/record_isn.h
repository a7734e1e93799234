/* SPDX-License-Identifier: BSD-3-Clause */
/* isn/1: one line of JSON for a host's initial sequence numbers. */
#ifndef RENDER_RECORD_ISN_H
#define RENDER_RECORD_ISN_H

#include <tcphs/isn.h>
#include "base/stream.h"

void record_isn(struct stream *out, const struct tcphs_isn_report *report);

#endif
