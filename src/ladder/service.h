/* SPDX-License-Identifier: BSD-3-Clause */
/* Names of well-known TCP ports, from a built-in table: getservbyport() would depend on files
 * of the machine and make the same capture read differently elsewhere. */
#ifndef LADDER_SERVICE_H
#define LADDER_SERVICE_H

#include <stdint.h>

const char *service_name(uint16_t port); /* NULL if not well known */

#endif
