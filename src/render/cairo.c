/* SPDX-License-Identifier: BSD-3-Clause */
/* PNG and PDF, made from the SVG document by librsvg and cairo where they were found. */
#include "render/svg.h"

#ifdef TCPHS_HAVE_RSVG

#include <cairo-pdf.h>
#include <librsvg/rsvg.h>

#define SCALE      2.0     /* pixels for a unit: sharp on today's screens and on paper */
#define SIDE_MAX   32000.0 /* cairo refuses images beyond 32767 pixels */
#define POINT      0.75    /* points for a unit of 1/96 inch */
#define PDF_HEIGHT 14400.0 /* the highest page that readers show */

struct drawing {
	struct document *document;
	RsvgHandle *handle;
	double width, height; /* units */
};

static cairo_status_t put_octets(void *context, const unsigned char *octets, unsigned count)
{
	const struct tcphs_sink *sink = context;

	return sink->write(sink->context, (const char *)octets, count) ? CAIRO_STATUS_SUCCESS
	                                                               : CAIRO_STATUS_WRITE_ERROR;
}

static bool draw(const struct drawing *drawing, cairo_surface_t *surface, double scale,
                 struct tcphs_error *error)
{
	RsvgRectangle room = {0, 0, drawing->width, drawing->height};
	cairo_t *cairo = cairo_create(surface);
	bool done;

	cairo_scale(cairo, scale, scale);
	done = rsvg_handle_render_document(drawing->handle, cairo, &room, NULL) &&
	       cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
	cairo_destroy(cairo);
	if (!done)
		tcphs_error_set(error, TCPHS_NOMEM, "librsvg can't draw the picture; try svg");
	return done;
}

static bool check(cairo_status_t status, struct tcphs_error *error)
{
	if (status == CAIRO_STATUS_SUCCESS)
		return true;
	if (error == NULL || error->text[0] == '\0')
		tcphs_error_set(error, TCPHS_USAGE, "the picture can't be written: %s",
		                cairo_status_to_string(status));
	return false;
}

static bool draw_png(const struct drawing *drawing, struct tcphs_error *error)
{
	double scale = drawing->height * SCALE > SIDE_MAX ? SIDE_MAX / drawing->height : SCALE;
	cairo_surface_t *surface;
	bool done;

	if (scale < 1) {
		tcphs_error_set(
		    error, TCPHS_USAGE,
		    "%zu connections are too many for one png; select fewer with -Y, or "
		    "use svg or html",
		    drawing->document->ladders);
		return false;
	}
	surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(drawing->width * scale),
	                                     (int)(drawing->height * scale));
	done =
	    check(cairo_surface_status(surface), error) && draw(drawing, surface, scale, error) &&
	    check(cairo_surface_write_to_png_stream(surface, put_octets, &drawing->document->sink),
	          error);
	cairo_surface_destroy(surface);
	return done;
}

static bool draw_pdf(const struct drawing *drawing, struct tcphs_error *error)
{
	double scale = drawing->height * POINT > PDF_HEIGHT ? PDF_HEIGHT / drawing->height : POINT;
	const char *title = drawing->document->options.title;
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
	    put_octets, &drawing->document->sink, drawing->width * scale, drawing->height * scale);
	bool done;

	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
	                               title != NULL ? title : "TCP ladder");
	/* No date of making: the same input gives the same file. */
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
	done = draw(drawing, surface, scale, error);
	cairo_surface_finish(surface);
	done = done && check(cairo_surface_status(surface), error);
	cairo_surface_destroy(surface);
	return done;
}

static bool end_with(void *opaque, bool (*make)(const struct drawing *, struct tcphs_error *),
                     struct tcphs_error *error)
{
	struct svg_state *state = opaque;
	struct drawing drawing = {.document = &state->document};
	GError *reason = NULL;
	bool done = svg_assemble(state, error);

	if (done) {
		const struct text *text = &state->document.text;

		drawing.handle =
		    rsvg_handle_new_from_data((const guint8 *)text->data, text->length, &reason);
		done = drawing.handle != NULL &&
		       rsvg_handle_get_intrinsic_size_in_pixels(drawing.handle, &drawing.width,
		                                                &drawing.height);
		if (!done)
			tcphs_error_set(error, TCPHS_NOMEM, "librsvg can't read the picture: %s",
			                reason != NULL ? reason->message : "no size");
		else
			done = make(&drawing, error);
	}
	if (drawing.handle != NULL)
		g_object_unref(drawing.handle);
	g_clear_error(&reason);
	svg_free(state);
	return done;
}

static bool png_end(void *state, struct tcphs_error *error)
{
	return end_with(state, draw_png, error);
}

static bool pdf_end(void *state, struct tcphs_error *error)
{
	return end_with(state, draw_pdf, error);
}

#define picture_begin svg_begin

#else

static bool picture_begin(void **state, const struct tcphs_render_options *options,
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

#define pdf_end png_end

#endif

const struct tcphs_format png_format = {
    .name = "png",
    .extension = ".png",
    .help = "the svg as an image",
    .binary = true,
    .begin = picture_begin,
    .ladder = svg_ladder,
    .end = png_end,
};

const struct tcphs_format pdf_format = {
    .name = "pdf",
    .extension = ".pdf",
    .help = "the svg as a document to print",
    .binary = true,
    .begin = picture_begin,
    .ladder = svg_ladder,
    .end = pdf_end,
};
