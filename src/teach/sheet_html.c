/* SPDX-License-Identifier: BSD-3-Clause */
/* A worksheet as a web page: no script, nothing fetched, made to be printed on A4 or Letter. */
#include "render/format.h"
#include "teach/sheet_form.h"

#define SHORT_LINES 25 /* a ladder of so many stays on one page */

/* Arrows are borders: browsers do not print backgrounds. */
static const char style[] =
    "body{font:14px/1.4 sans-serif;max-width:50em;margin:2em auto;padding:0 1em;color:#000;"
    "background:#fff}"
    "h1,h2{overflow-wrap:anywhere}h1{font-size:1.5em}h2{font-size:1.15em;margin:1.8em 0 0}"
    "p{margin:.6em 0}.note{margin:.2em 0}"
    "table{border-collapse:collapse;width:100%;margin:.6em 0 2em}"
    "td,th{padding:.2em .6em;text-align:left;vertical-align:bottom;white-space:nowrap}"
    ".packet{color:#666;font-size:.85em;font-weight:normal;width:1%}"
    "td.packet,td.client,td.server{position:relative;top:.65em}"
    "th.client,td.client{text-align:right}"
    ".segment{width:60%;text-align:center}"
    "td.segment{border:solid #000;border-width:0 1px;padding:.4em 0 0}"
    ".arrow{position:relative;padding:0 1.2em .3em}"
    ".arrow i{position:absolute;bottom:0;left:0;right:0;border-bottom:1.5px solid #000}"
    ".arrow i::after{content:\"\";position:absolute;right:0;bottom:-5px;border:solid transparent;"
    "border-width:4.5px 0 4.5px 9px;border-left-color:#000}"
    ".from i::after{right:auto;left:0;border-width:4.5px 9px 4.5px 0;border-color:transparent #000}"
    ".late i::before{content:\"\";position:absolute;right:1.8em;bottom:-7px;height:13px;"
    "border-right:1.5px solid #000;transform:skewX(30deg)}"
    ".late.from i::before{right:auto;left:1.8em;transform:skewX(-30deg)}"
    ".lost i{right:25%}.lost.from i{left:25%;right:0}"
    ".lost i::after{content:\"\\2715\";border:0;right:-.5em;bottom:-.75em;line-height:1.5;"
    "font-style:normal}.lost.from i::after{right:auto;left:-.5em}"
    "td.run{color:#666;font-size:.85em;padding:.9em .6em .3em}"
    ".blank{display:inline-block;min-width:7em;border-bottom:1px solid #000;text-align:left}"
    ".number{min-width:4em}.blank small,.answer small{color:#666;margin-right:.4em}"
    ".answer small{font-weight:normal}"
    ".name{min-width:20em}.answer{font-weight:bold}"
    ".way{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}"
    "@media screen{section{overflow-x:auto;overflow-y:hidden}}"
    "@page{margin:15mm}"
    "@media print{body{margin:0;padding:0;max-width:none;font-size:10pt}"
    "tr,.short{break-inside:avoid}h2,.note,thead{break-after:avoid}}";

static void begin(struct sheet *sheet, const char *title)
{
	struct text *out = &sheet->out;

	text_add(out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
	              "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
	text_addf(out, "%s: ", sheet_kind(sheet));
	text_add_xml(out, title);
	text_addf(out, "</title>\n<style>%s</style></head><body>\n<h1>%s: ", style,
	          sheet_kind(sheet));
	text_add_xml(out, title);
	text_addf(out, "</h1>\n%s<p>%s</p>\n",
	          sheet->key ? "" : "<p>Name: <span class=\"blank name\"></span></p>\n",
	          sheet_instructions);
	if (!sheet->key)
		text_addf(out, "<p>%s</p>\n", sheet_unchanged);
}

static void field(struct sheet *sheet, struct text *out, const char *answer, bool state)
{
	if (sheet->key) {
		text_addf(out, "<span class=\"answer\"><small>(%u)</small>", sheet->blanks);
		text_add_xml(out, answer);
		text_add(out, "</span>");
	} else {
		text_addf(out, "<span class=\"blank%s\"><small>(%u)</small></span>",
		          state ? "" : " number", sheet->blanks);
	}
}

static void add_note(struct text *out, const char *words)
{
	if (words == NULL)
		return;
	text_add(out, "<p class=\"note\">");
	text_add_xml(out, words);
	text_add(out, "</p>\n");
}

static void head(struct sheet *sheet, const struct tcphs_ladder *ladder, const char *isns,
                 const char *legend)
{
	struct text *out = &sheet->out;
	char title[256];

	tcphs_ladder_title(ladder, false, title, sizeof(title));
	text_addf(out, "<section%s><h2>", ladder->lines <= SHORT_LINES ? " class=\"short\"" : "");
	text_add_xml(out, title);
	text_add(out, "</h2>\n");
	add_note(out, isns);
	add_note(out, legend);
	text_add(out, "<table><thead><tr><th class=\"packet\">packet</th>"
	              "<th class=\"client\">client</th><th class=\"segment\">segment</th>"
	              "<th class=\"server\">server</th></tr></thead><tbody>\n");
}

static void segment(struct sheet *sheet, const struct tcphs_row *row,
                    const struct sheet_parts *parts)
{
	const bool to_server = row->from == TCPHS_CLIENT;

	text_addf(&sheet->out,
	          "<tr><td class=\"packet\">%s</td><td class=\"client\">%s</td>"
	          "<td class=\"segment\"><div class=\"arrow%s%s%s\"><i></i>"
	          "<span class=\"way\">to the %s%s: </span>%s</div></td>"
	          "<td class=\"server\">%s</td></tr>\n",
	          parts->packet, parts->left.data, to_server ? "" : " from",
	          row->late ? " late" : "", row->fate == TCPHS_LOST ? " lost" : "",
	          to_server ? "server" : "client", row->fate == TCPHS_LOST ? ", lost" : "",
	          parts->label.data, parts->right.data);
}

static void run(struct sheet *sheet, const char *words)
{
	text_addf(&sheet->out,
	          "<tr><td></td><td></td><td class=\"segment run\">%s</td><td></td></tr>\n", words);
}

static void foot(struct sheet *sheet)
{
	text_add(&sheet->out, "</tbody></table></section>\n");
}

static void end(struct sheet *sheet)
{
	text_add(&sheet->out, "</body></html>\n");
}

const struct sheet_form sheet_as_html = {true, begin, field, head, segment, run, foot, end};
