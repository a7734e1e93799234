/* SPDX-License-Identifier: BSD-3-Clause */
/* What the formats share. Each is one const struct, in the array of formats.c. */
#ifndef RENDER_FORMAT_H
#define RENDER_FORMAT_H

#include <tcphs/render.h>

#include "base/text.h"

extern const struct tcphs_format text_format;
extern const struct tcphs_format ascii_format;
extern const struct tcphs_format svg_format;
extern const struct tcphs_format mermaid_format;
extern const struct tcphs_format plantuml_format;
extern const struct tcphs_format html_format;
extern const struct tcphs_format png_format;
extern const struct tcphs_format pdf_format;

/* What every format's state begins with. */
struct document {
	struct tcphs_render_options options;
	struct tcphs_sink sink;
	struct text text; /* what is not yet written */
	size_t ladders;   /* or hosts, drawn so far */
};

/* A zeroed state of `size` octets that begins with a document; NULL and an error otherwise. */
void *document_new(size_t size, const struct tcphs_render_options *options,
                   const struct tcphs_sink *sink, struct tcphs_error *error);
/* Writes what is waiting. False, with an error, if memory was short or the sink refuses. */
bool document_flush(struct document *document, struct tcphs_error *error);
void document_free(struct document *document); /* NULL is fine */
bool out_of_memory(struct tcphs_error *error); /* fills the error, returns false */

/* "eth.vlan[7].ip", or NULL where it says nothing beyond Ethernet and IP. */
const char *document_encapsulation(const struct document *document,
                                   const struct tcphs_connection *connection);

/* Text for XML and HTML: made printable, then & < > " ' replaced. */
void text_add_xml(struct text *text, const char *string);
/* Appends text broken at spaces into lines of at most `width` columns, each ended by '\n' and,
 * from the second on, begun by `indent`. */
void text_add_wrapped(struct text *text, const char *string, unsigned width, const char *indent);

#endif
