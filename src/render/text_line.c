/* SPDX-License-Identifier: BSD-3-Clause */
#include "render/text_line.h"

/* Select Graphic Rendition for each style; "" is the terminal's own. Weight carries what
 * matters, colour only repeats it. */
static const char *const sgr[TCPHS_S_COUNT] = {
    [TCPHS_S_PLAIN] = "",          [TCPHS_S_DIM] = "2",          [TCPHS_S_TITLE] = "1",
    [TCPHS_S_TIME] = "2",          [TCPHS_S_LIFELINE] = "2",     [TCPHS_S_STATE] = "2",
    [TCPHS_S_STATE_CHANGED] = "1", [TCPHS_S_STATE_ASSUMED] = "", [TCPHS_S_ARROW_SYN] = "36",
    [TCPHS_S_ARROW_ACK] = "",      [TCPHS_S_ARROW_DATA] = "2",   [TCPHS_S_ARROW_FIN] = "33",
    [TCPHS_S_ARROW_RST] = "31",    [TCPHS_S_OK] = "1;32",        [TCPHS_S_NOTE] = "36",
    [TCPHS_S_WARNING] = "1;33",    [TCPHS_S_ERROR] = "1;31",     [TCPHS_S_BRACKET] = "35",
};

void text_style_add(struct text *text, enum tcphs_style style, bool color, const char *octets,
                    size_t count)
{
	color = color && sgr[style][0] != '\0';
	if (color)
		text_addf(text, "\033[%sm", sgr[style]);
	text_add_octets(text, octets, count);
	if (color)
		text_add(text, "\033[0m");
}

void text_line_add(struct text *text, const struct tcphs_ladder *ladder, size_t index,
                   unsigned width, bool ascii, bool color)
{
	struct tcphs_spans spans;
	size_t count;

	tcphs_ladder_layout(ladder, index, width, ascii, &spans);
	count = spans.count;
	/* No blanks at the end of a line: diffs and editors mind them. */
	while (count > 0) {
		struct tcphs_span *last = &spans.span[count - 1];

		while (last->length > 0 && last->text[last->length - 1] == ' ')
			last->length--;
		if (last->length > 0)
			break;
		count--;
	}
	for (size_t i = 0; i < count; i++)
		text_style_add(text, spans.span[i].style, color, spans.span[i].text,
		               spans.span[i].length);
	text_add(text, "\n");
}
