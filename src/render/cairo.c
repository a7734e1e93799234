/* SPDX-License-Identifier: BSD-3-Clause */
/* PNG and PDF, made from the SVG document by librsvg and cairo where there are their headers. */
#include "render/svg.h"

#ifdef TCPHS_HAVE_RSVG

#include <stdlib.h>

#include "base/escape.h"
#include "render/cairo_load.h"

#define SCALE      2.0     /* pixels for a unit: sharp on today's screens and on paper */
#define SIDE_MAX   32000.0 /* cairo refuses images beyond 32767 pixels */
#define POINT      0.75    /* points for a unit of 1/96 inch */
#define PDF_HEIGHT 14400.0 /* the highest page that readers show */

static cairo_status_t put_octets(void *context, const unsigned char *octets, unsigned count)
{
	const struct tcphs_sink *sink = context;

	return sink->write(sink->context, (const char *)octets, count) ? CAIRO_STATUS_SUCCESS
	                                                               : CAIRO_STATUS_WRITE_ERROR;
}

static bool check(const struct cairo_calls *calls, cairo_status_t status, struct tcphs_error *error)
{
	if (status == CAIRO_STATUS_SUCCESS)
		return true;
	tcphs_error_set(error, TCPHS_USAGE, "the picture can't be written: %s",
	                calls->cairo_status_to_string(status));
	return false;
}

struct drawing {
	const struct cairo_calls *calls;
	RsvgHandle *handle;
	double width, height; /* units */
};

/* The document of `state`, ready to be drawn. To be closed also after errors. */
static bool drawing_open(struct drawing *drawing, const struct cairo_calls *calls,
                         struct svg_state *state, struct tcphs_error *error)
{
	const struct text *text = &state->document.text;
	GError *reason = NULL;
	bool done;

	*drawing = (struct drawing){.calls = calls};
	if (!svg_assemble(state, error))
		return false;
	drawing->handle =
	    calls->rsvg_handle_new_from_data((const guint8 *)text->data, text->length, &reason);
	done = drawing->handle != NULL && calls->rsvg_handle_get_intrinsic_size_in_pixels(
	                                      drawing->handle, &drawing->width, &drawing->height);
	if (!done)
		tcphs_error_set(error, TCPHS_NOMEM, "librsvg can't read the picture: %s",
		                reason != NULL ? reason->message : "it has no size");
	calls->g_clear_error(&reason);
	return done;
}

static void drawing_close(struct drawing *drawing)
{
	if (drawing->handle != NULL)
		drawing->calls->g_object_unref(drawing->handle);
}

static bool drawing_draw(const struct drawing *drawing, cairo_surface_t *surface, double scale,
                         struct tcphs_error *error)
{
	const struct cairo_calls *calls = drawing->calls;
	RsvgRectangle room = {0, 0, drawing->width, drawing->height};
	cairo_t *cairo = calls->cairo_create(surface);
	bool done;

	calls->cairo_scale(cairo, scale, scale);
	done = calls->rsvg_handle_render_document(drawing->handle, cairo, &room, NULL) &&
	       calls->cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
	calls->cairo_destroy(cairo);
	if (!done)
		tcphs_error_set(error, TCPHS_NOMEM, "librsvg can't draw the picture; try svg");
	return done;
}

/* ---- png: one image of all that is drawn -------------------------------------------------- */

static bool write_png(const struct drawing *drawing, struct svg_state *state,
                      struct tcphs_error *error)
{
	const struct cairo_calls *calls = drawing->calls;
	double scale = drawing->height * SCALE > SIDE_MAX ? SIDE_MAX / drawing->height : SCALE;
	cairo_surface_t *surface;
	bool done;

	if (scale < 1) {
		tcphs_error_set(
		    error, TCPHS_USAGE,
		    "%zu %s are too many for one png; select fewer with -Y, or write .pdf%s",
		    state->document.ladders, svg_things(state),
		    state->document.options.hosts ? " or .svg" : ", .svg or .html");
		return false;
	}
	surface = calls->cairo_image_surface_create(
	    CAIRO_FORMAT_RGB24, (int)(drawing->width * scale), (int)(drawing->height * scale));
	done = check(calls, calls->cairo_surface_status(surface), error) &&
	       drawing_draw(drawing, surface, scale, error) &&
	       check(calls,
	             calls->cairo_surface_write_to_png_stream(surface, put_octets,
	                                                      &state->document.sink),
	             error);
	calls->cairo_surface_destroy(surface);
	return done;
}

static bool png_end(void *opaque, struct tcphs_error *error)
{
	struct svg_state *state = opaque;
	struct cairo_calls calls;
	struct drawing drawing = {0};
	bool done = state != NULL && !state->refused && cairo_load(&calls, error) &&
	            drawing_open(&drawing, &calls, state, error) &&
	            write_png(&drawing, state, error);

	drawing_close(&drawing);
	svg_free(state);
	return done;
}

#define png_begin  svg_begin
#define png_ladder svg_ladder
#define png_host   svg_host

/* ---- pdf: a page for each ladder or host -------------------------------------------------- */

struct pdf_state {
	struct cairo_calls calls;
	struct tcphs_render_options options;
	struct tcphs_sink sink;
	cairo_surface_t *surface;
	size_t pages;
};

static bool pdf_begin(void **opaque, const struct tcphs_render_options *options,
                      const struct tcphs_sink *sink, struct tcphs_error *error)
{
	struct pdf_state *state = calloc(1, sizeof(*state));
	const struct cairo_calls *calls;
	char title[256];

	*opaque = state;
	if (state == NULL)
		return out_of_memory(error);
	if (!cairo_load(&state->calls, error)) {
		free(state);
		*opaque = NULL;
		return false;
	}
	calls = &state->calls;
	state->options = *options;
	state->sink = *sink;
	/* One that couldn't be made is a surface too, and its status comes up in pdf_end(). */
	state->surface = calls->cairo_pdf_surface_create_for_stream(put_octets, &state->sink, 1, 1);
	escape_into(title, sizeof(title), options->title != NULL ? options->title : "TCP ladders");
	calls->cairo_pdf_surface_set_metadata(state->surface, CAIRO_PDF_METADATA_TITLE, title);
	/* No date of making: the same input gives the same file. */
	calls->cairo_pdf_surface_set_metadata(state->surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
	return true;
}

/* The document of `page` as a page, whatever is drawn on it. */
static bool pdf_page(struct pdf_state *state, struct svg_state *page, struct tcphs_error *error)
{
	const struct cairo_calls *calls = &state->calls;
	struct drawing drawing = {0};
	bool done = drawing_open(&drawing, calls, page, error);

	if (done) {
		double scale =
		    drawing.height * POINT > PDF_HEIGHT ? PDF_HEIGHT / drawing.height : POINT;

		calls->cairo_pdf_surface_set_size(state->surface, drawing.width * scale,
		                                  drawing.height * scale);
		done = drawing_draw(&drawing, state->surface, scale, error);
		calls->cairo_surface_show_page(state->surface);
		done = done && check(calls, calls->cairo_surface_status(state->surface), error);
	}
	drawing_close(&drawing);
	state->pages++;
	return done;
}

static bool pdf_ladder(void *opaque, const struct tcphs_ladder *ladder, struct tcphs_error *error)
{
	struct pdf_state *state = opaque;
	void *page = NULL;
	bool done = svg_begin(&page, &state->options, &state->sink, error) &&
	            svg_ladder(page, ladder, error) && pdf_page(state, page, error);

	svg_free(page);
	return done;
}

static bool pdf_host(void *opaque, const struct tcphs_isn_report *report,
                     const struct tcphs_isn_point *point, size_t count, struct tcphs_error *error)
{
	struct pdf_state *state = opaque;
	void *page = NULL;
	bool done = svg_begin(&page, &state->options, &state->sink, error) &&
	            svg_host(page, report, point, count, error) && pdf_page(state, page, error);

	svg_free(page);
	return done;
}

/* A document without a page is none: then there is an empty one. */
static bool pdf_has_page(struct pdf_state *state, struct tcphs_error *error)
{
	void *page = NULL;
	bool done = state->pages > 0 || (svg_begin(&page, &state->options, &state->sink, error) &&
	                                 pdf_page(state, page, error));

	svg_free(page);
	return done;
}

static bool pdf_end(void *opaque, struct tcphs_error *error)
{
	struct pdf_state *state = opaque;
	const struct cairo_calls *calls;
	bool done;

	if (state == NULL)
		return false;
	calls = &state->calls;
	done = pdf_has_page(state, error);
	calls->cairo_surface_finish(state->surface);
	done = done && check(calls, calls->cairo_surface_status(state->surface), error);
	calls->cairo_surface_destroy(state->surface);
	free(state);
	return done;
}

#else

static bool png_begin(void **state, const struct tcphs_render_options *options,
                      const struct tcphs_sink *sink, struct tcphs_error *error)
{
	(void)options;
	(void)sink;
	*state = NULL;
	tcphs_error_set(error, TCPHS_USAGE,
	                "this tcphs was built without librsvg: install librsvg2-dev (Debian), "
	                "librsvg2-devel (Fedora) or librsvg and build again, or write .svg");
	return false;
}

static bool png_end(void *state, struct tcphs_error *error)
{
	(void)error;
	svg_free(state);
	return false;
}

#define png_ladder svg_ladder
#define pdf_begin  png_begin
#define pdf_ladder svg_ladder
#define png_host   svg_host
#define pdf_host   svg_host
#define pdf_end    png_end

#endif

const struct tcphs_format png_format = {
    .name = "png",
    .extension = ".png",
    .help = "the svg as an image",
    .binary = true,
    .begin = png_begin,
    .ladder = png_ladder,
    .host = png_host,
    .end = png_end,
};

const struct tcphs_format pdf_format = {
    .name = "pdf",
    .extension = ".pdf",
    .help = "the svg as a document to print, a page each",
    .binary = true,
    .begin = pdf_begin,
    .ladder = pdf_ladder,
    .host = pdf_host,
    .end = pdf_end,
};
