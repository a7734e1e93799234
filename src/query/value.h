/* SPDX-License-Identifier: BSD-3-Clause */
/* Between the files that read what stands after a key. */
#ifndef QUERY_VALUE_H
#define QUERY_VALUE_H

#include "query/term.h"

/* "port: needs a number …"; false. */
bool value_wrong(struct tcphs_error *error, const struct term *term, const char *what);
/* A number or the name of a service. */
bool value_parse_port(const char *text, size_t length, int64_t *number);
/* An address or a network, with or without a port: the term's next choice. */
bool value_add_host(struct term *term, struct value value, struct tcphs_error *error);

#endif
