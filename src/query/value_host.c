/* SPDX-License-Identifier: BSD-3-Clause */
/* Addresses and networks, with or without a port. */
#include "query/value.h"

#include "base/units.h"

#include <arpa/inet.h>
#include <string.h>

static bool parse_address(const char *text, size_t length, struct tcphs_address *address)
{
	char copy[INET6_ADDRSTRLEN + 1];

	if (length >= sizeof(copy))
		return false;
	memcpy(copy, text, length);
	copy[length] = '\0';
	address->family = 4;
	if (inet_pton(AF_INET, copy, address->octets) == 1)
		return true;
	address->family = 6;
	return inet_pton(AF_INET6, copy, address->octets) == 1;
}

/* "[fd00::1]:443", "10.0.0.1:http": cuts the port off. */
static bool split_port(struct value *value, struct choice *choice)
{
	const char *colon = memrchr(value->text, ':', value->length);
	size_t before = colon != NULL ? (size_t)(colon - value->text) : 0;
	bool bracketed = value->length > 2 && value->text[0] == '[';

	choice->low = 0;
	choice->high = UINT16_MAX;
	if (bracketed && value->text[value->length - 1] == ']') {
		*value = (struct value){value->text + 1, value->length - 2};
		return true;
	}
	/* More than one colon and no brackets: an IPv6 address without a port. */
	if (colon == NULL || (!bracketed && memchr(value->text, ':', before) != NULL))
		return true;
	if (!value_parse_port(colon + 1, value->length - before - 1, &choice->low))
		return false;
	choice->high = choice->low;
	*value = (struct value){value->text, before};
	if (!bracketed)
		return true;
	if (before < 2 || value->text[before - 1] != ']')
		return false;
	*value = (struct value){value->text + 1, before - 2};
	return true;
}

static bool parse_host(struct choice *choice, struct value value)
{
	const char *slash = memchr(value.text, '/', value.length);
	size_t before = slash != NULL ? (size_t)(slash - value.text) : value.length;
	uint64_t bits;

	if (!parse_address(value.text, before, &choice->address))
		return false;
	choice->prefix = choice->address.family == 4 ? 32 : 128;
	if (slash == NULL)
		return true;
	if (!units_parse_number(slash + 1, value.length - before - 1, &bits) ||
	    bits > choice->prefix)
		return false;
	choice->prefix = (uint8_t)bits;
	return true;
}

bool value_add_host(struct term *term, struct value value, struct tcphs_error *error)
{
	struct choice *choice = term_choice(term, error);

	if (choice == NULL)
		return false;
	if (!split_port(&value, choice) || (value.length > 0 && !parse_host(choice, value)))
		return value_wrong(error, term,
		                   "an address or network, as 10.0.0.5, fd00::1 or 10.0.0.0/8");
	return true;
}
