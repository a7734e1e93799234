/* SPDX-License-Identifier: BSD-3-Clause */
/* One SVG document for all ladders, one below the other. */
#include "render/svg.h"

#include <stdlib.h>
#include <string.h>

#include "render/elements.h"
#include "render/picture.h"

#define MARGIN   20.0
#define DISTANCE 48.0 /* between two ladders */

bool svg_begin(void **state, const struct tcphs_render_options *options,
               const struct tcphs_sink *sink, struct tcphs_error *error)
{
	struct svg_state *svg = document_new(sizeof(*svg), options, sink, error);

	if (svg != NULL)
		svg->height = MARGIN;
	*state = svg;
	return svg != NULL;
}

bool svg_ladder(void *opaque, const struct tcphs_ladder *ladder, struct tcphs_error *error)
{
	struct svg_state *state = opaque;
	struct picture_options options = {
	    .heading = true,
	    .explain = true,
	    .path = document_encapsulation(&state->document, &ladder->analysis->connection),
	    .top = state->height + (state->document.ladders > 0 ? DISTANCE : 0),
	};

	state->height = picture_draw(&state->body, ladder, &options);
	state->document.ladders++;
	state->refused = state->body.failed || state->body.length > SVG_MAX;
	if (state->body.failed)
		return out_of_memory(error);
	if (state->refused) {
		tcphs_error_set(
		    error, TCPHS_USAGE,
		    "%zu connections are too many for one picture; select fewer with -Y",
		    state->document.ladders);
		return false;
	}
	return true;
}

bool svg_assemble(struct svg_state *state, struct tcphs_error *error)
{
	struct text *out = &state->document.text;
	const char *title = state->document.options.title;
	double height = state->height + MARGIN;

	text_addf(out,
	          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	          "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" lang=\"en\" "
	          "aria-labelledby=\"title desc\" width=\"%d\" height=\"",
	          PICTURE_WIDTH);
	add_coordinate(out, height);
	text_addf(out, "\" viewBox=\"0 0 %d ", PICTURE_WIDTH);
	add_coordinate(out, height);
	text_add(out, "\">\n<title id=\"title\">TCP ladder");
	if (title != NULL) {
		text_add(out, ": ");
		text_add_xml(out, title);
	}
	text_addf(out,
	          "</title>\n<desc id=\"desc\">%zu TCP connection%s as ladder%s: the client's "
	          "lifeline at the left, the server's at the right, an arrow for each segment, the "
	          "states of both where they change; ? marks what is assumed. Each arrow has its "
	          "explanation as a title.</desc>\n<style>",
	          state->document.ladders, state->document.ladders == 1 ? "" : "s",
	          state->document.ladders == 1 ? "" : "s");
	picture_style(out);
	text_addf(out, "</style>\n<rect class=\"bg\" width=\"%d\" height=\"", PICTURE_WIDTH);
	add_coordinate(out, height);
	text_add(out, "\"/>\n");
	if (state->body.length > 0)
		text_add_octets(out, state->body.data, state->body.length);
	text_add(out, "</svg>\n");
	return out->failed ? out_of_memory(error) : true;
}

void svg_free(struct svg_state *state)
{
	if (state != NULL)
		text_free(&state->body);
	document_free(state != NULL ? &state->document : NULL);
}

static bool svg_end(void *opaque, struct tcphs_error *error)
{
	struct svg_state *state = opaque;
	bool done = state == NULL ||
	            (svg_assemble(state, error) && document_flush(&state->document, error));

	svg_free(state);
	return done;
}

const struct tcphs_format svg_format = {
    .name = "svg",
    .extension = ".svg",
    .help = "a picture in the style of a textbook",
    .begin = svg_begin,
    .ladder = svg_ladder,
    .end = svg_end,
};
