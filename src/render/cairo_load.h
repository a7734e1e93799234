/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * librsvg and cairo, loaded when a picture is asked for: with them come some fifty libraries,
 * which the start of a program that draws none shouldn't wait for.
 */
#ifndef RENDER_CAIRO_LOAD_H
#define RENDER_CAIRO_LOAD_H

#include <cairo-pdf.h>
#include <librsvg/rsvg.h>
#include <stdbool.h>
#include <tcphs/error.h>

/* Every function of these libraries that is called. */
#define CAIRO_FUNCTIONS(X)                                                                         \
	X(cairo_create)                                                                            \
	X(cairo_destroy)                                                                           \
	X(cairo_image_surface_create)                                                              \
	X(cairo_pdf_surface_create_for_stream)                                                     \
	X(cairo_pdf_surface_set_metadata)                                                          \
	X(cairo_pdf_surface_set_size)                                                              \
	X(cairo_scale)                                                                             \
	X(cairo_status)                                                                            \
	X(cairo_status_to_string)                                                                  \
	X(cairo_surface_destroy)                                                                   \
	X(cairo_surface_finish)                                                                    \
	X(cairo_surface_show_page)                                                                 \
	X(cairo_surface_status)                                                                    \
	X(cairo_surface_write_to_png_stream)                                                       \
	X(g_clear_error)                                                                           \
	X(g_object_unref)                                                                          \
	X(rsvg_handle_get_intrinsic_size_in_pixels)                                                \
	X(rsvg_handle_new_from_data)                                                               \
	X(rsvg_handle_render_document)

/* A pointer for each, with the type and the name that it has in the headers. */
struct cairo_calls {
#define CAIRO_POINTER(name) __typeof__(name) *name;
	CAIRO_FUNCTIONS(CAIRO_POINTER)
#undef CAIRO_POINTER
};

/* Fills `calls`; the libraries stay loaded until the program ends. */
bool cairo_load(struct cairo_calls *calls, struct tcphs_error *error);

#endif
