/* SPDX-License-Identifier: BSD-3-Clause */
/* connection/1 */
#include "render/record.h"

#include "base/json.h"

#include <tcphs/diagnosis.h>

static const char *const open_packet_key[] = {
    [TCPHS_P_SYN] = "\"syn\":",   [TCPHS_P_SYNACK] = "\"synack\":", [TCPHS_P_ACK] = "\"ack\":",
    [TCPHS_P_SYN2] = "\"syn2\":", [TCPHS_P_ACK1] = "\"ack1\":",     [TCPHS_P_OPEN_RST] = "\"rst\":",
};
_Static_assert(sizeof(open_packet_key) / sizeof(open_packet_key[0]) == TCPHS_OPEN_PACKETS,
               "one key a packet");

static const char *const close_packet_key[] = {
    [TCPHS_P_FIN1] = "\"fin1\":", [TCPHS_P_CLOSE_ACK1] = "\"ack1\":", [TCPHS_P_FIN2] = "\"fin2\":",
    [TCPHS_P_ACK2] = "\"ack2\":", [TCPHS_P_RST] = "\"rst\":",
};
_Static_assert(sizeof(close_packet_key) / sizeof(close_packet_key[0]) == TCPHS_CLOSE_PACKETS,
               "one key a packet");

void record_packet(const struct record_context *record, uint64_t packet)
{
	struct stream *out = record->out;

	if (packet == 0) {
		json_null(out);
	} else if (record->pairs && record->source != NULL) {
		size_t capture = 0;
		uint64_t number = packet;

		tcphs_source_locate(record->source, packet, &capture, &number);
		stream_char(out, '[');
		stream_u64(out, capture + 1);
		stream_char(out, ',');
		stream_u64(out, number);
		stream_char(out, ']');
	} else {
		stream_u64(out, packet);
	}
}

/* {"syn":1,…}: the packets there are. */
static void add_packets(const struct record_context *record, const uint64_t *packet,
                        const char *const *key, size_t count)
{
	char before = '{';

	for (size_t i = 0; i < count; i++) {
		if (packet[i] == 0)
			continue;
		stream_char(record->out, before);
		stream_text(record->out, key[i]);
		record_packet(record, packet[i]);
		before = ',';
	}
	if (before == '{')
		stream_char(record->out, '{');
	stream_char(record->out, '}');
}

static void add_known_bool(struct stream *out, bool known, bool value)
{
	if (known)
		json_bool(out, value);
	else
		json_null(out);
}

static void add_known_u64(struct stream *out, bool known, uint64_t value)
{
	if (known)
		stream_u64(out, value);
	else
		json_null(out);
}

static void add_endpoint(struct stream *out, const struct tcphs_endpoint *end)
{
	stream_literal(out, "{\"address\":\"");
	stream_used(out, digits_address(stream_reserve(out, DIGITS_ADDRESS), &end->address));
	stream_literal(out, "\",\"port\":");
	stream_u64(out, end->port);
	stream_literal(out, ",\"isn\":");
	add_known_u64(out, end->isn_known || end->isn_inferred, end->isn);
	if (end->isn_inferred)
		stream_literal(out, ",\"isn_inferred\":true");
	stream_literal(out, ",\"state\":\"");
	stream_text(out, tcphs_state_name((enum tcphs_state)end->state));
	stream_literal(out, "\",\"packets\":");
	stream_u64(out, end->packets);
	stream_literal(out, ",\"bytes\":");
	stream_u64(out, end->bytes);
	stream_literal(out, ",\"mss\":");
	add_known_u64(out, end->options_known && end->mss != 0, end->mss);
	stream_literal(out, ",\"wscale\":");
	add_known_u64(out, end->options_known && end->wscale >= 0, (uint64_t)end->wscale);
	stream_literal(out, ",\"sack\":");
	add_known_bool(out, end->options_known, end->sack);
	stream_literal(out, ",\"timestamps\":");
	add_known_bool(out, end->options_known, end->timestamps);
	stream_char(out, '}');
}

static void add_open(const struct record_context *record, const struct tcphs_open *open)
{
	struct stream *out = record->out;

	stream_literal(out, "{\"kind\":\"");
	stream_text(out, tcphs_open_name((enum tcphs_open_kind)open->kind));
	stream_literal(out, "\",\"complete\":");
	json_bool(out, open->complete);
	stream_literal(out, ",\"packets\":");
	add_packets(record, open->packet, open_packet_key, TCPHS_OPEN_PACKETS);
	stream_literal(out, ",\"syn_retransmissions\":");
	stream_u64(out, open->syn_retransmissions);
	stream_literal(out, ",\"synack_retransmissions\":");
	stream_u64(out, open->synack_retransmissions);
	stream_literal(out, ",\"rtt\":{\"handshake\":");
	json_duration(out, open->rtt);
	stream_literal(out, ",\"to_server\":");
	json_duration(out, open->rtt_to_server);
	stream_literal(out, ",\"to_client\":");
	json_duration(out, open->rtt_to_client);
	stream_literal(out, "},\"data_in_syn\":");
	stream_u64(out, open->data_in_syn);
	stream_char(out, '}');
}

static void add_close(const struct record_context *record, const struct tcphs_close *close)
{
	struct stream *out = record->out;

	stream_literal(out, "{\"kind\":\"");
	stream_text(out, tcphs_close_name((enum tcphs_close_kind)close->kind));
	stream_literal(out, "\",\"complete\":");
	json_bool(out, close->complete);
	stream_literal(out, ",\"initiator\":");
	json_string(out, tcphs_side_name((enum tcphs_side)close->initiator));
	stream_literal(out, ",\"packets\":");
	add_packets(record, close->packet, close_packet_key, TCPHS_CLOSE_PACKETS);
	stream_literal(out, ",\"half_close_bytes\":");
	stream_u64(out, close->half_close_bytes);
	stream_literal(out, ",\"duration\":");
	json_duration(out, close->duration);
	stream_char(out, '}');
}

/* [{"packet":2,"code":"syn-retx","severity":"note"},…] */
static void add_diagnoses(const struct record_context *record,
                          const struct tcphs_analysis *analysis)
{
	struct stream *out = record->out;

	stream_char(out, '[');
	for (size_t i = 0; i < analysis->diagnoses; i++) {
		const struct tcphs_diagnosis *diagnosis = &analysis->diagnosis[i];

		if (i > 0)
			stream_char(out, ',');
		stream_literal(out, "{\"packet\":");
		record_packet(record, diagnosis->packet);
		stream_literal(out, ",\"code\":\"");
		stream_text(out, tcphs_code_info((enum tcphs_code)diagnosis->code)->name);
		stream_literal(out, "\",\"severity\":\"");
		stream_text(out, tcphs_severity_name((enum tcphs_severity)diagnosis->severity));
		stream_literal(out, "\"}");
	}
	stream_char(out, ']');
}

static void add_head(const struct record_context *record, const struct tcphs_connection *connection)
{
	struct stream *out = record->out;

	stream_literal(out, "{\"record\":\"connection/1\",\"id\":");
	stream_u64(out, connection->id);
	stream_literal(out, ",\"family\":");
	stream_u64(out, connection->end[TCPHS_CLIENT].address.family);
	if (connection->client_inferred)
		stream_literal(out, ",\"client_inferred\":true");
	stream_literal(out, ",\"client\":");
	add_endpoint(out, &connection->end[TCPHS_CLIENT]);
	stream_literal(out, ",\"server\":");
	add_endpoint(out, &connection->end[TCPHS_SERVER]);
	stream_literal(out, ",\"encapsulation\":");
	json_string(out, record->encapsulation == NULL
	                     ? NULL
	                     : record->encapsulation(record->context, connection->encap));
	stream_literal(out, ",\"packets\":");
	stream_u64(out, connection->packets);
	stream_literal(out, ",\"first_packet\":");
	record_packet(record, connection->first_packet);
	stream_literal(out, ",\"last_packet\":");
	record_packet(record, connection->last_packet);
	stream_literal(out, ",\"start\":");
	json_instant(out, connection->start);
	stream_literal(out, ",\"duration\":");
	json_seconds(out, connection->duration);
}

/* What appears only where it says something. */
static void add_tail(const struct record_context *record, const struct tcphs_connection *connection)
{
	struct stream *out = record->out;

	if (connection->diagnoses_dropped > 0) {
		stream_literal(out, ",\"diagnoses_dropped\":");
		stream_u64(out, connection->diagnoses_dropped);
	}
	if (connection->rows_dropped > 0) {
		stream_literal(out, ",\"segments_dropped\":");
		stream_u64(out, connection->rows_dropped);
	}
	if (record->live) {
		stream_literal(out, ",\"final\":");
		json_string(out, tcphs_final_name((enum tcphs_final)connection->final));
	}
	stream_literal(out, "}\n");
}

void record_connection(const struct record_context *record, const struct tcphs_analysis *analysis)
{
	const struct tcphs_connection *connection = &analysis->connection;
	struct stream *out = record->out;
	char verdict[TCPHS_VERDICT_MAX];

	add_head(record, connection);
	stream_literal(out, ",\"open\":");
	add_open(record, &connection->open);
	stream_literal(out, ",\"close\":");
	add_close(record, &connection->close);
	stream_literal(out, ",\"vantage\":");
	json_string(out, tcphs_vantage_name((enum tcphs_vantage)connection->vantage));
	tcphs_connection_verdict(connection, verdict, sizeof(verdict));
	stream_literal(out, ",\"verdict\":");
	json_string(out, verdict);
	stream_literal(out, ",\"diagnoses\":");
	add_diagnoses(record, analysis);
	add_tail(record, connection);
}
