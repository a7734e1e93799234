/* SPDX-License-Identifier: BSD-3-Clause */
#include "render/format.h"

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/utf8.h"

bool out_of_memory(struct tcphs_error *error)
{
	tcphs_error_set(error, TCPHS_NOMEM,
	                "memory is exhausted while drawing; select fewer connections with -Y");
	return false;
}

void *document_new(size_t size, const struct tcphs_render_options *options,
                   const struct tcphs_sink *sink, struct tcphs_error *error)
{
	struct document *document = calloc(1, size);

	if (document == NULL) {
		out_of_memory(error);
		return NULL;
	}
	if (options != NULL)
		document->options = *options;
	document->sink = *sink;
	return document;
}

bool document_flush(struct document *document, struct tcphs_error *error)
{
	struct text *text = &document->text;
	bool done = !text->failed;

	if (!done)
		return out_of_memory(error);
	if (text->length > 0 &&
	    !document->sink.write(document->sink.context, text->data, text->length)) {
		tcphs_error_set(error, TCPHS_USAGE, "the output can't be written");
		done = false;
	}
	text_clear(text);
	return done;
}

void document_free(struct document *document)
{
	if (document != NULL)
		text_free(&document->text);
	free(document);
}

const char *document_encapsulation(const struct document *document,
                                   const struct tcphs_connection *connection)
{
	static const char *const plain[] = {"eth.ip",  "eth.ipv4", "eth.ipv6",
	                                    "eth.ip6", "ip",       "ip6"};
	const char *path;

	if (document->options.encapsulation == NULL)
		return NULL;
	path = document->options.encapsulation(document->options.context, connection->encap);
	for (size_t i = 0; path != NULL && i < sizeof(plain) / sizeof(plain[0]); i++)
		if (strcmp(path, plain[i]) == 0)
			return NULL;
	return path != NULL && *path != '\0' ? path : NULL;
}

void text_add_xml(struct text *text, const char *string)
{
	struct text safe = {0};

	text_add_escaped(&safe, string, strlen(string));
	text->failed |= safe.failed;
	for (const char *at = safe.data; at != NULL && *at != '\0'; at++) {
		switch (*at) {
		case '&':
			text_add(text, "&amp;");
			break;
		case '<':
			text_add(text, "&lt;");
			break;
		case '>':
			text_add(text, "&gt;");
			break;
		case '"':
			text_add(text, "&quot;");
			break;
		case '\'':
			text_add(text, "&#39;");
			break;
		default:
			text_add_octets(text, at, 1);
		}
	}
	text_free(&safe);
}

void text_add_wrapped(struct text *text, const char *string, unsigned width, const char *indent)
{
	size_t length = strlen(string), lead = 0;

	while (length > 0) {
		size_t fits = utf8_fit(string, length, width > lead + 8 ? width - lead : 8, NULL);
		size_t cut = fits;

		while (cut < length && cut > 0 && string[cut] != ' ')
			cut--;
		if (cut == 0)
			cut = fits > 0 ? fits : length;
		text_add_octets(text, string, cut);
		text_add(text, "\n");
		while (cut < length && string[cut] == ' ')
			cut++;
		string += cut;
		length -= cut;
		if (length > 0)
			text_add(text, indent);
		lead = strlen(indent);
	}
}
