/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Comma-separated values as in RFC 4180, lines ended by CR LF. A cell that a spreadsheet would
 * take for a formula gets an apostrophe in front.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/stream.h"

void csv_cell(struct stream *out, const char *octets, size_t count);
/* Between two cells, and at the end of a line. */
#define csv_next(out) stream_char(out, ',')
#define csv_end(out)  stream_literal(out, "\r\n")

#endif
