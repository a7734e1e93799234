/* SPDX-License-Identifier: BSD-3-Clause */
/* The json format: connection/1 and its segment/1 records. Takes any ladder whose analysis is
 * there; no line of it is looked at. */
#include "render/record.h"

#include <stdlib.h>
#include <tcphs/render.h>

struct json_state {
	struct record_context record;
	struct tcphs_sink sink;
};

static bool json_write(void *context, const char *octets, size_t count)
{
	const struct json_state *state = context;

	return state->sink.write(state->sink.context, octets, count);
}

static bool json_begin(void **state, const struct tcphs_render_options *options,
                       const struct tcphs_sink *sink, struct tcphs_error *error)
{
	struct json_state *json = calloc(1, sizeof(*json));

	*state = json;
	if (json != NULL) {
		json->sink = *sink;
		json->record = (struct record_context){
		    .out = stream_new(json_write, json),
		    .source = options->source,
		    .pairs = options->captures > 1,
		    .live = options->live,
		    .encapsulation = options->encapsulation,
		    .context = options->context,
		};
		if (json->record.out != NULL)
			return true;
	}
	free(json);
	*state = NULL;
	tcphs_error_set(error, TCPHS_NOMEM, "memory is exhausted");
	return false;
}

/* Whether what was added could be written. */
static bool json_ok(struct json_state *json, struct tcphs_error *error)
{
	if (json->record.out->failed)
		tcphs_error_set(error, TCPHS_USAGE, "the output can't be written");
	return !json->record.out->failed;
}

static bool json_ladder(void *state, const struct tcphs_ladder *ladder, struct tcphs_error *error)
{
	struct json_state *json = state;

	json->record.notes = json->record.source != NULL && ladder->options.packet_comment != NULL;
	record_ladder(&json->record, ladder->analysis);
	if (json->record.live) /* the next one may be far */
		stream_flush(json->record.out);
	return json_ok(json, error);
}

static bool json_end(void *state, struct tcphs_error *error)
{
	struct json_state *json = state;
	bool ok;

	if (json == NULL)
		return false;
	stream_flush(json->record.out);
	ok = json_ok(json, error);
	free(json->record.out);
	free(json);
	return ok;
}

const struct tcphs_format json_format = {
    .name = "json",
    .extension = ".json",
    .help = "JSON Lines: a connection/1 record and a segment/1 record each",
    .begin = json_begin,
    .ladder = json_ladder,
    .end = json_end,
};
