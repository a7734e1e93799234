/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Any octets as a query: it compiles or says where it is wrong, and what compiled can be asked
 * of any connection. The invariants are the header's.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <tcphs/query.h>

static struct tcphs_diagnosis diagnosis[] = {{.code = 3, .severity = TCPHS_WARNING}};
static struct tcphs_row row[] = {{.packet = 7}, {.packet = 8, .is_run = 1, .run_last_packet = 12}};

/* Some connection, by the first octets of the input. */
static struct tcphs_analysis make_analysis(const uint8_t *octets, size_t count)
{
	struct tcphs_analysis analysis = {
	    .row = row, .rows = 2, .diagnosis = diagnosis, .diagnoses = 1};
	struct tcphs_connection *connection = &analysis.connection;
	uint8_t first = count > 0 ? octets[0] : 0;

	connection->id = first;
	connection->first_packet = 7;
	connection->last_packet = 12;
	connection->start = (int64_t)first * INT64_C(36028797018963968) - 1;
	connection->open.kind = first % TCPHS_OPEN_COUNT;
	connection->close.kind = first % TCPHS_CLOSE_COUNT;
	connection->close.initiator = first % 4;
	connection->open.rtt = first % 2 == 0 ? -1 : first;
	for (int side = 0; side < 2; side++) {
		connection->end[side].address.family = first % 2 == 0 ? 4 : 6;
		connection->end[side].state = first % TCPHS_STATE_COUNT;
		memcpy(connection->end[side].address.octets, octets, count < 16 ? count : 16);
	}
	return analysis;
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t count)
{
	struct tcphs_analysis analysis = make_analysis(octets, count);
	struct tcphs_query_subject subject = {&analysis, count % 2 == 0 ? "eth.vlan[7].ip" : NULL};
	struct tcphs_error error = {.status = TCPHS_OK};
	size_t at = SIZE_MAX, length = SIZE_MAX;
	struct tcphs_query *query;
	char *text = malloc(count + 1);

	if (text == NULL)
		return 0;
	memcpy(text, octets, count);
	text[count] = '\0';
	query = tcphs_query_compile(text, &at, &length, &error);
	if (query == NULL) {
		if (error.status == TCPHS_OK || error.text[0] == '\0')
			abort();
		if (at > strlen(text) || length > strlen(text) - at)
			abort();
	} else {
		if (tcphs_query_matches(query, &subject) != tcphs_query_matches(query, &subject))
			abort();
		(void)tcphs_query_needs_rows(query);
	}
	tcphs_query_free(query);
	free(text);
	return 0;
}
