/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The ladder: from a connection's analysis to lines, and from a line to styled spans of text.
 *
 * Every picture (text, ASCII, ncurses; SVG and HTML take the lines) draws these lines, so that
 * one golden text proves them all. Building decides what is shown (folding, relative numbers,
 * remarks); layout decides where it stands for a width. Neither computes protocol.
 *
 *     tcphs_ladder_build(&ladder, &analysis, &options);
 *     for (i = 0; i < ladder.lines; i++)
 *             tcphs_ladder_layout(&ladder, i, width, ascii, &spans);
 *
 * All texts are UTF-8 (with `ascii`: ASCII), escaped, without line breaks unless said so.
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

/* How the time between two lines is shown, beside the column of times. */
enum tcphs_gaps {
	TCPHS_GAPS_EVEN,     /* not at all */
	TCPHS_GAPS_SILENCES, /* a line for every silence of a second or more */
	TCPHS_GAPS_SCALE,    /* to scale: the more lines, the longer, logarithmically */
};

struct tcphs_ladder_options {
	bool raw;      /* absolute sequence numbers */
	bool no_fold;  /* runs of quiet rows are not folded */
	bool numeric;  /* no service names */
	bool names;    /* where the margin has no room for a bracket's name, its first word stands
	                * above the bracket, on a line that has no time */
	uint8_t gaps;  /* enum tcphs_gaps */
	unsigned wrap; /* remarks are broken into lines for this width; 0: one line each */
	uint64_t unfold_first, unfold_last; /* packets that are not folded; 0, 0: none */
	/* So many of the last rows are not to be given away by what stands above. */
	uint32_t hidden;
	enum tcphs_time_mode time;
	/* What packets are called behind their #, as tcphs_source_packet_name(); NULL: numbers. */
	size_t (*packet_name)(const void *context, uint64_t packet, char *text, size_t size);
	/* The comment on a packet, and the interface by which it came, "" if there is none: as
	 * tcphs_source_comment_on() and tcphs_source_interface_of(). NULL: they are not told. */
	const char *(*packet_comment)(const void *context, uint64_t packet);
	const char *(*packet_interface)(const void *context, uint64_t packet);
	const void *packet_context;
	/* A row's segment as tcphs_session_header() read it again, for tcphs_ladder_explain() of its
	 * line; or why that could not be. NULL: neither is told. */
	const struct tcphs_segment *header;
	const char *no_header;
};

enum tcphs_line_kind {
	TCPHS_LINE_START,   /* the states before the first row, which is `row` */
	TCPHS_LINE_SEGMENT, /* row `row` */
	TCPHS_LINE_RUN,     /* rows row..last_row folded, or a run the tracker folded */
	TCPHS_LINE_REMARK, /* diagnosis `diagnosis`, under its row; or a further line of its text */
	TCPHS_LINE_GAP,    /* `gap` ns before `row`; to scale, further lines of it follow */
	TCPHS_LINE_DROPPED, /* rows beyond the tracker's cap were only counted */
	TCPHS_LINE_END, /* the states when the capture ends, behind the last row, which is `row`;
	                 * only where they are not that row's */
};

enum tcphs_bracket {
	TCPHS_BRACKET_NONE,
	TCPHS_BRACKET_FIRST,
	TCPHS_BRACKET_INSIDE,
	TCPHS_BRACKET_LAST,
	TCPHS_BRACKET_ONLY,
};
enum tcphs_part { TCPHS_PART_NONE, TCPHS_PART_OPEN, TCPHS_PART_CLOSE };

struct tcphs_line {
	uint8_t kind;    /* enum tcphs_line_kind */
	uint8_t bracket; /* enum tcphs_bracket */
	uint8_t part;    /* enum tcphs_part: which handshake the bracket holds */
	bool changed[2]; /* the state of [client], [server] differs from the line above */
	bool more;       /* of a remark: a further line of the text above; of a gap as well */
	uint16_t text_at, text_length; /* of a remark: which octets of its text */
	uint32_t row, last_row;        /* indices in the analysis */
	uint32_t diagnosis;
	int64_t gap;
	uint64_t packets[2], bytes[2]; /* of a run: from client, from server */
};

struct tcphs_ladder {
	const struct tcphs_analysis *analysis; /* borrowed: must outlive the ladder */
	struct tcphs_ladder_options options;
	struct tcphs_line *line;
	size_t lines;
	/* The row of the first SYN and FIN of each side, UINT32_MAX: none. */
	uint32_t syn[2], fin[2];
	uint32_t part_first[3], part_last[3]; /* rows, by enum tcphs_part; first > last: none */
	/* What the columns need, by all lines; for layout. */
	bool in_seconds; /* relative times are seconds, else milliseconds */
	unsigned time_columns, state_columns[2];
	unsigned tight_columns; /* the client's state where its ? stands right behind it */
	unsigned label_columns, short_columns, detail_columns;
};

/* What a packet is called, behind a #: "3", or with several captures "[2,3]". As snprintf. */
size_t tcphs_ladder_packet_name(const struct tcphs_ladder *ladder, uint64_t packet, char *text,
                                size_t size);

/* Builds into *ladder (zero-initialised or used before). False if memory is exhausted. */
bool tcphs_ladder_build(struct tcphs_ladder *ladder, const struct tcphs_analysis *analysis,
                        const struct tcphs_ladder_options *options);
void tcphs_ladder_free(struct tcphs_ladder *ladder); /* leaves an empty one */
/* The line that shows row `row` (a segment's or the run it is folded in); SIZE_MAX if none. */
size_t tcphs_ladder_line_of(const struct tcphs_ladder *ladder, size_t row);
/* The row that line `index` goes with: of what is said of the whole connection, which is behind all
 * rows, the last one; NULL if there are no rows. Borrowed from the analysis. */
const struct tcphs_row *tcphs_ladder_row_of(const struct tcphs_ladder *ladder, size_t index);

/* ---- texts; each as snprintf -------------------------------------------------------- */

/* "#1  10.77.0.1:40000 → 10.77.0.2:http" */
size_t tcphs_ladder_title(const struct tcphs_ladder *ladder, bool ascii, char *text, size_t size);
/* "three-way open 11.2 ms · four-way close, by client" */
size_t tcphs_ladder_summary(const struct tcphs_ladder *ladder, bool ascii, char *text, size_t size);
/* The name of a bracket: "three-way open 11.2 ms"; "" if there is no such part. */
size_t tcphs_ladder_part_name(const struct tcphs_ladder *ladder, enum tcphs_part part, bool ascii,
                              char *text, size_t size);
/* What the segment or run of line `index` does, in plain words, one sentence a line ('\n'
 * between them): what it says, its arithmetic in this connection's numbers, the states it
 * moves with their RFC sections, its options, its remarks. */
size_t tcphs_ladder_explain(const struct tcphs_ladder *ladder, size_t index, bool ascii, char *text,
                             size_t size);
/* The connection's diagnoses, a line each: "! open-retransmitted, #3"; nothing while rows are
 * hidden. */
size_t tcphs_ladder_findings(const struct tcphs_ladder *ladder, bool ascii, char *text, size_t size);
/* The time of line `index` in the ladder's mode: "11.128", "12:00:05.123456"; "" if it has none. */
size_t tcphs_ladder_time(const struct tcphs_ladder *ladder, size_t index, char *text, size_t size);
/* Of an END line, how it came to its states: "2 MSL later", "in the end". */
const char *tcphs_ladder_end_words(const struct tcphs_ladder *ladder);
/* A remark line's piece of text: "synack-ack-mismatch  ack is 7, must be 1 …". */
size_t tcphs_ladder_remark(const struct tcphs_ladder *ladder, size_t index, bool ascii, char *text,
                           size_t size);

/* ---- what stands on an arrow --------------------------------------------------------- */

enum tcphs_mark { TCPHS_MARK_NONE, TCPHS_MARK_OK, TCPHS_MARK_BAD };

struct tcphs_label {
	char flags[40];   /* "SYN-ACK", "" for plain data */
	char numbers[48]; /* "seq 0 ack 1" */
	char brief[32];   /* the same for narrow places: "0 ack 1" */
	uint8_t mark;     /* enum tcphs_mark: the verdict on the numbers, which follows them */
	char note[48];    /* "100 B  again" */
	char detail[96];  /* shown where there is room: "win 65160  mss 1460  wscale 7" */
	uint8_t style;    /* enum tcphs_style of the arrow */
};
/* Of a SEGMENT line; a RUN line has only the note "4 segments" and the mark NONE. */
void tcphs_ladder_label(const struct tcphs_ladder *ladder, size_t index, struct tcphs_label *label);

/* ---- layout -------------------------------------------------------------------------- */

/* How a span of text is to stand out. A terminal maps them to attributes, text ignores them. */
enum tcphs_style {
	TCPHS_S_PLAIN,
	TCPHS_S_DIM,
	TCPHS_S_TITLE,
	TCPHS_S_TIME,
	TCPHS_S_LIFELINE,
	TCPHS_S_STATE, /* unchanged */
	TCPHS_S_STATE_CHANGED,
	TCPHS_S_STATE_ASSUMED, /* changed, but not certain */
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
	const char *text; /* UTF-8 or ASCII, not NUL-terminated; points into the tcphs_spans */
	uint16_t length;  /* octets */
};

#define TCPHS_SPANS_MAX    28
#define TCPHS_LADDER_HEADS SIZE_MAX /* as a line's index: the column heads */
struct tcphs_spans {
	struct tcphs_span span[TCPHS_SPANS_MAX];
	size_t count;
	char text[1280]; /* what the spans point into: do not copy the struct */
};

/* Lays out line `index` (or TCPHS_LADDER_HEADS) for `width` columns, 40 to 300.
 * ascii: only ASCII glyphs. The spans together take at most `width` columns. */
void tcphs_ladder_layout(const struct tcphs_ladder *ladder, size_t index, unsigned width,
                         bool ascii, struct tcphs_spans *spans);

/* ---- small texts used everywhere; each as snprintf ------------------------------------ */

/* "10.0.0.1:http", "[fd00::1]:443"; numeric: no service name. */
size_t tcphs_endpoint_text(const struct tcphs_endpoint *endpoint, bool numeric, char *text,
                           size_t size);
/* "10.0.0.1", "fd00::1", without brackets. */
size_t tcphs_address_text(const struct tcphs_address *address, char *text, size_t size);
/* "11.1ms", "1.02s", "3m20s", "-" if negative. */
size_t tcphs_duration_text(int64_t nanoseconds, char *text, size_t size);
/* UTF-8 to ASCII: ✓ ok, ✗ BAD, → ->, … ...; what is not known becomes '?'. Line breaks stay. */
size_t tcphs_ascii_text(const char *utf8, char *text, size_t size);

/* ---- redaction ------------------------------------------------------------------------ */

/*
 * Replaces addresses by documentation ones (192.0.2.0/24 and on, 2001:db8::/32), the same one
 * by the same one for as long as the redaction lives; ports and numbers stay. Apply it to an
 * analysis before anything is made of it: then no text can leak an address.
 */
struct tcphs_redaction;
struct tcphs_redaction *tcphs_redaction_new(void);            /* NULL: memory is exhausted */
void tcphs_redaction_free(struct tcphs_redaction *redaction); /* NULL is fine */
/* False if memory is exhausted; then the addresses are all zero. */
bool tcphs_redaction_apply(struct tcphs_redaction *redaction, struct tcphs_analysis *analysis);

#ifdef __cplusplus
}
#endif
#endif
