/* SPDX-License-Identifier: BSD-3-Clause */
/* An ICMP error in words. */
#include "model/sentence.h"

#include <inttypes.h>

#include "base/bounded.h"

static const struct icmp_words {
	uint8_t family, type, code;
	const char *words;
} icmp_words[] = {
    {4, 3, 0, "network unreachable"},
    {4, 3, 1, "host unreachable"},
    {4, 3, 2, "protocol unreachable"},
    {4, 3, 3, "port unreachable"},
    {4, 3, 4, "too big and must not be fragmented"},
    {4, 3, 5, "source route failed"},
    {4, 3, 6, "network unknown"},
    {4, 3, 7, "host unknown"},
    {4, 3, 9, "network administratively prohibited"},
    {4, 3, 10, "host administratively prohibited"},
    {4, 3, 13, "communication administratively prohibited"},
    {4, 4, 0, "source quench"},
    {4, 5, 0, "redirect for the network"},
    {4, 5, 1, "redirect for the host"},
    {4, 11, 0, "time to live exceeded"},
    {4, 11, 1, "fragment reassembly time exceeded"},
    {6, 1, 0, "no route to destination"},
    {6, 1, 1, "administratively prohibited"},
    {6, 1, 2, "beyond scope of source address"},
    {6, 1, 3, "address unreachable"},
    {6, 1, 4, "port unreachable"},
    {6, 1, 5, "source address failed policy"},
    {6, 1, 6, "route rejected"},
    {6, 2, 0, "packet too big"},
    {6, 3, 0, "hop limit exceeded"},
    {6, 3, 1, "fragment reassembly time exceeded"},
};

void sentence_icmp(struct bounded *out, uint8_t family, int64_t type, int64_t code)
{
	for (size_t i = 0; i < sizeof(icmp_words) / sizeof(icmp_words[0]); i++)
		if (icmp_words[i].family == family && icmp_words[i].type == type &&
		    icmp_words[i].code == code) {
			bounded_addf(out, "%s (type %" PRId64 ", code %" PRId64 ")",
			             icmp_words[i].words, type, code);
			return;
		}
	bounded_addf(out, "type %" PRId64 ", code %" PRId64, type, code);
}
