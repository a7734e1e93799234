/* SPDX-License-Identifier: BSD-3-Clause */
/* Names of well-known TCP ports, from a built-in table: getservbyport() would depend on files
 * of the machine and make the same capture read differently elsewhere. */
#ifndef BASE_SERVICE_H
#define BASE_SERVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

const char *service_name(uint16_t port); /* NULL if not well known */
/* The port called `name` (length octets); false if the name is not in the table. */
bool service_port(const char *name, size_t length, uint16_t *port);

#endif
