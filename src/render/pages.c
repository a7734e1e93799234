/* SPDX-License-Identifier: BSD-3-Clause */
#include "render/pages.h"

#include "render/svg.h"

#ifdef TCPHS_HAVE_RSVG

#include "render/cairo_load.h"

#include <stdlib.h>

#define POINT 0.75 /* points for a unit of 1/96 inch */

struct pages {
	struct cairo_calls calls;
	const struct tcphs_sink *sink;
	cairo_surface_t *surface;
};

static cairo_status_t put_octets(void *context, const unsigned char *octets, unsigned count)
{
	const struct tcphs_sink *sink = context;

	return sink->write(sink->context, (const char *)octets, count) ? CAIRO_STATUS_SUCCESS
	                                                               : CAIRO_STATUS_WRITE_ERROR;
}

static bool check(const struct pages *pages, struct tcphs_error *error)
{
	const cairo_status_t status = pages->calls.cairo_surface_status(pages->surface);

	if (status == CAIRO_STATUS_SUCCESS)
		return true;
	tcphs_error_set(error, TCPHS_USAGE, "the pdf can't be written: %s",
	                pages->calls.cairo_status_to_string(status));
	return false;
}

struct pages *pages_open(const char *title, const struct tcphs_sink *sink,
                         struct tcphs_error *error)
{
	struct pages *pages = calloc(1, sizeof(*pages));
	const struct cairo_calls *calls;

	if (pages == NULL) {
		out_of_memory(error);
		return NULL;
	}
	if (!cairo_load(&pages->calls, error)) {
		free(pages);
		return NULL;
	}
	calls = &pages->calls;
	pages->sink = sink;
	pages->surface = calls->cairo_pdf_surface_create_for_stream(
	    put_octets, (void *)(uintptr_t)sink, PAGE_WIDTH * POINT, PAGE_HEIGHT * POINT);
	calls->cairo_pdf_surface_set_metadata(pages->surface, CAIRO_PDF_METADATA_TITLE, title);
	/* No date of making: the same input gives the same file. */
	calls->cairo_pdf_surface_set_metadata(pages->surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
	return pages;
}

bool pages_add(struct pages *pages, const char *svg, size_t length, struct tcphs_error *error)
{
	const struct cairo_calls *calls = &pages->calls;
	RsvgRectangle room = {0, 0, PAGE_WIDTH, PAGE_HEIGHT};
	GError *reason = NULL;
	RsvgHandle *handle = calls->rsvg_handle_new_from_data((const guint8 *)svg, length, &reason);
	cairo_t *cairo = calls->cairo_create(pages->surface);
	bool done;

	calls->cairo_scale(cairo, POINT, POINT);
	done = handle != NULL && calls->rsvg_handle_render_document(handle, cairo, &room, NULL);
	calls->cairo_destroy(cairo);
	if (!done)
		tcphs_error_set(error, TCPHS_NOMEM, "librsvg can't draw the page: %s",
		                reason != NULL ? reason->message : "it doesn't say why");
	calls->g_clear_error(&reason);
	if (handle != NULL)
		calls->g_object_unref(handle);
	calls->cairo_surface_show_page(pages->surface);
	return done && check(pages, error);
}

bool pages_close(struct pages *pages, struct tcphs_error *error)
{
	bool done;

	if (pages == NULL)
		return false;
	pages->calls.cairo_surface_finish(pages->surface);
	done = check(pages, error);
	pages->calls.cairo_surface_destroy(pages->surface);
	free(pages);
	return done;
}

#else

struct pages *pages_open(const char *title, const struct tcphs_sink *sink,
                         struct tcphs_error *error)
{
	(void)title;
	(void)sink;
	tcphs_error_set(error, TCPHS_USAGE,
	                "this tcphs was built without librsvg: install librsvg2-dev (Debian), "
	                "librsvg2-devel (Fedora) or librsvg and build again, or write .html");
	return NULL;
}

bool pages_add(struct pages *pages, const char *svg, size_t length, struct tcphs_error *error)
{
	(void)pages;
	(void)svg;
	(void)length;
	(void)error;
	return false;
}

bool pages_close(struct pages *pages, struct tcphs_error *error)
{
	(void)pages;
	(void)error;
	return false;
}

#endif
