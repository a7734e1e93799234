/* SPDX-License-Identifier: BSD-3-Clause */
#include "model/number.h"
#include "base/seq.h"

#include <inttypes.h>
#include <stdio.h>

/* How far before its ISN a number may lie to be shown as negative; beyond, it is more likely
 * far ahead in a long stream. */
#define NEGATIVE_MAX 65536

size_t number_text(const struct tcphs_connection *connection, enum tcphs_side side, uint32_t number,
                   bool relative, char *text, size_t size)
{
	const struct tcphs_endpoint *end = &connection->end[side == TCPHS_SERVER];
	int32_t distance = seq_diff(number, end->isn);
	bool before = distance < 0 && distance >= -NEGATIVE_MAX && end->bytes < INT32_MAX;

	if (!relative || !end->isn_known)
		return (size_t)snprintf(text, size, "%" PRIu32, number);
	if (before)
		return (size_t)snprintf(text, size, "%" PRId32, distance);
	return (size_t)snprintf(text, size, "%" PRIu32, (uint32_t)distance);
}
