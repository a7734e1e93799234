/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Renderers: a document of ladders in one of the formats, or of hosts' initial sequence numbers
 * where the format is a picture. One const struct each, in one array; none of them computes
 * anything about TCP.
 */
#ifndef TCPHS_RENDER_H
#define TCPHS_RENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <tcphs/error.h>
#include <tcphs/isn.h>
#include <tcphs/ladder.h>
#include <tcphs/source.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Where the octets go. Returns false when they can't be written; then rendering stops. */
struct tcphs_sink {
	bool (*write)(void *context, const char *octets, size_t count);
	void *context;
};

struct tcphs_render_options {
	unsigned width;    /* columns, for the text formats; 0: 80 */
	bool color;        /* ANSI attributes, for the text formats */
	const char *title; /* of the document; escaped by the renderer */
	const char *note;  /* a line at the foot of a picture, or NULL; escaped too */
	bool hosts;        /* what follows are hosts, not ladders */
	const struct tcphs_source *source; /* to name packets [capture, n]; NULL: one capture */
	bool live;       /* a record says why it is final, and is written at once */
	size_t captures; /* how many; packet numbers are pairs if > 1 */
	const char *(*encapsulation)(void *context, uint32_t id);
	void *context;
};

struct tcphs_format {
	const char *name;      /* "svg" */
	const char *extension; /* ".svg" */
	const char *help;
	bool binary; /* not for a terminal */
	/* A document is begin, ladder × n, end. *state is the format's own. */
	bool (*begin)(void **state, const struct tcphs_render_options *options,
	              const struct tcphs_sink *sink, struct tcphs_error *error);
	bool (*ladder)(void *state, const struct tcphs_ladder *ladder, struct tcphs_error *error);
	/* Or begin, host × n, end, with what tcphs_isn_points() gives; NULL: not in this format. */
	bool (*host)(void *state, const struct tcphs_isn_report *report,
	             const struct tcphs_isn_point *point, size_t count, struct tcphs_error *error);
	/* Frees the state, also after errors. */
	bool (*end)(void *state, struct tcphs_error *error);
};

/* The formats in the order of the help, NULL past the last. A ladder given to ladder() need
 * only live during the call. */
const struct tcphs_format *tcphs_format_at(size_t index);
/* By name, or by the ending of a path; NULL if there is none. */
const struct tcphs_format *tcphs_format_named(const char *name);
const struct tcphs_format *tcphs_format_for_path(const char *path);

#ifdef __cplusplus
}
#endif
#endif
