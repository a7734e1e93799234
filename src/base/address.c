/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/address.h"
#include "base/digits.h"

#include <stdio.h>
#include <string.h>

size_t address_text(const struct tcphs_address *address, char *text, size_t size)
{
	char printed[DIGITS_ADDRESS];
	const char *end = digits_address(printed, address);

	return (size_t)snprintf(text, size, "%.*s", (int)(end - printed), printed);
}

int address_compare(const struct tcphs_address *a, const struct tcphs_address *b)
{
	if (a->family != b->family)
		return a->family < b->family ? -1 : 1;
	return memcmp(a->octets, b->octets, sizeof(a->octets));
}
