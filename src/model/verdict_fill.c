/* SPDX-License-Identifier: BSD-3-Clause */
/* The clauses of a verdict, their words in braces filled in. */
#include "model/verdict.h"

#include <inttypes.h>
#include <string.h>

#include "base/address.h"
#include "base/bounded.h"
#include "base/duration.h"
#include "model/sentence.h"

void verdict_put_duration(struct bounded *out, const char *before, int64_t duration)
{
	char text[32];

	if (duration <= 0)
		return;
	duration_text(duration, " ", text, sizeof(text));
	bounded_addf(out, "%s%s", before, text);
}

void verdict_put_count(struct bounded *out, uint64_t count, const char *what)
{
	bounded_addf(out, "%" PRIu64 " %s%s", count, what, count == 1 ? "" : "s");
}

void verdict_put_syns(struct bounded *out, const struct tcphs_connection *connection)
{
	uint64_t syns = (uint64_t)connection->open.syn_retransmissions + 1;

	if (syns == 1) {
		bounded_add(out, "the only SYN");
		return;
	}
	verdict_put_count(out, syns, "SYN");
	verdict_put_duration(out, " over ", connection->duration);
}

/* Where the SYN-ACK was repeated the two ends were open at different times. */
static void put_open_time(struct bounded *out, const struct tcphs_open *open)
{
	if (open->syn_retransmissions > 0)
		return; /* it took longer: put_open() says how long from the last SYN */
	verdict_put_duration(out, " in ", open->rtt);
	if (open->rtt <= 0 || open->synack_retransmissions == 0)
		return;
	bounded_add(out, " for the client; for the server later, after ");
	verdict_put_count(out, (uint64_t)open->synack_retransmissions + 1, "SYN-ACK");
}

const char *verdict_side(uint8_t side)
{
	const char *name = side < TCPHS_BOTH ? tcphs_side_name(side) : NULL;

	return name != NULL ? name : "other";
}

static void put_icmp_sender(struct bounded *out, const struct tcphs_connection *connection)
{
	char address[64];

	address_text(&connection->icmp_by, address, sizeof(address));
	bounded_add(out, address);
}

/* An ICMP code of those that destinations are unreachable: nobody knows the way, or the host. */
static bool is_no_way(uint8_t code, bool v6)
{
	static const uint8_t no_way[] = {0, 1, 6, 7, 11, 12}; /* RFC 792, RFC 1122 */

	if (v6)
		return code == 0 || code == 3; /* RFC 4443 §3.1 */
	for (size_t i = 0; i < sizeof(no_way); i++)
		if (code == no_way[i])
			return true;
	return false;
}

/* Of whom the ICMP error came, and what it says of the way there. */
static void put_blamed(struct bounded *out, const struct tcphs_connection *connection)
{
	const struct tcphs_address *by = &connection->icmp_by,
	                           *server = &connection->end[TCPHS_SERVER].address;
	bool itself = by->family == server->family &&
	              memcmp(by->octets, server->octets, by->family == 4 ? 4 : 16) == 0;
	bool v6 = connection->end[0].address.family == 6;
	bool no_way = is_no_way(connection->icmp_code, v6);
	bool no_protocol = !v6 && connection->icmp_code == 2;

	if (itself && no_protocol)
		bounded_add(out, "the server itself, which speaks no TCP, or whose firewall says "
		                 "so; see whether it is a host for TCP, and its rules");
	else if (itself && no_way)
		bounded_add(out, "the server's own firewall, or a router that stands in for the "
		                 "server (NAT) and found no way to it; see the rules of both");
	else if (itself)
		bounded_add(out, "the server itself, by a firewall, since a port where no process "
		                 "listens answers with a RST; see its rules");
	else if (no_way)
		bounded_add(out, "a router that knows no way there, or did not find the server at "
		                 "the end of it; see its routes, and whether the server runs");
	else
		bounded_add(out,
		            "a router or a firewall on the way that does not let this pass; see "
		            "its rules");
}

static void put_word(struct bounded *out, const struct tcphs_connection *connection,
                     const char *word)
{
	uint8_t initiator = connection->close.initiator;

	if (strcmp(word, "i") == 0)
		bounded_add(out, verdict_side(initiator));
	else if (strcmp(word, "o") == 0)
		bounded_add(out,
		            verdict_side(initiator == TCPHS_CLIENT ? TCPHS_SERVER : TCPHS_CLIENT));
	else if (strcmp(word, "syns") == 0)
		verdict_put_syns(out, connection);
	else if (strcmp(word, "rtt") == 0)
		put_open_time(out, &connection->open);
	else if (strcmp(word, "icmp") == 0)
		sentence_icmp(out, connection->end[0].address.family, connection->icmp_type,
		              connection->icmp_code);
	else if (strcmp(word, "by") == 0)
		put_icmp_sender(out, connection);
	else if (strcmp(word, "blamed") == 0)
		put_blamed(out, connection);
	else if (strcmp(word, "data") == 0)
		verdict_put_count(out, connection->open.data_in_syn, "octet");
	else if (strcmp(word, "answers") == 0)
		verdict_put_count(out, (uint64_t)connection->open.synack_retransmissions + 1,
		                  "SYN-ACK");
	else if (strcmp(word, "port") == 0)
		bounded_addf(out, "%u", connection->end[TCPHS_SERVER].port);
}

void verdict_put(struct bounded *out, const struct tcphs_connection *connection, const char *text)
{
	while (*text != '\0') {
		size_t plain = strcspn(text, "{"), length;
		char word[16];

		bounded_add_octets(out, text, plain);
		text += plain;
		if (*text == '\0')
			return;
		length = strcspn(text, "}");
		if (length - 1 < sizeof(word)) {
			memcpy(word, text + 1, length - 1);
			word[length - 1] = '\0';
			put_word(out, connection, word);
		}
		text += length + 1;
	}
}
