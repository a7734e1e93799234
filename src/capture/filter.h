/* SPDX-License-Identifier: BSD-3-Clause */
/* A capture filter, pcap-filter(7), compiled for each link type when one is first met. */
#ifndef CAPTURE_FILTER_H
#define CAPTURE_FILTER_H

#include <stddef.h>
#include <tcphs/source.h>

struct filter;

/* Compiles for Ethernet, then for other link types, to find mistakes early. NULL and an error that
 * shows the expression. */
struct filter *filter_new(const char *expression, struct tcphs_error *error);
void filter_free(struct filter *filter);

/* Keeps the packets of batch[0..count) that match, in order; returns how many. Packets of a
 * link type for which the expression has no meaning don't match. */
size_t filter_apply(struct filter *filter, struct tcphs_packet *batch, size_t count);

/* How many those were, and *why for the first of them, escaped, "" if there were none. */
uint64_t filter_unasked(const struct filter *filter, const char **why);

#endif
