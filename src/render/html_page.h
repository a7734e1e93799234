/* SPDX-License-Identifier: BSD-3-Clause */
/* The constant parts of the page: its style and its script. */
#ifndef RENDER_HTML_PAGE_H
#define RENDER_HTML_PAGE_H

extern const char html_style[];
extern const char html_script[];
/* "sha256-…" of html_script, for the page's Content-Security-Policy; a test holds it to that. */
extern const char html_script_hash[];

#endif
