/* SPDX-License-Identifier: BSD-3-Clause */
/* IPv4 and IPv6 addresses as text, and their order. */
#ifndef BASE_ADDRESS_H
#define BASE_ADDRESS_H

#include <stddef.h>
#include <tcphs/segment.h>

/* "10.0.0.1", "fd00::1" (RFC 5952). As snprintf. */
size_t address_text(const struct tcphs_address *address, char *text, size_t size);
/* Negative, zero or positive, by family and octets. */
int address_compare(const struct tcphs_address *a, const struct tcphs_address *b);

#endif
