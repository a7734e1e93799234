/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What `tcphs explain` knows: one entry a word, in tables by subject. Diagnosis codes take
 * their sentence, severity and RFC section from the catalogue; the tables add the rest.
 */
#ifndef TEACH_TEXTS_H
#define TEACH_TEXTS_H

#include <stddef.h>
#include <stdint.h>

enum teach_kind {
	TEACH_STATE,
	TEACH_FLAG,
	TEACH_OPTION,
	TEACH_OPEN,
	TEACH_CLOSE,
	TEACH_TOPIC,
	TEACH_CODE,
	TEACH_KINDS,
};

struct teach_entry {
	uint8_t kind;        /* enum teach_kind */
	const char *word;    /* "TIME-WAIT", "synack-ack-mismatch" */
	const char *also;    /* other words that lead here, separated by spaces; may be NULL */
	const char *plain;   /* in plain words; NULL for a code: the catalogue's sentence */
	const char *exact;   /* exactly; paragraphs separated by '\n' */
	const char *picture; /* a small ladder, see picture.h */
	const char *source;  /* "RFC 9293 §3.3.2"; NULL for a code: the catalogue's */
	const char *see;     /* related words, separated by spaces; may be NULL */
};

struct teach_table {
	const struct teach_entry *entry;
	size_t count;
};

extern const struct teach_table teach_states, teach_flags, teach_options, teach_opens, teach_closes,
    teach_topics, teach_codes_opening, teach_codes_header, teach_codes_sequence,
    teach_codes_closing, teach_codes_isn, teach_codes_capture;

#define TEACH_TABLE(entries)                                                                       \
	{                                                                                          \
		entries, sizeof(entries) / sizeof((entries)[0])                                    \
	}

#endif
