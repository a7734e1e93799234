/* SPDX-License-Identifier: BSD-3-Clause */
/* segment/1 */
#include "render/record.h"

#include "base/json.h"

#include <tcphs/diagnosis.h>

static const struct {
	uint16_t flag;
	const char *name;
} flag_names[] = {
    {TCPHS_SYN, "\"SYN\""}, {TCPHS_FIN, "\"FIN\""}, {TCPHS_RST, "\"RST\""},
    {TCPHS_PSH, "\"PSH\""}, {TCPHS_ACK, "\"ACK\""}, {TCPHS_URG, "\"URG\""},
    {TCPHS_ECE, "\"ECE\""}, {TCPHS_CWR, "\"CWR\""}, {TCPHS_AE, "\"AE\""},
};

static void add_flags(struct stream *out, uint16_t flags)
{
	bool first = true;

	stream_char(out, '[');
	for (size_t i = 0; i < sizeof(flag_names) / sizeof(flag_names[0]); i++) {
		if (!(flags & flag_names[i].flag))
			continue;
		if (!first)
			stream_char(out, ',');
		first = false;
		stream_text(out, flag_names[i].name);
	}
	stream_char(out, ']');
}

static void add_pair(struct stream *out, uint64_t a, uint64_t b)
{
	stream_char(out, '[');
	stream_u64(out, a);
	stream_char(out, ',');
	stream_u64(out, b);
	stream_char(out, ']');
}

static void value_mss(struct stream *out, const struct tcphs_options *options)
{
	stream_u64(out, options->mss);
}

static void value_true(struct stream *out, const struct tcphs_options *options)
{
	(void)options;
	stream_literal(out, "true");
}

static void value_sack(struct stream *out, const struct tcphs_options *options)
{
	stream_char(out, '[');
	for (unsigned i = 0; i < options->sack_blocks && i < 4; i++) {
		if (i > 0)
			stream_char(out, ',');
		add_pair(out, options->sack[i][0], options->sack[i][1]);
	}
	stream_char(out, ']');
}

static void value_timestamps(struct stream *out, const struct tcphs_options *options)
{
	add_pair(out, options->tsval, options->tsecr);
}

static void value_wscale(struct stream *out, const struct tcphs_options *options)
{
	stream_u64(out, options->wscale);
}

static void value_mptcp(struct stream *out, const struct tcphs_options *options)
{
	stream_u64(out, options->mptcp_subtype);
}

static void value_tfo(struct stream *out, const struct tcphs_options *options)
{
	stream_u64(out, options->tfo_length);
}

static void value_malformed(struct stream *out, const struct tcphs_options *options)
{
	stream_literal(out, "{\"kind\":");
	stream_u64(out, options->malformed_kind);
	stream_literal(out, ",\"length\":");
	stream_u64(out, options->malformed_length);
	stream_char(out, '}');
}

static const struct {
	uint16_t bit;
	const char *key;
	void (*value)(struct stream *out, const struct tcphs_options *options);
} option_keys[] = {
    {TCPHS_OPT_MSS, "\"mss\":", value_mss},
    {TCPHS_OPT_SACK_PERMITTED, "\"sack_permitted\":", value_true},
    {TCPHS_OPT_SACK, "\"sack\":", value_sack},
    {TCPHS_OPT_TIMESTAMPS, "\"timestamps\":", value_timestamps},
    {TCPHS_OPT_WSCALE, "\"wscale\":", value_wscale},
    {TCPHS_OPT_MD5, "\"md5\":", value_true},
    {TCPHS_OPT_AO, "\"ao\":", value_true},
    {TCPHS_OPT_MPTCP, "\"mptcp\":", value_mptcp},
    {TCPHS_OPT_TFO, "\"fast_open_cookie\":", value_tfo},
    {TCPHS_OPT_ACCECN, "\"accecn\":", value_true},
    {TCPHS_OPT_OTHER, "\"other\":", value_true},
    {TCPHS_OPT_MALFORMED, "\"malformed\":", value_malformed},
    {TCPHS_OPT_CUT, "\"cut\":", value_true},
};

static void add_options(struct stream *out, const struct tcphs_options *options)
{
	char before = '{';

	if (options == NULL) {
		json_null(out);
		return;
	}
	for (size_t i = 0; i < sizeof(option_keys) / sizeof(option_keys[0]); i++) {
		if (!(options->present & option_keys[i].bit))
			continue;
		stream_char(out, before);
		before = ',';
		stream_text(out, option_keys[i].key);
		option_keys[i].value(out, options);
	}
	if (before == '{')
		stream_char(out, '{');
	stream_char(out, '}');
}

static void add_states(struct stream *out, const struct tcphs_row *row)
{
	stream_literal(out, ",\"client_state\":");
	json_string(out, tcphs_state_name((enum tcphs_state)row->state[TCPHS_CLIENT]));
	stream_literal(out, ",\"server_state\":");
	json_string(out, tcphs_state_name((enum tcphs_state)row->state[TCPHS_SERVER]));
	stream_literal(out, ",\"client_certain\":");
	json_bool(out, row->certain[TCPHS_CLIENT]);
	stream_literal(out, ",\"server_certain\":");
	json_bool(out, row->certain[TCPHS_SERVER]);
	stream_literal(out, ",\"role\":");
	json_string(out, tcphs_role_name((enum tcphs_role)row->role));
	stream_literal(out, ",\"fate\":");
	json_string(out, tcphs_fate_name((enum tcphs_fate)row->fate));
}

/* [{"code":"syn-retx","severity":"note"},…] */
static void add_diagnoses(struct stream *out, const struct tcphs_analysis *analysis,
                          const struct tcphs_row *row)
{
	stream_literal(out, ",\"diagnoses\":[");
	for (size_t i = 0; i < row->diagnoses && row->diagnosis + i < analysis->diagnoses; i++) {
		const struct tcphs_diagnosis *diagnosis = &analysis->diagnosis[row->diagnosis + i];

		if (i > 0)
			stream_char(out, ',');
		stream_literal(out, "{\"code\":");
		json_string(out, tcphs_code_info((enum tcphs_code)diagnosis->code)->name);
		stream_literal(out, ",\"severity\":");
		json_string(out, tcphs_severity_name((enum tcphs_severity)diagnosis->severity));
		stream_char(out, '}');
	}
	stream_char(out, ']');
}

static void add_note(struct stream *out, const char *key, const char *text)
{
	if (text[0] == '\0')
		return;
	stream_text(out, key);
	json_string(out, text);
}

void record_segment(const struct record_context *record, const struct tcphs_analysis *analysis,
                    size_t index)
{
	const struct tcphs_row *row = &analysis->row[index];
	struct stream *out = record->out;

	stream_literal(out, "{\"record\":\"segment/1\",\"connection\":");
	stream_u64(out, analysis->connection.id);
	stream_literal(out, ",\"packet\":");
	record_packet(record, row->packet);
	stream_literal(out, ",\"time\":");
	json_instant(out, row->time);
	stream_literal(out, ",\"from\":");
	json_string(out, tcphs_side_name((enum tcphs_side)row->from));
	stream_literal(out, ",\"flags\":");
	add_flags(out, row->flags);
	stream_literal(out, ",\"seq\":");
	stream_u64(out, row->seq);
	stream_literal(out, ",\"ack\":");
	if (row->flags & TCPHS_ACK)
		stream_u64(out, row->ack);
	else
		json_null(out);
	stream_literal(out, ",\"length\":");
	stream_u64(out, row->length);
	stream_literal(out, ",\"window\":");
	stream_u64(out, row->window);
	stream_literal(out, ",\"options\":");
	add_options(out, row->options);
	add_states(out, row);
	add_diagnoses(out, analysis, row);
	if (record->notes) {
		add_note(out,
		         ",\"interface\":", tcphs_source_interface_of(record->source, row->packet));
		add_note(out,
		         ",\"comment\":", tcphs_source_comment_on(record->source, row->packet));
	}
	stream_literal(out, "}\n");
}

void record_ladder(const struct record_context *record, const struct tcphs_analysis *analysis)
{
	record_connection(record, analysis);
	for (size_t i = 0; i < analysis->rows; i++)
		if (!analysis->row[i].is_run)
			record_segment(record, analysis, i);
}
