/* SPDX-License-Identifier: BSD-3-Clause */
/* A PDF of pages that are drawn as SVG, an A4 sheet each: PAGE_WIDTH by PAGE_HEIGHT units. */
#ifndef RENDER_PAGES_H
#define RENDER_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <tcphs/error.h>
#include <tcphs/render.h>

#define PAGE_WIDTH  794.0 /* of 1/96 inch */
#define PAGE_HEIGHT 1123.0

struct pages;

/* NULL and an error that says what to install, without librsvg. `sink` is borrowed. */
struct pages *pages_open(const char *title, const struct tcphs_sink *sink,
                         struct tcphs_error *error);
bool pages_add(struct pages *pages, const char *svg, size_t length, struct tcphs_error *error);
/* Writes what is left, and frees. NULL is fine, and false. */
bool pages_close(struct pages *pages, struct tcphs_error *error);

#endif
