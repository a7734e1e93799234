/* SPDX-License-Identifier: BSD-3-Clause */
/* TCP options (RFC 9293 §3.2). */
#ifndef DECODE_OPTIONS_H
#define DECODE_OPTIONS_H

#include <stdint.h>
#include <tcphs/segment.h>

/* Reads the options at octets[0..length), of which `captured` were captured, into *options.
 * Of *options only `present` and what it names is written. */
void options_read(struct tcphs_options *options, const uint8_t *octets, uint32_t length,
                  uint32_t captured);

#endif
