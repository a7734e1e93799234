/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The ladder: from a connection's analysis to lines, and from a line to styled spans of text.
 *
 * Every picture (text, ASCII, ncurses; SVG and HTML take the lines) draws these lines, so that
 * one golden text proves them all. Building decides what is shown (folding, relative numbers,
 * remarks); layout decides where it stands for a width. Neither computes protocol.
 */
#ifndef TCPHS_LADDER_H
#define TCPHS_LADDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tcphs/connection.h>

#ifdef __cplusplus
extern "C" {
#endif

enum tcphs_time_mode { TCPHS_TIME_RELATIVE, TCPHS_TIME_DELTA, TCPHS_TIME_LOCAL, TCPHS_TIME_UTC };

struct tcphs_ladder_options {
	bool raw;      /* absolute sequence numbers */
	bool no_fold;  /* runs of quiet rows are not folded */
	bool numeric;  /* no service names */
	bool redact;   /* addresses are replaced consistently */
	bool gaps;     /* show long silences as lines of their own */
	enum tcphs_time_mode time;
};

enum tcphs_line_kind {
	TCPHS_LINE_SEGMENT, /* row `row` */
	TCPHS_LINE_RUN,     /* rows row..last_row folded, or a run the tracker folded */
	TCPHS_LINE_REMARK,  /* diagnosis `diagnosis`, under its row */
	TCPHS_LINE_GAP,     /* a silence of `gap` ns */
};

enum tcphs_bracket { TCPHS_BRACKET_NONE, TCPHS_BRACKET_FIRST, TCPHS_BRACKET_INSIDE, TCPHS_BRACKET_LAST, TCPHS_BRACKET_ONLY };

struct tcphs_line {
	uint8_t kind;      /* enum tcphs_line_kind */
	uint8_t bracket;   /* enum tcphs_bracket: of the open's or the close's handshake */
	uint8_t part;      /* 0 none, 1 the open, 2 the close */
	bool changed[2];   /* the state of [client], [server] differs from the line above */
	uint32_t row, last_row; /* indices in the analysis */
	uint32_t diagnosis;
	int64_t gap;
	char label[96];    /* what stands on the arrow: "SYN-ACK  seq 0 ack 1 ✓"; UTF-8, escaped */
};

struct tcphs_ladder {
	const struct tcphs_analysis *analysis; /* borrowed: must outlive the ladder */
	struct tcphs_ladder_options options;
	struct tcphs_line *line;
	size_t lines;
	char title[192];    /* "#1  10.77.0.1:40000 → 10.77.0.2:http  three-way open 11.2 ms · …" */
	char verdict[512];  /* the verdict sentence */
};

/* Builds into *ladder (zero-initialised or used before). False if memory is exhausted. */
bool tcphs_ladder_build(struct tcphs_ladder *ladder, const struct tcphs_analysis *analysis,
			const struct tcphs_ladder_options *options);
void tcphs_ladder_free(struct tcphs_ladder *ladder); /* leaves an empty one */

/* How a span of text is to stand out. A terminal maps them to attributes, text ignores them. */
enum tcphs_style {
	TCPHS_S_PLAIN,
	TCPHS_S_DIM,
	TCPHS_S_TITLE,
	TCPHS_S_TIME,
	TCPHS_S_LIFELINE,
	TCPHS_S_STATE,         /* unchanged */
	TCPHS_S_STATE_CHANGED,
	TCPHS_S_STATE_ASSUMED, /* unchanged or not, but not certain */
	TCPHS_S_ARROW_SYN,
	TCPHS_S_ARROW_ACK,
	TCPHS_S_ARROW_DATA,
	TCPHS_S_ARROW_FIN,
	TCPHS_S_ARROW_RST,
	TCPHS_S_OK,
	TCPHS_S_NOTE,
	TCPHS_S_WARNING,
	TCPHS_S_ERROR,
	TCPHS_S_BRACKET,
	TCPHS_S_COUNT,
};

struct tcphs_span {
	uint8_t style;    /* enum tcphs_style */
	uint16_t columns; /* terminal cells it takes */
	const char *text; /* UTF-8 or ASCII, not NUL-terminated */
	uint16_t length;  /* octets */
};

#define TCPHS_SPANS_MAX 24
struct tcphs_spans {
	struct tcphs_span span[TCPHS_SPANS_MAX];
	size_t count;
	char text[1024]; /* what the spans point into */
};

/* Lays out line `index` (or, with SIZE_MAX, the two column heads) for `width` columns ≥ 40.
 * ascii: only ASCII glyphs. The spans together take at most `width` columns. */
void tcphs_ladder_layout(const struct tcphs_ladder *ladder, size_t index, unsigned width,
			 bool ascii, struct tcphs_spans *spans);

/* What the segment of `row` does, in plain words, one sentence a line: what it says, its
 * arithmetic in this connection's numbers, the states it moves with their RFC sections.
 * As snprintf. ascii: ok/BAD instead of ✓/✗. */
size_t tcphs_ladder_explain(const struct tcphs_ladder *ladder, size_t row, bool ascii, char *text,
			    size_t size);

/* "10.0.0.1:http", "[fd00::1]:443"; numeric: no service name. As snprintf. */
size_t tcphs_endpoint_text(const struct tcphs_endpoint *endpoint, bool numeric, char *text,
			   size_t size);
/* "11.1ms", "1.02s", "3m20s", "-" if negative. As snprintf. */
size_t tcphs_duration_text(int64_t nanoseconds, char *text, size_t size);

#ifdef __cplusplus
}
#endif
#endif
