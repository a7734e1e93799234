/* SPDX-License-Identifier: BSD-3-Clause */
/* Hosts in the order in which a reader wants them, and the lines about each. */
#ifndef TEACH_ISN_HOSTS_H
#define TEACH_ISN_HOSTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/isn.h>
#include "base/text.h"

struct isn_rank {
	size_t index; /* for tcphs_isn_report() */
	uint32_t samples;
	uint8_t rank; /* 1 + enum tcphs_severity of the worst that was found; 0: nothing */
};

/* Ranks all tcphs_isn_hosts() hosts: the worst first, then those with the most samples. False
 * if memory is exhausted. */
bool isn_hosts_rank(struct tcphs_isn *isn, struct isn_rank *host);
/* Nothing was found, and in fewer samples than most tests need. */
bool isn_host_is_dull(const struct isn_rank *host);

/* "host  samples  verdict", the head of the lines below. */
void isn_hosts_head(struct text *out);
/* One line, and below it what was found. */
void isn_host_add(struct text *out, const struct tcphs_isn_report *report, unsigned width);
/* Its pictures, if it has two samples; false if memory is exhausted. */
bool isn_host_plot(struct text *out, struct tcphs_isn *isn, const struct isn_rank *host,
                   unsigned width, bool ascii);
/* What was left out: `dull` hosts, and ISNs beyond the caps. */
void isn_hosts_end(struct text *out, const struct tcphs_isn *isn, uint64_t dull);

#endif
