/* SPDX-License-Identifier: BSD-3-Clause */
/* The small texts that every picture shares: addresses, endpoints, durations. */
#include <tcphs/ladder.h>

#include "base/address.h"
#include "base/bounded.h"
#include "base/duration.h"
#include "base/service.h"

size_t tcphs_address_text(const struct tcphs_address *address, char *text, size_t size)
{
	return address_text(address, text, size);
}

size_t tcphs_endpoint_text(const struct tcphs_endpoint *endpoint, bool numeric, char *text,
                           size_t size)
{
	const char *service = numeric ? NULL : service_name(endpoint->port);
	bool six = endpoint->address.family == 6;
	struct bounded out = bounded_start(text, size);
	char address[64];

	address_text(&endpoint->address, address, sizeof(address));
	bounded_addf(&out, "%s%s%s:", six ? "[" : "", address, six ? "]" : "");
	if (service != NULL)
		bounded_add(&out, service);
	else
		bounded_addf(&out, "%u", endpoint->port);
	return bounded_end(&out);
}

size_t tcphs_duration_text(int64_t nanoseconds, char *text, size_t size)
{
	return duration_text(nanoseconds, "", text, size);
}
