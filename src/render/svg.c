/* SPDX-License-Identifier: BSD-3-Clause */
/* One SVG document for all ladders, or hosts, one below the other. */
#include "render/svg.h"

#include <stdlib.h>
#include <string.h>

#include "render/elements.h"
#include "render/isn_picture.h"
#include "render/picture.h"

#define MARGIN   20.0
#define DISTANCE 48.0 /* between two pictures */
#define FOOT     28.0 /* for a note below them */

bool svg_begin(void **state, const struct tcphs_render_options *options,
               const struct tcphs_sink *sink, struct tcphs_error *error)
{
	struct svg_state *svg = document_new(sizeof(*svg), options, sink, error);

	if (svg != NULL)
		svg->height = MARGIN;
	*state = svg;
	return svg != NULL;
}

const char *svg_things(const struct svg_state *state)
{
	return state->document.options.hosts ? "hosts" : "connections";
}

static double next_top(const struct svg_state *state)
{
	return state->height + (state->document.ladders > 0 ? DISTANCE : 0);
}

/* One more picture was drawn, if there was room for it. */
static bool count_picture(struct svg_state *state, struct tcphs_error *error)
{
	state->document.ladders++;
	state->refused = state->body.failed || state->body.length > SVG_MAX;
	if (state->body.failed)
		return out_of_memory(error);
	if (state->refused)
		tcphs_error_set(error, TCPHS_USAGE,
		                "%zu %s are too many for one picture; select fewer with -Y",
		                state->document.ladders, svg_things(state));
	return !state->refused;
}

bool svg_ladder(void *opaque, const struct tcphs_ladder *ladder, struct tcphs_error *error)
{
	struct svg_state *state = opaque;
	struct picture_options options = {
	    .heading = true,
	    .explain = true,
	    .path = document_encapsulation(&state->document, &ladder->analysis->connection),
	    .top = next_top(state),
	};

	state->height = picture_draw(&state->body, ladder, &options);
	return count_picture(state, error);
}

bool svg_host(void *opaque, const struct tcphs_isn_report *report,
              const struct tcphs_isn_point *point, size_t count, struct tcphs_error *error)
{
	struct svg_state *state = opaque;

	state->height = isn_picture_draw(&state->body, report, point, count, next_top(state));
	return count_picture(state, error);
}

/* What a screen reader says first. */
static void add_description(struct text *out, const struct svg_state *state)
{
	const size_t count = state->document.ladders;
	const char *plural = count == 1 ? "" : "s";

	if (state->document.options.hosts)
		text_addf(out,
		          "%zu host%s with two pictures each: at the left every initial sequence "
		          "number over time, at the right every difference from one to the next "
		          "against the difference after it. The verdict stands above them.",
		          count, plural);
	else
		text_addf(
		    out,
		    "%zu TCP connection%s as ladder%s: the client's lifeline at the left, the "
		    "server's at the right, an arrow for each segment, the states of both "
		    "where they change; ? marks what is assumed. Each arrow has its "
		    "explanation as a title.",
		    count, plural, plural);
}

static void add_title(struct text *out, const struct tcphs_render_options *options)
{
	text_add(out, options->hosts ? "Initial sequence numbers" : "TCP ladder");
	if (options->title != NULL) {
		text_add(out, ": ");
		text_add_xml(out, options->title);
	}
}

bool svg_assemble(struct svg_state *state, struct tcphs_error *error)
{
	const struct tcphs_render_options *options = &state->document.options;
	struct text *out = &state->document.text;
	const double foot = options->note != NULL ? FOOT : 0;
	const double height = state->height + foot + MARGIN;

	text_addf(out,
	          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	          "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" lang=\"en\" "
	          "aria-labelledby=\"title desc\" width=\"%d\" height=\"",
	          PICTURE_WIDTH);
	add_coordinate(out, height);
	text_addf(out, "\" viewBox=\"0 0 %d ", PICTURE_WIDTH);
	add_coordinate(out, height);
	text_add(out, "\">\n<title id=\"title\">");
	add_title(out, options);
	text_add(out, "</title>\n<desc id=\"desc\">");
	add_description(out, state);
	text_add(out, "</desc>\n<style>");
	picture_style(out);
	if (options->hosts)
		isn_picture_style(out);
	text_addf(out, "</style>\n<rect class=\"bg\" width=\"%d\" height=\"", PICTURE_WIDTH);
	add_coordinate(out, height);
	text_add(out, "\"/>\n");
	if (state->body.length > 0)
		text_add_octets(out, state->body.data, state->body.length);
	if (options->note != NULL)
		add_text(out, "dim small", "start", MARGIN, state->height + foot, options->note);
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
    .host = svg_host,
    .end = svg_end,
};
