/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One page that needs nothing else: each ladder as a picture, below it every step in words.
 * Without JavaScript all is shown; with it the steps can be walked through. Written ladder by
 * ladder, so that a long page costs no memory.
 */
#include "render/format.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <tcphs/diagnosis.h>

#include "render/elements.h"
#include "render/html_page.h"
#include "render/picture.h"

static bool html_begin(void **state, const struct tcphs_render_options *options,
                       const struct tcphs_sink *sink, struct tcphs_error *error)
{
	struct document *document = document_new(sizeof(*document), options, sink, error);
	struct text *out;

	*state = document;
	if (document == NULL)
		return false;
	out = &document->text;
	text_addf(out,
	          "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	          "style-src 'unsafe-inline'; script-src '%s'; base-uri 'none'; "
	          "form-action 'none'\">\n<meta name=\"generator\" content=\"tcphs\">\n<title>",
	          html_script_hash);
	text_add_xml(out,
	             document->options.title != NULL ? document->options.title : "TCP ladders");
	text_add(out, "</title>\n<style>");
	text_add(out, html_style);
	picture_style(out);
	text_add(out, "</style>\n</head>\n<body>\n<h1>");
	text_add_xml(out,
	             document->options.title != NULL ? document->options.title : "TCP ladders");
	text_add(out,
	         "</h1>\n<p class=\"dimmed\">The client's lifeline stands at the left, the "
	         "server's at the right; time runs down. A state with ? is assumed, one without "
	         "is proven. ✓ and ✗ are the verdict on the numbers before them.<span "
	         "class=\"js-only\"> Keys: → next step, ← back, Esc all.</span></p>\n");
	return document_flush(document, error);
}

static void add_picture(struct text *out, const struct tcphs_ladder *ladder, bool narrow)
{
	struct picture_options options = {.steps = true, .narrow = narrow, .top = 4};
	struct text body = {0};
	double height = picture_draw(&body, ladder, &options) + 4;
	char title[256];

	tcphs_ladder_title(ladder, false, title, sizeof(title));
	text_addf(out, "<svg class=\"%s\" role=\"img\" aria-label=\"", narrow ? "narrow" : "wide");
	text_add_xml(out, title);
	text_addf(out, "\" viewBox=\"0 0 %d ", narrow ? PICTURE_NARROW : PICTURE_WIDTH);
	add_coordinate(out, height);
	text_add(out, "\">\n");
	out->failed |= body.failed;
	if (body.length > 0)
		text_add_octets(out, body.data, body.length);
	text_add(out, "</svg>\n");
	text_free(&body);
}

static const char *severity_class(const struct tcphs_ladder *ladder, const struct tcphs_line *line)
{
	const struct tcphs_analysis *analysis = ladder->analysis;

	if (line->kind != TCPHS_LINE_REMARK)
		return "step";
	return tcphs_severity_name(analysis->diagnosis[line->diagnosis].severity);
}

/* The first line of an explanation is its heading, the others are sentences. */
static void add_step(struct text *out, const struct tcphs_ladder *ladder, size_t index)
{
	char text[4096];
	const char *tag = "h3";

	text_addf(out, "<li class=\"r-%s\" data-step=\"c%" PRIu64 "s%zu\">",
	          severity_class(ladder, &ladder->line[index]), ladder->analysis->connection.id,
	          index);
	tcphs_ladder_explain(ladder, index, false, text, sizeof(text));
	for (char *at = text; *at != '\0'; tag = "p") {
		char *end = at + strcspn(at, "\n");
		bool more = *end != '\0';

		*end = '\0';
		text_addf(out, "<%s>", tag);
		text_add_xml(out, at);
		text_addf(out, "</%s>\n", tag);
		at = end + more;
	}
	text_add(out, "</li>\n");
}

static void add_heading(struct text *out, const struct document *document,
                        const struct tcphs_ladder *ladder)
{
	const struct tcphs_connection *connection = &ladder->analysis->connection;
	const char *path = document_encapsulation(document, connection);
	char text[TCPHS_VERDICT_MAX];

	text_addf(out, "<section id=\"c%" PRIu64 "\">\n<h2>", connection->id);
	tcphs_ladder_title(ladder, false, text, sizeof(text));
	text_add_xml(out, text);
	text_add(out, "</h2>\n<p><strong>");
	tcphs_ladder_summary(ladder, false, text, sizeof(text));
	text_add_xml(out, text);
	text_add(out, "</strong>");
	if (path != NULL) {
		text_add(out, " · in ");
		text_add_xml(out, path);
	}
	text_add(out, "</p>\n<p>");
	tcphs_connection_verdict(connection, text, sizeof(text));
	text_add_xml(out, text);
	text_add(out, "</p>\n");
}

static bool html_ladder(void *opaque, const struct tcphs_ladder *ladder, struct tcphs_error *error)
{
	struct document *document = opaque;
	struct text *out = &document->text;

	document->ladders++;
	add_heading(out, document, ladder);
	text_add(out, "<figure>\n");
	add_picture(out, ladder, false);
	add_picture(out, ladder, true);
	text_add(out, "</figure>\n<div class=\"panel\"><div class=\"controls\">"
	              "<button type=\"button\" data-do=\"back\">← Back</button>"
	              "<button type=\"button\" data-do=\"next\">Next →</button>"
	              "<button type=\"button\" data-do=\"all\">All</button>"
	              "<span class=\"where dimmed\"></span></div>\n"
	              "<ol class=\"steps\" aria-live=\"polite\">\n");
	for (size_t i = 0; i < ladder->lines; i++)
		if (!ladder->line[i].more)
			add_step(out, ladder, i);
	text_add(out, "</ol>\n</div>\n</section>\n");
	return document_flush(document, error);
}

static bool html_end(void *opaque, struct tcphs_error *error)
{
	struct document *document = opaque;
	bool done = true;

	if (document != NULL) {
		text_add(&document->text, "<script>");
		text_add(&document->text, html_script);
		text_add(&document->text, "</script>\n</body>\n</html>\n");
		done = document_flush(document, error);
	}
	document_free(document);
	return done;
}

const struct tcphs_format html_format = {
    .name = "html",
    .extension = ".html",
    .help = "a page to step through, with every segment explained",
    .begin = html_begin,
    .ladder = html_ladder,
    .end = html_end,
};
